import { distanceBetween } from '../../numerics/vectors.js';
import { goalRecord } from './goal-record.js';
import { timeToError, type DescentPoint } from './descent-order.js';
import type { BenchEntry, BenchRecord, Goal, Tools } from './entry.js';
import { sentenceOf } from '../files.js';
import { flowApart } from './flow-apart.js';
import type { FlowAnswer, FlowRequest, FlowRow } from './flow-worker.js';
import { imageStart, type ImageTask } from './image-problem.js';
import { packed, unpacked, type Packed } from './packed.js';

/** What is run, and how far. */
export interface LargePlan {
  readonly task: ImageTask;
  /** The first is the run's, the second, which is larger, that of the run it is compared with. */
  readonly tolerances: readonly [number, number];
  readonly targets: readonly number[];
  /** Descent starts from our point at the first of these targets. */
  readonly descentFrom: number;
  readonly descents: readonly { readonly c: number; readonly until: number }[];
}

const TARGETS = [1, 10, 12, 100, 1000];
const MOST_STEPS = 20_000;
/** Descent may take this many times the steps that it should need for α to rise along the flow. */
const PATIENCE = 2;
const SECONDS_GOAL: Goal = { of: 'ours', most: 180 };
const MEMORY_GOAL: Goal = { of: 'ours', most: 2048 };
const ERROR_GOAL: Goal = { of: 'ours', most: 1e-3 };

const twoClasses: LargePlan = {
  task: { examples: 1000, classes: 2, width: 256 },
  tolerances: [6e-8, 2.4e-7],
  targets: TARGETS,
  descentFrom: 10,
  // Steps of C = 0.002 already go to and fro between the margins of the two classes, and α falls; steps
  // that do not take an hour and more to α = 10³. So the two are compared over a short stretch.
  descents: [
    { c: 5e-4, until: 12 },
    { c: 2.5e-4, until: 12 },
    { c: 1.25e-4, until: 12 },
  ],
};

export const lateFlowLarge: BenchEntry = {
  name: 'late-flow-large',
  about: 'the flow of 200,960 parameters on 1,000 images to α = 10³, against descent by PyTorch',
  run: (tools) => runLarge(twoClasses, tools),
};

export async function* runLarge(plan: LargePlan, tools: Tools): AsyncGenerator<BenchRecord> {
  const fine = await follow(plan, plan.tolerances[0], tools);
  const coarse = await follow(plan, plan.tolerances[1], tools);
  const apart = fine.rows.map((row, k) => distance(row, coarse.rows[k]));
  yield* ourRecords(plan, { fine, coarse, apart });
  if (plan.descents.length > 0) yield await descentRecord(plan, fine, Math.max(...apart), tools);
}

async function follow(plan: LargePlan, tolerance: number, tools: Tools): Promise<FlowAnswer> {
  const { task, targets } = plan;
  const request: FlowRequest = { task, tolerance, targets, maxSteps: MOST_STEPS };
  const answer = await flowApart(request, (text) =>
    tools.update(`late-flow-large: tolerance ${tolerance}: ${text}`),
  );
  if (!answer.finished) throw new Error(answer.message);
  return answer;
}

function distance(a: FlowRow, b: FlowRow): number {
  return distanceBetween(unpacked(a.direction), unpacked(b.direction));
}

interface OurRuns {
  readonly fine: FlowAnswer;
  readonly coarse: FlowAnswer;
  /** Distance of the two directions at every target. */
  readonly apart: readonly number[];
}

function* ourRecords(plan: LargePlan, { fine, coarse, apart }: OurRuns): Iterable<BenchRecord> {
  const size = sizeOf(plan, fine);
  const rows = fine.rows.map((row, k) => ({ ...withoutDirection(row), apart: apart[k] }));
  const details = {
    tolerances: plan.tolerances,
    rows,
    coarse: { seconds: coarse.seconds, rows: coarse.rows.map(withoutDirection) },
  };
  const key = (what: string, unit: string) => ({ name: `late-flow-large${what}`, size, unit });
  yield goalRecord(key('', 's'), SECONDS_GOAL, { ours: fine.seconds, details });
  yield goalRecord(key(' memory', 'MiB'), MEMORY_GOAL, { ours: fine.peak });
  const error = { ours: Math.max(...apart), details: { apart, tolerances: plan.tolerances } };
  yield goalRecord(key(' tolerance', ''), ERROR_GOAL, error);
}

