import { imageEngine } from '../networks/index.js';
import { directionRows, lengthPerDecade, sampledPathLength } from '../metrics/index.js';
import { angleBetween } from '../numerics/vectors.js';
import { logisticLoss } from '../losses/index.js';
import type { HalvedControl, ImageTrainingRecord } from '../records/index.js';
import type { ImageTrainingExperiment } from '../specs/experiment.js';
import type { Phase, TrainingProblem, TrainingResult } from '../training/index.js';
import { datasetSummary } from './dataset-records.js';
import { sizeName } from './image-data.js';
import { imageCheckpoints, imageKkt, imageObjective } from './image-checkpoints.js';
import { halvedPhases, imagePlan, type ImagePlan } from './image-plans.js';
import { keptTraining, type KeptTraining } from './kept-training.js';
import { Unfinished, type RunContext } from './settings.js';

/** Begins the names of an experiment's kept trainings. */
export function trainingName(spec: ImageTrainingExperiment): string {
  return `${spec.name ?? 'images'}-${sizeName(spec.data)}-${spec.seed}`;
}

/**
 * Trains as described, or reads what an earlier call left. Throws `Unfinished` where the images are not there or the
 * training does not reach its goal, `Interrupted` at the signal, and a sentence where the description makes no sense.
 */
export function runImageTraining(
  spec: ImageTrainingExperiment,
  context: RunContext = {},
): Promise<ImageTrainingRecord> {
  return runImagePlan(imagePlan(spec), trainingName(spec), spec, context);
}

/**
 * Carries out a plan. The names of its kept trainings begin with `label`; `key` is everything that decides it,
 * as plain data, and tells them from others. Throws `Unfinished` where the training does not reach its goal, `Interrupted` at the signal.
 */
export async function runImagePlan(
  plan: ImagePlan,
  label: string,
  key: { readonly seed: number },
  context: RunContext = {},
): Promise<ImageTrainingRecord> {
  const { name, phases, goal, controlGoal } = plan;
  const run = async (
    stretch: readonly Phase[],
    { suffix, task, until }: { suffix: string; task: string; until: number },
    theta0?: Float64Array,
  ) => {
    const tell = (what: string, alpha: number) =>
      context.onProgress?.({ task: `${name}, ${what}`, alpha, goal: until });
    // The first row of a full data set takes a minute.
    tell(theta0 ? task : 'fitting', NaN);
    const kept: KeptTraining = {
      name: label + suffix,
      key,
      problem: problemOf(plan, key.seed, theta0),
      phases: stretch,
      options: {
        keep: 'all',
        onProgress: ({ phase, alpha }) => tell(phase === 0 && !theta0 ? 'fitting' : task, alpha),
      },
      onWait: () => tell('trained by another process', NaN),
    };
    const result = await keptTraining(kept, context);
    if (result.status !== 'finished') throw new Unfinished(`${name}: ${result.message}`);
    return result;
  };
  const result = await run(phases, { suffix: '', task: 'after the fit', until: goal });
  const late = lateRows(result);
  if (controlGoal === undefined) return measured(plan, result, late, undefined);
  const fit = fitOf(result);
  const control = { suffix: '-halved', task: 'halved steps', until: controlGoal };
  const other = await run(halvedPhases(plan, controlGoal), control, fit);
  return measured(plan, result, late, compared(result, other, fit));
}

function problemOf(
  { network, train, test }: ImagePlan,
  seed: number,
  theta0: Float64Array | undefined,
): TrainingProblem {
  const engineFor = (examples: number) => imageEngine(network, examples);
  return { network, train, test, loss: logisticLoss, engineFor, seed, theta0 };
}

/** θ at the end of the first phase. */
function fitOf({ rows, thetaAt }: TrainingResult): Float64Array {
  return thetaAt(rows.findLastIndex(({ phase }) => phase === 0))!;
}

function compared(run: TrainingResult, halved: TrainingResult, fit: Float64Array): HalvedControl {
  const end = halved.rows[halved.rows.length - 1].alpha;
  const near = run.rows.findIndex(({ phase, alpha }) => phase > 0 && alpha >= end * (1 - 1e-9));
  const there = run.thetaAt(near)!;
  return {
    alpha: end,
    angle: angleBetween(there, halved.theta),
    distance: angleBetween(there, fit),
  };
}

/** What the rows say about the network's way from the first row with α ≥ 1 on. */
async function measured(
  plan: ImagePlan,
  result: TrainingResult,
  late: readonly number[],
  halved: HalvedControl | undefined,
): Promise<ImageTrainingRecord> {
  const { name, network, train: data, test, goal } = plan;
  const thetas = late.map((k) => result.thetaAt(k)!);
  const rows = late.map((k) => result.rows[k]);
  const alphas = rows.map(({ alpha }) => alpha);
  const directions = directionRows(alphas, thetas);
  const chosen = doublings(alphas, goal);
  const edges = chosen.map((k) => alphas[k]);
  const at = imageObjective(plan);
  const raw = Float64Array.from(rows, ({ pathLength }) => pathLength);
  return {
    kind: 'image-training',
    name,
    network: { name: network.name, parameters: network.parameters },
    data: await datasetSummary(data),
    test: await datasetSummary(test),
    engine: imageEngine(network, 1).name,
    message: result.message,
    rows: result.rows,
    growth: Math.exp(rows[rows.length - 1].logNorm - rows[0].logNorm),
    checkpoints: imageCheckpoints(
      at,
      chosen.map((k) => rows[k]),
      chosen.map((k) => thetas[k]),
    ),
    sampledLengths: lengthPerDecade(directions, sampledPathLength(directions), edges),
    rawLengths: lengthPerDecade(directions, raw, edges),
    kkt: network.statistics === 0 ? imageKkt(at, plan, thetas[thetas.length - 1]) : undefined,
    halved,
  };
}

/** Rows after the fit that kept their θ, α increasing and at least 1. */
function lateRows({ rows, thetaAt }: TrainingResult): number[] {
  const late: number[] = [];
  rows.forEach(({ phase, alpha }, k) => {
    const before = late.length === 0 ? 1 : rows[late[late.length - 1]].alpha;
    if (phase > 0 && alpha >= before && thetaAt(k) !== undefined) late.push(k);
  });
  if (late.length === 0)
    throw new Unfinished('The training set was never fitted: α stayed below 1.');
  return late;
}

/**
 * The rows that reach goal, goal/2, goal/4, … first, down to α of the first row: their indices, from early to late,
 * each once. `alphas` increase and are above 0.
 */
export function doublings(alphas: readonly number[], goal: number): number[] {
  const chosen: number[] = [];
  for (let alpha = goal; alpha >= alphas[0]; alpha /= 2) {
    const k = alphas.findIndex((value) => value >= alpha * (1 - 1e-9));
    if (k >= 0 && k !== chosen[0]) chosen.unshift(k);
  }
  return chosen;
}
