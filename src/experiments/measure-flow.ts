import {
  highestSmoothedMargin,
  limitDeviations,
  pointAt,
  stabilityAlong,
  type FlowPoint,
  type FlowResult,
  type LimitCertificate,
  type PointKink,
  type SaddleVisit,
  type SolvedLimits,
} from '../flows/index.js';
import { exampleMargins, objective } from '../losses/index.js';
import {
  anglesTo,
  kktResidual,
  lengthPerDecade,
  liesInPlane,
  measure,
  planeScores,
  snapshot,
  type PlaneScores,
} from '../metrics/index.js';
import { evaluator, requireDegree } from '../networks/index.js';
import type { DecadeMeasure, FlowRecord, ProblemRecord } from '../records/index.js';
import { datasetRecord } from './dataset-records.js';
import { pointAtDecade, separationPoint } from './follow-problem.js';
import { KKT_SLACK, measureKinks } from './measure-kinks.js';
import type { FlowProblem } from './problems.js';

/** A flow that has been followed, before anything is measured. */
export interface FollowedFlow {
  readonly result: FlowResult;
  /** For each row those that the flow slides on. */
  readonly kinks: readonly (readonly PointKink[])[];
  /** The powers of ten of α that it reached, from 1 on, and the points there. */
  readonly reached: readonly number[];
  readonly decadePoints: readonly FlowPoint[];
  readonly certificate: LimitCertificate;
  readonly visits: readonly SaddleVisit[];
  /** Limits that are known already. */
  readonly solved?: SolvedLimits;
}

/** The exponents of α at which surfaces are kept. */
const SURFACES_AT = [1, 3];

/** Everything that judges and figures need of a network is measured here, once, and kept as data. */
export async function flowRecord(problem: FlowProblem, run: FollowedFlow): Promise<FlowRecord> {
  const { result, decadePoints, certificate } = run;
  const { trajectory } = result;
  const measurements = measure(problem.objective, trajectory);
  const decades = lengthPerDecade(trajectory, trajectory.pathLength, run.reached);
  const degree = degreeOf(problem);
  const last = decadePoints[decadePoints.length - 1];
  const decadeMeasures = measureDecades(problem, run);
  const separated = separationPoint(result);
  const partial = { result, measurements, kinks: run.kinks, decades, decadePoints, decadeMeasures };
  return {
    kind: 'flow',
    problem: await problemRecord(problem),
    ...partial,
    certificate,
    visits: run.visits,
    angleToLimit: anglesTo(trajectory, certificate.limit.direction),
    highestMargin: highestSmoothedMargin(decadePoints, degree),
    kktResidual: residualAt(problem, last),
    margins: marginRows(problem, result),
    limitMargins: marginsAt(problem, certificate.limit.direction),
    ...(separated ? { separationMargins: marginsAt(problem, separated.direction) } : {}),
    ...testErrorOf(problem, result),
    ...surfacesOf(problem, run, separated),
    ...(last.kinks ? { onKinks: measureKinks(problem.objective, partial) } : {}),
  };
}

/** A problem without what computes. */
export async function problemRecord(problem: FlowProblem): Promise<ProblemRecord> {
  const { name, activation, seed, data, test } = problem;
  const { network, loss } = problem.objective;
  return {
    name,
    activation,
    loss: loss.name,
    degree: degreeOf(problem),
    parameters: network.parameters,
    seed,
    data: await datasetRecord(data),
    ...(test ? { test: await datasetRecord(test) } : {}),
  };
}

/** L of a problem's network. Throws where it has none. */
export function degreeOf({ objective }: FlowProblem): number {
  return requireDegree(objective.network.degree, 'A smoothed margin');
}

/** The margin of every example, without the gradient that a snapshot would compute too. */
function marginsAt({ objective }: FlowProblem, direction: Float64Array): Float64Array {
  return exampleMargins(objective.margins(direction), objective.pairs);
}

/** Stationarity over the margins near the smallest, with a multiplier for each kink slid along. */
function residualAt({ objective }: FlowProblem, point: FlowPoint): number {
  const at = snapshot(objective, point.direction, point.logNorm);
  return kktResidual(at, KKT_SLACK, point.kinks).stationarity;
}

function marginRows(problem: FlowProblem, { trajectory }: FlowResult): Float64Array {
  const { examples } = problem.data;
  const rows = new Float64Array(trajectory.alpha.length * examples);
  for (let row = 0; row < trajectory.alpha.length; row++) {
    rows.set(marginsAt(problem, pointAt(trajectory, row).direction), row * examples);
  }
  return rows;
}

function measureDecades(
  problem: FlowProblem,
  { decadePoints, certificate, solved }: FollowedFlow,
): DecadeMeasure[] {
  const { direction, margin } = certificate.limit;
  const deviations = limitDeviations(problem.objective, decadePoints, { solved });
  const engine = evaluator(problem.objective.network, problem.probe);
  const there = engine.outputs(direction).slice();
  const limitMargins = marginsAt(problem, direction).sort();
  return decadePoints.map((point, k) => {
    const margins = marginsAt(problem, point.direction);
    const deviation = deviations[k];
    const here = engine.outputs(point.direction);
    const sorted = margins.slice().sort();
    const total = sorted.reduce((sum, p, i) => sum + Math.abs(p - limitMargins[i]), 0);
    return {
      lambda: stabilityAlong(problem.objective, point).lambda,
      predictionDistance:
        here.reduce((most, p, i) => Math.max(most, Math.abs(p - there[i])), 0) / margin,
      marginDistance: total / sorted.length / margin,
      margins,
      // Data that are not separated yet have no margin problem.
      kktResidual: point.smallestMargin > 0 ? residualAt(problem, point) : NaN,
      ...(deviation ? { deviation } : {}),
    };
  });
}

function testErrorOf(
  { test, objective: { network, loss } }: FlowProblem,
  { trajectory }: FlowResult,
): { testError?: Float64Array } {
  if (test === undefined) return {};
  const held = objective(network, test.inputs, test.labels, loss);
  const testError = trajectory.alpha.map((_, row) => {
    const margins = held.margins(pointAt(trajectory, row).direction);
    return margins.filter((margin) => !(margin > 0)).length / margins.length;
  });
  return { testError };
}

function surfacesOf(
  { data, objective }: FlowProblem,
  { decadePoints, certificate }: FollowedFlow,
  separated: FlowPoint | undefined,
): { surfaces?: PlaneScores } {
  if (!liesInPlane(data)) return {};
  const at = (title: string, { direction, smallestMargin: margin }: FlowPoint) => ({
    title,
    direction,
    margin,
  });
  const { direction, margin } = certificate.limit;
  const moments = [
    ...(separated ? [at('separation', separated)] : []),
    ...SURFACES_AT.flatMap((exponent) => {
      const point = pointAtDecade(decadePoints, exponent);
      return point ? [at(`alpha 1e${exponent}`, point)] : [];
    }),
    { title: 'limit', direction, margin },
  ];
  return { surfaces: planeScores(objective.network, data, moments) };
}
