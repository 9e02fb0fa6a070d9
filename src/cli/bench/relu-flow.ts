import { certifyLimit, followFlow, type FlowPoint, type FlowResult } from '../../flows/index.js';
import { goalRecord } from './goal-record.js';
import type { BenchEntry, BenchRecord, Goal, Tools } from './entry.js';
import { interleave, median, spreadOf } from './interleave.js';
import { largestDistance, referenceProblem } from './reference-problem.js';
import { reluDescents } from './relu-descent.js';
import { reluReference, slopeError, type ReluStart } from './relu-problem.js';
import { callsFor, secondsPerCall } from './timed-calls.js';

/** Meets the reference within 2e-6 at every row. */
const TOLERANCE = 3e-7;
const MOST_STEPS = 20_000;
/** Seconds that a turn fills with runs. */
const TURN = 0.5;

/** What is run besides the reference. */
export interface ReluPlan {
  /** How many starts, with each loss; the first is the reference's. */
  readonly starts: number;
  /** Of the descents. */
  readonly cs: readonly number[];
  /** How many of the reference's rows descent is followed through. */
  readonly descentRows: number;
}

const full: ReluPlan = { starts: 5, cs: [0.1, 0.03, 0.01, 0.003], descentRows: 3 };

export const reluFlow: BenchEntry = {
  name: 'relu-flow',
  about: 'the flow of a ReLU network along its kinks to α = 10⁵, against squared ReLU and descent',
  run: (tools) => runRelu(full, tools),
};

const names = {
  direction: { most: 2e-6, of: 'ours' },
  slopes: { most: 1e-4, of: 'ours' },
  limit: { most: 1e-10, of: 'ours' },
  'to squared': { most: 5, of: 'ours' },
  descent: null,
} satisfies Record<string, Goal | null>;

export async function* runRelu(plan: ReluPlan, tools: Tools): AsyncGenerator<BenchRecord> {
  const { targets, rows, start } = reluReference();
  const reference = start('exponential', 0);
  const run = follow(reference, targets);
  const points = pointsOf(run, targets);
  const size = `${reference.theta0.length} parameters, α to ${targets.at(-1)!.toExponential(0)}`;
  const key = (name: keyof typeof names, unit = '') => ({ name: `relu-flow ${name}`, size, unit });
  const flat = Float64Array.from(points.flatMap(({ direction }) => [...direction]));
  const directions = rows.map(({ direction }) => Float64Array.from(direction));
  yield* timeRecords(reference, run, size, tools);
  const direction = largestDistance(flat, directions);
  yield goalRecord(key('direction'), names.direction, { ours: direction });
  yield goalRecord(key('slopes'), names.slopes, { ours: slopeError(points, rows) });
  const runs = [...allRuns(plan, tools)];
  const residual = Math.max(...runs.map((found) => found.residual));
  yield goalRecord(key('limit'), names.limit, { ours: residual, details: { runs } });
  const followed = targets.slice(0, plan.descentRows);
  const descents = [];
  for (const found of reluDescents(reference, plan.cs, followed, directions)) {
    descents.push(found);
    tools.update(`relu-flow: descent with C = ${found.c} is done`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const [least] = descents.slice(-1);
  const details = { targets: followed, descents };
  const words = `descent with C = ${least.c}, α to ${followed.at(-1)}`;
  yield goalRecord({ ...key('descent'), size: words }, null, {
    ours: least.errors.at(-1)!,
    details,
  });
}

function follow(problem: ReluStart, targets: readonly number[]): FlowResult {
  const options = { tolerance: TOLERANCE, targets, maxSteps: MOST_STEPS };
  const result = followFlow(problem.objective, problem.theta0, options);
  if (result.status !== 'finished') throw new Error(result.message);
  return result;
}

function pointsOf({ marks }: FlowResult, targets: readonly number[]): FlowPoint[] {
  return targets.map((target) => marks.find(({ name }) => name === `alpha ${target}`)!.point);
}

/** Our time, and its ratio to that of squared ReLU, which has no kinks, at the same tolerance. */
async function* timeRecords(
  reference: ReluStart,
  run: FlowResult,
  size: string,
  tools: Tools,
): AsyncIterable<BenchRecord> {
  const squared = referenceProblem();
  const { targets } = squared;
  const options = { tolerance: TOLERANCE, targets, maxSteps: MOST_STEPS };
  const sides = [
    sideOf('relu', () => void follow(reference, targets)),
    sideOf('squared', () => void followFlow(squared.objective, squared.theta0, options)),
  ];
  const turn = (side: string, round: number) =>
    tools.update(`relu-flow: round ${round} of ${tools.rounds}, ${side}`);
  const seconds = await interleave(sides, tools.rounds, turn);
  const relu = seconds.get('relu')!;
  const smooth = seconds.get('squared')!;
  const plain = followFlow(squared.objective, squared.theta0, options);
  const milliseconds = 1e3 * median(relu);
  const spread = { ours: spreadOf(relu) };
  const kinks = { slides: run.slides?.length, kinks: run.last.kinks?.length };
  const details = { tolerance: TOLERANCE, counts: run.counts, ...kinks };
  const key = (words: string, unit: string) => ({ name: `relu-flow${words}`, size, unit });
  yield goalRecord(key('', 'ms'), null, { ours: milliseconds, spread, details });
  const ratio = median(relu) / median(smooth);
  const counted = { squaredMilliseconds: 1e3 * median(smooth), squaredCounts: plain.counts };
  const found = { ours: ratio, details: { ...details, ...counted } };
  yield goalRecord(key(' to squared', '×'), names['to squared'], found);
}

function sideOf(name: string, call: () => void) {
  const calls = callsFor(call, TURN);
  const run = () =>
    Promise.resolve({ seconds: secondsPerCall(call, calls), answer: new Float64Array() });
  return { name, run };
}

/** Every start with each loss: how it ran, and its certified limit. */
function* allRuns({ starts }: ReluPlan, tools: Tools) {
  const { targets, start } = reluReference();
  for (const loss of ['exponential', 'logistic'] as const) {
    for (let k = 0; k < starts; k++) {
      tools.update(`relu-flow: ${loss}, start ${k}`);
      const problem = start(loss, k);
      const began = performance.now();
      const result = follow(problem, targets);
      const seconds = (performance.now() - began) / 1e3;
      const last = pointsOf(result, targets).slice(-3);
      const { limit, agreement } = certifyLimit(problem.objective, last);
      yield {
        loss,
        start: k,
        seconds,
        ...result.counts,
        slides: result.slides?.length,
        kinks: result.last.kinks?.length,
        residual: limit.converged ? limit.residual : NaN,
        limitKinks: limit.kinks.length,
        agreement,
      };
    }
  }
}
