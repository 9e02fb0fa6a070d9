import {
  requireSerialObjective,
  type Objective,
  type SerialObjective,
} from '../../losses/objective.js';
import { tailRefusal } from '../../losses/tail.js';
import { requireDegree } from '../../networks/degree.js';
import { randomStream } from '../../numerics/random.js';
import { angleBetween, normalized } from '../../numerics/vectors.js';
import type { FlowPoint } from '../trajectory.js';
import { decayFactor } from './decay.js';
import { APART, doubtsOf, LATE, NEIGHBOURHOOD, STARTS, type LimitEvidence } from './doubts.js';
import type { KktPoint, Surveyed } from './kkt-point.js';
import { kinkSlopesOf } from './piece.js';
import { dualsAt, stabilityAlong, surveyingLimit, type LimitOptions } from './solve-limit.js';
import type { Stability } from './stability.js';
import { finished, type Turns } from '../turns.js';

/** What makes a limit believable: that a KKT point was found proves little. */
export interface LimitCertificate extends LimitEvidence {
  /** Why this is not the run's limit, or not known to be; empty where it is certified. */
  readonly doubts: readonly string[];
}

/** Largest number of parameters: a deep network's equations are a matrix of all of them. */
const MOST_PARAMETERS = 4_000;
/** A run lands on a target but for rounding. */
const LANDING = 1e-9;
/** Pairs with a dual variable above this share of the largest one press. */
const PRESSING = 1e-9;
/**
 * How far a point is moved, weight by weight, to see whether KKT points form a manifold there: the next where
 * the solver comes to no rest.
 */
const MOVED = [1e-3, 1e-4, 1e-5];

/** The points from which a limit can be told: every example classified, α at least 10. In their order. */
export function latePoints(points: readonly FlowPoint[]): FlowPoint[] {
  return points.filter(
    ({ alpha, smallestMargin }) => alpha >= LATE * (1 - LANDING) && smallestMargin > 0,
  );
}

/**
 * Solves for the limit from late points of a run, in order, and says what speaks against it: `doubts` is
 * empty where the limit is certified. The last point counts; two more, a decade of α apart, bear witness,
 * or four where the run is still far away. That what the direction tends to is a KKT point of min ½‖θ‖²
 * subject to pᵢ(θ) ≥ 1 is due to Lyu & Li 2019 (arXiv 1906.05890), that it does converge to Ji & Telgarsky
 * 2020 (arXiv 2006.06657). Throws with fewer than two late points, for a loss that has no limits here, and
 * for a network without a degree.
 */
export function certifyLimit(
  risk: Objective,
  points: readonly FlowPoint[],
  options: LimitOptions = {},
): LimitCertificate {
  return finished(certifyingLimit(risk, points, options));
}

/** `certifyLimit` in turns. */
export function* certifyingLimit(
  risk: Objective,
  points: readonly FlowPoint[],
  { solved = new Map() }: LimitOptions = {},
): Turns<LimitCertificate> {
  const objective = requireSerialObjective(risk, 'The limit solver');
  // Kept, so that the limit of the last start is not solved for again among the witnesses.
  const options = { solved };
  const late = latePoints(points);
  if (late.length < 2) throw new Error('A certificate needs at least two late points.');
  const last = late[late.length - 1];
  const surveyed = yield* surveyingLimit(objective, last, options);
  const limit = surveyed.point;
  const far = angleBetween(last.direction, limit.direction) > NEIGHBOURHOOD;
  const apart = decadesApart(late);
  const starts = (apart.length < STARTS.near ? late : apart).slice(
    far ? -STARTS.far : -STARTS.near,
  );
  const evidence = yield* gather(objective, limit, starts, options);
  const degree = requireDegree(objective.network.degree, 'A certificate');
  const doubts = doubtsOf(evidence, {
    highestSmoothedMargin: highestSmoothedMargin(points, degree),
    idle: idleConstraints(objective, limit, last),
    besideMargin: limit.stability.flat > 0 ? yield* marginBeside(objective, surveyed) : undefined,
    lambdaAlong: limit.converged ? undefined : stabilityAlong(objective, last).lambda,
    slopes: kinkSlopesOf(objective),
  });
  return { ...evidence, doubts };
}

/**
 * The largest α/‖θ‖^L at some points of a run, L = `degree`: along the flow it only rises, to the margin of
 * the limit (Lyu & Li 2019, arXiv 1906.05890). −∞ for no points.
 */
export function highestSmoothedMargin(
  points: readonly Pick<FlowPoint, 'alpha' | 'logNorm'>[],
  degree: number,
): number {
  return Math.max(...points.map(({ alpha, logNorm }) => alpha / Math.exp(degree * logNorm)));
}

