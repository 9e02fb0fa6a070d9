import { descend, type Trajectory } from '../../flows/index.js';
import { distanceBetween, norm } from '../../numerics/vectors.js';
import type { ReluStart } from './relu-problem.js';

/** A small-step descent beside the flow. */
export interface ReluDescent {
  readonly c: number;
  readonly seconds: number;
  readonly steps: number;
  /** Distance of its direction from the flow's at every target. */
  readonly errors: readonly number[];
  /** p in error ∝ C^p since the C before, at the last target; NaN for the first. */
  readonly order: number;
}

/** Points are saved this often; between two of them a direction is interpolated. */
const SAVE_EVERY = 1.001;

/** Descents with steps of relative length C/α, C decreasing, against the flow's own directions. */
export function* reluDescents(
  { objective, theta0 }: ReluStart,
  cs: readonly number[],
  targets: readonly number[],
  directions: readonly ArrayLike<number>[],
): Generator<ReluDescent> {
  let before: ReluDescent | undefined;
  for (const c of cs) {
    const began = performance.now();
    const { trajectory, counts } = descend(objective, theta0, {
      rule: { kind: 'relative', c, cap: Math.min(0.02, 2 * c) },
      untilAlpha: targets.at(-1)!,
      maxSteps: 2 ** 31,
      saveFactor: SAVE_EVERY,
    });
    const seconds = (performance.now() - began) / 1e3;
    const errors = targets.map((target, k) =>
      distanceBetween(directionAt(trajectory, target), directions[k]),
    );
    const order = before
      ? Math.log(before.errors.at(-1)! / errors.at(-1)!) / Math.log(before.c / c)
      : NaN;
    yield (before = { c, seconds, steps: counts.accepted, errors, order });
  }
}

/** The direction where α reaches the target, of unit norm. */
function directionAt({ alpha, directions, parameters }: Trajectory, target: number): Float64Array {
  const after = Math.max(1, alpha.findIndex((value) => value >= target)); // prettier-ignore
  const part = (target - alpha[after - 1]) / (alpha[after] - alpha[after - 1]);
  const at = Float64Array.from({ length: parameters }, (_, i) => {
    const [a, b] = [after - 1, after].map((row) => directions[row * parameters + i]);
    return a + part * (b - a);
  });
  const length = norm(at);
  return at.map((value) => value / length);
}
