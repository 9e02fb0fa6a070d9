/** A foreign function; koffi converts the arguments after the declared C types. */
export type Routine = (...args: unknown[]) => unknown;

/** The routine of the given name, declared as `result name(parameters)`. */
export type Declare = (result: string, name: string, parameters: string) => Routine;
