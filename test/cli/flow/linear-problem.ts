/** A linear model on three examples of the plane, as a problem file has it, but for its targets. */
const linear = {
  network: { kind: 'linear', inputs: 2 },
  loss: 'exponential',
  inputs: [
    [1, 1],
    [-1, 0.5],
    [0.5, 2],
  ],
  labels: [1, -1, 1],
  theta0: [0.1, -0.2],
};

/** With the given targets. */
export function linearProblem(
  targets: readonly number[],
): typeof linear & { targets: readonly number[] } {
  return { ...linear, targets };
}