function sizeOf({ task, targets }: LargePlan, { parameters }: FlowAnswer): string {
  const words = task.classes === 2 ? '' : `, ${task.classes} classes`;
  return `${task.examples} images${words}, ${parameters} parameters, α to ${targets.at(-1)}`;
}

function withoutDirection(row: FlowRow): Omit<FlowRow, 'direction'> {
  const { direction: _, ...rest } = row;
  return rest;
}

/** Descent from our point, with a few C: how long it would take to the error that we have. */
async function descentRecord(
  plan: LargePlan,
  fine: FlowAnswer,
  wanted: number,
  tools: Tools,
): Promise<BenchRecord> {
  const { descentFrom, targets } = plan;
  const from = fine.rows[targets.indexOf(descentFrom)];
  const until = Math.max(...plan.descents.map((one) => one.until));
  const last = fine.rows[targets.indexOf(until)];
  const ours = last.seconds - from.seconds;
  const name = 'late-flow-large descent';
  const size = `${sizeOf(plan, fine)}, from α = ${descentFrom} to ${until}`;
  const record = goalRecord({ name, size, unit: 's' }, null, { ours });
  const peer = 'pytorch descent';
  let points: readonly Descent[];
  try {
    points = await descend(plan, fine, from, tools);
  } catch (error) {
    return { ...record, leftOut: { [peer]: sentenceOf(error) } };
  }
  const { seconds, ...equal } = timeToError(points, wanted);
  const accuracy = `${wanted.toExponential(1)}, what our own directions change by between two tolerances`;
  return {
    ...record,
    peers: { [peer]: seconds },
    ratio: seconds / ours,
    extrapolated: equal.extrapolated,
    accuracy,
    details: { measured: points, equalError: { seconds, ...equal } },
  };
}

interface Descent extends DescentPoint {
  readonly until: number;
  readonly steps: number;
  /** Distance of its direction from ours at each target after the start. */
  readonly errors: readonly number[];
}

async function descend(
  { task, descents, targets, descentFrom }: LargePlan,
  fine: FlowAnswer,
  from: FlowRow,
  tools: Tools,
): Promise<Descent[]> {
  const { objective } = imageStart(task);
  const length = Math.exp(from.logNorm);
  const theta0 = unpacked(from.direction).map((value) => value * length);
  const process = await tools.peer('pytorch descent', 'late_flow_large_pytorch.py');
  await process.ask({
    do: 'prepare',
    width: task.width,
    inputs: packed(objective.inputs),
    labels: packed(objective.labels),
    theta0: packed(theta0),
  });
  const onProgress = (text: string) => tools.update(`late-flow-large: ${text}`);
  const found: Descent[] = [];
  for (const { c, until } of descents) {
    const ahead = targets.filter((target) => target > descentFrom && target <= until);
    // No cap: c/α is small from the start.
    const maxSteps = Math.ceil(PATIENCE * (until / (3 * c)));
    const request = { do: 'run', c, cap: c, targets: ahead, maxSteps };
    const { seconds, steps, answer } = await process.ask(request, onProgress);
    const all = unpacked(answer as Packed);
    // Steps that are too long go to and fro between the margins, and α hardly rises.
    if (all.length < ahead.length * theta0.length) continue;
    const errors = ahead.map((target, k) => {
      const at = all.subarray(k * theta0.length, (k + 1) * theta0.length);
      return distanceBetween(at, unpacked(fine.rows[targets.indexOf(target)].direction));
    });
    const error = Math.max(...errors);
    const counted = { steps: Number(steps), seconds: Number(seconds) };
    found.push({ c, until, error, errors, ...counted });
  }
  if (found.length < 2) throw new Error('its steps are too long for every C that was tried');
  return found;
}
