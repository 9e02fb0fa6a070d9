import {
  certifyLimit,
  followFlow,
  type Counts,
  type FlowPoint,
  type FlowResult,
  type LimitCertificate,
} from '../../flows/index.js';
import { angleBetween } from '../../numerics/vectors.js';
import { goalRecord } from './goal-record.js';
import type { BenchEntry, BenchRecord, Goal } from './entry.js';
import { median, spreadOf } from './interleave.js';
import { referenceProblem, type ReferenceProblem } from './reference-problem.js';

const TOLERANCE = 1e-9;
const MOST_STEPS = 6_000;
/** The decades of α that are asked for, and those that are tried. */
const ASKED = 8;
const TRIED = 16;
/** The limit is certified from these decades; the last counts. */
const STARTS = [6, 7, 8];
/** The growth of the work is looked at from the first of these on. */
const GROWTH_FROM = 3;
const SECONDS_GOAL: Goal = { of: 'ours', most: 3 };
const GROWTH_GOAL: Goal = { of: 'ours', most: 4 };

export const lateFlowFar: BenchEntry = {
  name: 'late-flow-far',
  about:
    'our flow alone, decade by decade, to α = 10⁸ and beyond, and the limit certified from there',
  async *run(tools) {
    const problem = referenceProblem();
    const rounds: number[] = [];
    let run = runTo(problem, ASKED);
    for (let round = 1; round <= tools.rounds; round++) {
      tools.update(`late-flow-far: round ${round} of ${tools.rounds}`);
      run = runTo(problem, ASKED);
      rounds.push(run.seconds);
    }
    tools.update('late-flow-far: as far as it goes');
    const far = runTo(problem, TRIED);
    yield* recordsOf(run, far, rounds);
  },
};

interface Decade extends Counts {
  readonly alpha: number;
  readonly seconds: number;
}

interface FarRun {
  readonly seconds: number;
  readonly result: FlowResult;
  /** The work of each decade that was reached, the first from the start to α = 10. */
  readonly decades: readonly Decade[];
  readonly certificate: LimitCertificate | undefined;
}

/** Follows the flow and certifies its limit, counting decade by decade. */
function runTo({ objective, theta0 }: ReferenceProblem, decades: number): FarRun {
  const targets = Array.from({ length: decades }, (_, k) => 10 ** (k + 1));
  const sums: Decade[] = [];
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1e3;
  const onStep = (point: FlowPoint, counts: Counts) => {
    const target = targets[sums.length];
    if (point.alpha >= target * (1 - 1e-9)) {
      sums.push({ alpha: target, seconds: seconds(), ...counts });
    }
  };
  const options = { tolerance: TOLERANCE, targets, maxSteps: MOST_STEPS, onStep };
  const result = followFlow(objective, theta0, options);
  const starts = STARTS.map((decade) => pointAt(result, 10 ** decade));
  const all = starts.filter((point) => point !== undefined);
  const certificate = all.length === STARTS.length ? certifyLimit(objective, all) : undefined;
  return { seconds: seconds(), result, decades: sums.map(differenceFrom), certificate };
}

function differenceFrom(sum: Decade, k: number, sums: readonly Decade[]): Decade {
  if (k === 0) return sum;
  const before = sums[k - 1];
  return {
    alpha: sum.alpha,
    seconds: sum.seconds - before.seconds,
    accepted: sum.accepted - before.accepted,
    rejected: sum.rejected - before.rejected,
    evaluations: sum.evaluations - before.evaluations,
    jacobians: sum.jacobians - before.jacobians,
    factorizations: sum.factorizations - before.factorizations,
  };
}

function pointAt({ marks }: FlowResult, target: number): FlowPoint | undefined {
  return marks.find(({ name }) => name === `alpha ${target}`)?.point;
}

/** The largest number of evaluations of a decade, from 10³ to 10⁸, divided by that of the first one. */
export function growthOf(decades: readonly { alpha: number; evaluations: number }[]): number {
  const counted = decades
    .filter(({ alpha }) => alpha > 1.5 * 10 ** GROWTH_FROM && alpha < 1.5 * 10 ** ASKED)
    .map(({ evaluations }) => evaluations);
  return counted.length < ASKED - GROWTH_FROM ? NaN : Math.max(...counted) / counted[0];
}

function* recordsOf(run: FarRun, far: FarRun, rounds: readonly number[]): Iterable<BenchRecord> {
  const { certificate, result } = run;
  if (!certificate) throw new Error(`The limit was not reached. ${result.message}`);
  const size = `${certificate.limit.direction.length} parameters, α to 1e+${ASKED}`;
  const angles = [3, 4, 5, 6, 7].map((decade) => ({
    alpha: 10 ** decade,
    angle: angleBetween(pointAt(result, 10 ** decade)!.direction, certificate.limit.direction),
  }));
  const details = {
    tolerance: TOLERANCE,
    residual: certificate.limit.residual,
    agreement: certificate.agreement,
    limit: certificate.limit.message,
    angles,
    decades: far.decades,
    ending: far.result.message,
  };
  const seconds = { ours: median(rounds), spread: { ours: spreadOf(rounds) } };
  yield goalRecord({ name: 'late-flow-far', size, unit: 's' }, SECONDS_GOAL, {
    ...seconds,
    details,
  });
  const growth = { ours: growthOf(run.decades), spread: {} };
  yield goalRecord({ name: 'late-flow-far growth', size, unit: '×' }, GROWTH_GOAL, growth);
}
