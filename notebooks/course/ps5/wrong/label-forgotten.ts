// catches: The label of the second example forgotten.
// marks: test-two=0

// %% two
function twoPointSolution(
  positive: number[], negative: number[],
): { w: number[]; multipliers: number[] } {
  const between = positive.map((value, k) => value - negative[k]);
  const squared = inner(between, between);
  const t = Math.min(1, Math.max(0, inner(positive, between) / squared));
  const nearest = combined([positive, negative], [1 - t, t]);
  const multipliers = [1 - t, t].map((share) => share / inner(nearest, nearest));
  return { w: combined([positive, negative], multipliers), multipliers: multipliers };
}
