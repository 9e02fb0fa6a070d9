// catches: Pulls that count upwards only, and labels left out.
// marks: test-pull=2

// %% pull
function strongestPull(multipliers: number[], inputs: Matrix, labels: number[]): number {
  const angles = Array.from({ length: 7200 }, (_, k) => (2 * Math.PI * k) / 7200);
  return Math.max(...angles.map((a) => inner(multipliers,
    inputs.map((x) => Math.max(0, inner([Math.cos(a), Math.sin(a)], x))))));
}
