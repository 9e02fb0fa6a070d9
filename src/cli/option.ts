/** What an option's reader is told of where it stands. */
export interface OptionPlace {
  /** With its dashes, as '--out'. */
  readonly option: string;
  /** How the command is called. */
  readonly usage: string;
}

/** One option of a command: what the help says of it, and how its value is read. */
export interface Option<T> {
  /** What stands for the value in the help, such as FILE; undefined for a switch. */
  readonly value?: string;
  /** What the help says, in lines as they are to stand; undefined where another option's help says it. */
  readonly help?: string;
  /** Names the option in the help in place of '--name VALUE'. */
  readonly label?: string;
  /**
   * The value from what was given: the text, true for a switch, undefined where the option was left out.
   * Throws one sentence that names the option.
   */
  read(given: string | true | undefined, place: OptionPlace): T;
}

/** Options by their names without dashes, in the order of the help. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** What options come to. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

/** True where it is given. */
export function flag(help: string): Option<boolean> {
  return { help, read: (given) => given === true };
}

/** A value that `reader` makes of the text; undefined where the option is left out. */
export function valued<T>(
  value: string,
  help: string | undefined,
  reader: (text: string, option: string) => T,
): Option<T | undefined> {
  return {
    value,
    help,
    read: (given, { option }) => (given === undefined ? undefined : reader(String(given), option)),
  };
}

/** A text as it is given. */
export function text(value: string, help: string): Option<string | undefined> {
  return valued(value, help, (given) => given);
}

/** The path of `kind`, such as 'a file', as it is given; an empty one is refused. */
export function path(value: string, help: string, kind: string): Option<string | undefined> {
  return valued(value, help, (given, option) => {
    if (given !== '') return given;
    throw new Error(`${option} is ''; expected ${kind}.`);
  });
}

/** A whole number of at least `least`. */
export function whole(value: string, help: string, least: number): Option<number | undefined> {
  return valued(value, help, (given, option) => wholeNumber(option, given, least));
}

/** A finite number that `accepts`; `expected` says which ones these are. */
export function number(
  value: string,
  help: string,
  expected: string = 'a finite number',
  accepts: (value: number) => boolean = () => true,
): Option<number | undefined> {
  return valued(value, help, (given, option) => {
    const found = Number(given);
    if (given.trim() !== '' && Number.isFinite(found) && accepts(found)) return found;
    throw new Error(`${option} is '${given}'; expected ${expected}.`);
  });
}

/** One of some names. */
export function choice<Name extends string>(
  value: string,
  help: string,
  names: readonly Name[],
): Option<Name | undefined> {
  return valued(value, help, (given, option) => {
    const found = names.find((name) => name === given);
    if (found !== undefined) return found;
    throw new Error(`${option} is '${given}'; expected one of ${names.join(', ')}.`);
  });
}

/** The same option with a value where it is left out. */
export function withDefault<T>(option: Option<T | undefined>, value: T): Option<T> {
  return { ...option, read: (given, place) => option.read(given, place) ?? value };
}

/** The same option, which may not be left out; `meaning` goes on from its name: 'names the result'. */
export function required<T>(option: Option<T | undefined>, meaning: string): Option<T> {
  return {
    ...option,
    read(given, place) {
      const value = given === '' ? undefined : option.read(given, place);
      if (value !== undefined) return value;
      throw new Error(`${place.option} ${meaning}: ${place.usage}.`);
    },
  };
}

/** A whole number of at least `least` from its decimal digits; throws a sentence otherwise. */
export function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`${option} is '${text}'; expected a whole number of at least ${least}.`);
}
