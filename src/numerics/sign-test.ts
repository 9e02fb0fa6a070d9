/**
 * Two-sided exact sign test: the probability that `ups` + `downs` throws of a fair coin lie at least as far from
 * evenly as these do. 1 where nothing was thrown. Throws a RangeError for numbers that are no counts.
 */
export function signTest(ups: number, downs: number): number {
  if (![ups, downs].every((count) => Number.isInteger(count) && count >= 0)) {
    throw new RangeError(`A sign test takes two counts, got ${ups} and ${downs}.`);
  }
  const throws = ups + downs;
  const fewer = Math.min(ups, downs);
  let probability = 0.5 ** throws;
  let tail = 0;
  for (let k = 0; k <= fewer; k++) {
    tail += probability;
    probability *= (throws - k) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}