function* gather(
  objective: SerialObjective,
  limit: KktPoint,
  starts: readonly FlowPoint[],
  options: LimitOptions,
): Turns<LimitEvidence> {
  const degree = requireDegree(objective.network.degree, 'A certificate');
  const surveyed: Surveyed[] = [];
  for (const start of starts) surveyed.push(yield* surveyingLimit(objective, start, options));
  const solved = surveyed.map(({ point }) => point);
  const marginsAt = (point: KktPoint) => objective.margins(point.direction).slice();
  const reference = marginsAt(limit);
  const apartness = (point: KktPoint) =>
    marginsAt(point).reduce((most, p, i) => Math.max(most, Math.abs(p - reference[i])), 0);
  const onManifold = limit.stability.flat > 0;
  const angles = starts.map((start, k) =>
    angleBetween(start.direction, onManifold ? solved[k].direction : limit.direction),
  );
  const startAlphas = starts.map((start) => start.alpha);
  return {
    limit,
    startAlphas,
    angles,
    agreement: solved.map((point) => angleBetween(point.direction, limit.direction)),
    marginAgreement: solved.map((point) => apartness(point) / limit.margin),
    predictedRatio: predictedRatio(limit.stability, degree),
    expectedRatios: expectedRatios(surveyed, starts, degree),
    measuredRatios: ratiosPerDecade(angles, startAlphas),
  };
}

/** How many margins of the limit's support have a dual variable of nothing where the run is. */
function idleConstraints(objective: Objective, { support }: KktPoint, last: FlowPoint): number {
  const duals = dualsAt(objective, last, PRESSING);
  return support.filter((pair) => !duals.has(pair)).length;
}

/** Why there is no use in looking for the limit from a point, as the end of a sentence; undefined where there is. */
export function limitRefusal(risk: Objective, { kinks = [] }: FlowPoint): string | undefined {
  const objective = requireSerialObjective(risk, 'The limit solver');
  const { parameters, loss } = objective;
  const tail = tailRefusal(loss);
  if (tail !== undefined) return tail;
  if (parameters > MOST_PARAMETERS) {
    return `it takes too much for ${parameters} parameters (at most ${MOST_PARAMETERS})`;
  }
  const units = kinkSlopesOf(objective)?.units ?? 0;
  const deep = kinks.filter(({ unit }) => unit >= units).length;
  if (deep === 0) return undefined;
  return `the flow slides on ${deep} ${deep > 1 ? 'kinks' : 'kink'} beyond the first hidden layer, which the equations of the limit leave out`;
}

/**
 * The margin of the KKT point that the flow goes to from beside this one, where eigenvalues equal 1: on
 * a manifold of KKT points it is the same. Each weight is moved by a share of itself, so that units that
 * have vanished stay so. NaN where the solver comes to no rest from there.
 */
function* marginBeside(objective: SerialObjective, surveyed: Surveyed): Turns<number> {
  if (surveyed.besideMargin !== undefined) return surveyed.besideMargin;
  let margin = NaN;
  for (const share of MOVED) {
    const { point } = yield* surveyingLimit(objective, beside(surveyed.point, share));
    if (!point.converged) continue;
    margin = point.margin;
    break;
  }
  surveyed.besideMargin = margin;
  return margin;
}

function beside(
  { direction, margin, multipliers, kinks, support }: KktPoint,
  share: number,
): FlowPoint {
  const stream = randomStream('beside');
  const moved = direction.map((value) => value * (1 + share * stream.normal()));
  return {
    clock: 0,
    logTime: 0,
    logNorm: 0,
    alpha: margin,
    smallestMargin: margin,
    pathLength: 0,
    direction: normalized(moved),
    duals: { pairs: support, q: Float64Array.from(support, (pair) => multipliers[pair]) },
    kinks: kinks.map(({ example, unit, multiplier }) => ({ example, unit, slope: multiplier })),
  };
}

/** The last point, the last one far enough before it, and so on; in order. */
function decadesApart(points: readonly FlowPoint[]): FlowPoint[] {
  return points.reduceRight<FlowPoint[]>(
    (kept, point) =>
      kept.length === 0 || point.alpha * APART <= kept[0].alpha ? [point, ...kept] : kept,
    [],
  );
}

/**
 * The factor by which a run's angle to its limit is expected to change over a decade of α, from 0.1 on;
 * above 1 where λ > 1 and the point is left. Deviations along the tangent space fall like ‖θ‖^{λ−1}; those
 * across it follow the entropy of the dual variables, which falls like 1/α.
 */
export function predictedRatio({ lambda }: Stability, degree: number): number {
  const exponent = Number.isNaN(lambda) ? 1 : Math.min(1, (1 - lambda) / degree);
  return 10 ** -exponent;
}

/** Seen from the limit, or on a manifold from the point of it that each start leads to. */
function expectedRatios(
  surveyed: readonly Surveyed[],
  starts: readonly FlowPoint[],
  degree: number,
): number[] {
  const last = surveyed[surveyed.length - 1];
  if (!last.point.converged || last.point.stability.unstable > 0) return [];
  const onManifold = last.point.stability.flat > 0;
  return starts.slice(1).map((next, k) => {
    const alphaRatio = next.alpha / starts[k].alpha;
    const factor = decayFactor(onManifold ? surveyed[k] : last, starts[k], alphaRatio, degree);
    return factor ** (1 / Math.log10(alphaRatio));
  });
}

function ratiosPerDecade(angles: readonly number[], alphas: readonly number[]): number[] {
  return angles.slice(1).map((angle, k) => {
    const decades = Math.log10(alphas[k + 1] / alphas[k]);
    return (angle / angles[k]) ** (1 / decades);
  });
}
