// catches: Numbers are sorted as JavaScript does it by itself, as texts.
// marks: test-ascending=1

// %% ascending
/** The same numbers from the smallest to the largest, as a new list. */
function ascending(a: number[]): number[] {
  return [...a].sort();
}
