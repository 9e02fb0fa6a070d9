import { pointAt, type Trajectory } from '../flows/index.js';
import type { Objective } from '../losses/objective.js';
import {
  classificationError,
  marginQuantiles,
  normalizedMargin,
  smoothedMargin,
} from './margins.js';
import { alignment, alignmentAngle, snapshot } from './snapshot.js';

/** Metrics along a run, as columns: row k belongs to row `rows[k]` of the trajectory. */
export interface Measurements {
  readonly rows: readonly number[];
  readonly alpha: Float64Array;
  readonly logRisk: Float64Array;
  readonly logTime: Float64Array;
  readonly logNorm: Float64Array;
  readonly normalizedMargin: Float64Array;
  readonly smoothedMargin: Float64Array;
  readonly alignment: Float64Array;
  /** Angle between θ and −∇𝓛, radians. */
  readonly alignmentAngle: Float64Array;
  readonly trainingError: Float64Array;
  /** For each row the quantiles of the margin distribution at `fractions`. */
  readonly fractions: readonly number[];
  readonly quantiles: readonly (readonly number[])[];
}

const FRACTIONS = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

/** Measures the given rows of a trajectory (all by default), one snapshot for each. */
export function measure(
  objective: Objective,
  trajectory: Trajectory,
  rows: readonly number[] = [...trajectory.alpha.keys()],
): Measurements {
  const shots = rows.map((row) => {
    const point = pointAt(trajectory, row);
    const at = snapshot(objective, point.direction, point.logNorm);
    // On a kink the gradient at the point is no single vector: the run's own velocity is.
    const known = trajectory.alignmentAngle[row];
    const angle = Number.isNaN(known) ? alignmentAngle(at) : known;
    return {
      alpha: point.alpha,
      logRisk: at.logRisk,
      logTime: point.logTime,
      logNorm: point.logNorm,
      normalizedMargin: normalizedMargin(at),
      smoothedMargin: smoothedMargin(at),
      alignment: Number.isNaN(known) ? alignment(at) : Math.cos(known),
      alignmentAngle: angle,
      trainingError: classificationError(at),
      quantiles: marginQuantiles(at, FRACTIONS),
    };
  });
  type Name = Exclude<keyof (typeof shots)[number], 'quantiles'>;
  const column = (name: Name) => Float64Array.from(shots, (shot) => shot[name]);
  return {
    rows,
    alpha: column('alpha'),
    logRisk: column('logRisk'),
    logTime: column('logTime'),
    logNorm: column('logNorm'),
    normalizedMargin: column('normalizedMargin'),
    smoothedMargin: column('smoothedMargin'),
    alignment: column('alignment'),
    alignmentAngle: column('alignmentAngle'),
    trainingError: column('trainingError'),
    fractions: FRACTIONS,
    quantiles: shots.map((shot) => shot.quantiles),
  };
}

/**
 * At most `count` ≥ 2 rows, evenly spaced in log α, always with the first and the last; none where
 * there are none.
 */
export function evenRows(trajectory: Trajectory, count: number): number[] {
  const { alpha } = trajectory;
  const last = alpha.length - 1;
  if (last < 0) return [];
  const place = (row: number) => Math.log(Math.max(alpha[row], 1e-3));
  const width = (place(last) - place(0)) / Math.max(count - 1, 1);
  const rows: number[] = [0];
  let next = 1;
  for (let row = 1; row < last && rows.length < count - 1; row++) {
    const steps = (place(row) - place(0)) / width + 1e-9;
    if (!(steps >= next)) continue;
    rows.push(row);
    next = Math.floor(steps) + 1;
  }
  if (last > 0) rows.push(last);
  return rows;
}
