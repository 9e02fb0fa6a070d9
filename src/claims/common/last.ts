/**
 * The last entry. Of an empty list there is none: a rule that is handed it supports nothing and contradicts nothing.
 */
export function lastOf<T>(values: ArrayLike<T>): T {
  return values[values.length - 1];
}
