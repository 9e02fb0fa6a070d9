import type { TangentFlowRecord } from '../../records/index.js';
import { digits } from '../../text/numbers.js';
import type { Evidence } from '../claim.js';
import { lastOf } from '../common/last.js';
import { atLeast, atMost, reported } from '../common/rules.js';
import { LAZY, LEFT, NO_SCALING, NOT_LAZY, SCALING } from './plan.js';

/** Large starts stay with their tangent kernel's solution, the longer the larger; the small one never meets it. */
export function lazyEvidence(runs: readonly TangentFlowRecord[]): Evidence[] {
  const [small, medium, large] = runs;
  const end = endAngle(small);
  const left = runs.map((run) => leaves(run, end));
  const { degree } = large.problem;
  const predicted = degree * Math.log10(large.startNorm / medium.startNorm);
  const measured = Math.log10(left[2] / left[1]);
  return [
    atMost(
      `nearest approach to the tangent kernel's predictor, ${large.problem.name}`,
      nearest(large),
      LAZY,
      NOT_LAZY,
      'angle between what the network has learned and the maximum margin of the kernel at the start, radians, at 441 points of the plane',
    ),
    atLeast(
      `angle to it at the end, ${large.problem.name}, as a share of the small start's`,
      endAngle(large) / end,
      LEFT,
      nearest(large) / end,
      `${digits(endAngle(large))} rad at α = ${digits(lastOf(large.alpha))}; ${digits(end)} rad from the small start`,
    ),
    atMost(
      'relative error of the exponent with which leaving depends on the size of the start',
      Math.abs(measured / predicted - 1),
      SCALING,
      NO_SCALING,
      `the angle passes ${digits(LEFT * end)} rad at α = ${digits(left[1])} and at ${digits(left[2])}: ${digits(measured, 4)} decades apart, and L log₁₀ of the ratio of sizes is ${digits(predicted)}`,
    ),
    reported(
      'decades of α between the moments when two large starts leave',
      measured,
      `${large.problem.name} after ${medium.problem.name}`,
    ),
    ...runs
      .slice(0, -1)
      .map((run) =>
        reported(
          `nearest approach to the tangent kernel's predictor, ${run.problem.name}`,
          nearest(run),
          `${digits(endAngle(run))} rad at the end; the weights had moved by ${digits(run.displacement[nearestRow(run)])} of ‖θ₀‖`,
        ),
      ),
  ];
}

/** The row where the angle is smallest, after the start. */
function nearestRow({ tangentAngle }: TangentFlowRecord): number {
  return tangentAngle.reduce(
    (best, angle, k) => (angle < (tangentAngle[best] || Infinity) ? k : best),
    0,
  );
}

function nearest(run: TangentFlowRecord): number {
  return run.tangentAngle[nearestRow(run)];
}

/** The first α after the nearest approach at which the angle is LEFT of `end`, between rows in log α. */
function leaves(run: TangentFlowRecord, end: number): number {
  const { alpha, tangentAngle } = run;
  const from = nearestRow(run);
  const k = tangentAngle.findIndex((angle, row) => row > from && angle >= LEFT * end);
  if (k < 0) return NaN;
  const share = (LEFT * end - tangentAngle[k - 1]) / (tangentAngle[k] - tangentAngle[k - 1]);
  return alpha[k - 1] * (alpha[k] / alpha[k - 1]) ** share;
}

const endAngle = ({ tangentAngle }: TangentFlowRecord) => lastOf(tangentAngle);
