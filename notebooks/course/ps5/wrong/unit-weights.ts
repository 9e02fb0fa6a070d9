// catches: The direction of w with norm one, not with margin one.
// marks: test-two=1

// %% two
function twoPointSolution(
  positive: number[], negative: number[],
): { w: number[]; multipliers: number[] } {
  const [z1, z2] = [positive, negative.map((value) => -value)];
  const between = z1.map((value, k) => value - z2[k]);
  const t = Math.min(1, Math.max(0, inner(z1, between) / inner(between, between)));
  const nearest = combined([z1, z2], [1 - t, t]);
  const multipliers = [1 - t, t].map((share) => share / Math.hypot(...nearest));
  return { w: combined([z1, z2], multipliers), multipliers: multipliers };
}
