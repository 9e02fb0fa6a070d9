import { imageEngine, type ImageNetwork } from '../networks/index.js';
import {
  directionRows,
  lengthPerDecade,
  sampledPathLength,
  type ActiveKktResidual,
  type Decade,
} from '../metrics/index.js';
import { angleBetween } from '../numerics/vectors.js';
import { logisticLoss } from '../losses/index.js';
import type { Phase, TrainingProblem, TrainingResult, TrainingRow } from '../training/index.js';
import type { Dataset } from '../datasets/index.js';
import { imageKkt, imageMoments, imageObjective, type ImageMoment } from './image-moments.js';
import {
  halvedPhases,
  IMAGE_PLANS_MODULE,
  imagePlan,
  type ImageNetworkName,
  type ImagePlan,
} from './image-plans.js';
import { keptTraining, type KeptTraining } from './kept-training.js';
import { Unfinished, type Settings } from './settings.js';
import { sharedRun } from './shared-run.js';

/** A network trained far past 100 % training accuracy, with everything that claims and figures read. */
export interface ImageRun {
  readonly name: ImageNetworkName;
  readonly network: ImageNetwork;
  readonly data: Dataset;
  readonly test: Dataset;
  /** The library and precision that did the work. */
  readonly engine: string;
  /** How the training ended, in a sentence. */
  readonly message: string;
  /** Every row, from the start through fitting to the end. */
  readonly rows: readonly TrainingRow[];
  /** ‖θ‖ at the end, as a multiple of that at α = 1. */
  readonly growth: number;
  /** Looks at the network, α doubling from one to the next. */
  readonly moments: readonly ImageMoment[];
  /** Path length through the directions of the rows, over each doubling of α between moments. */
  readonly sampledLengths: readonly Decade[];
  /** The same with every step counted. */
  readonly rawLengths: readonly Decade[];
  /** At the end; undefined with batch norm, whose networks have no margin problem of this kind. */
  readonly kkt: ActiveKktResidual | undefined;
  /** The control: undefined where it is not run. */
  readonly halved: HalvedControl | undefined;
}

/** The same training from the same fit with steps half as long. */
export interface HalvedControl {
  /** Where both are compared. */
  readonly alpha: number;
  /** Angle between the two directions there, radians. */
  readonly angle: number;
  /** Angle between the direction at the fit and there: how far there was to go. */
  readonly distance: number;
}

/** Trains the network of that name, or reads what an earlier call left. */
export function imageRun(name: ImageNetworkName, settings: Settings): Promise<ImageRun> {
  const { scale, seed } = settings;
  return sharedRun(`image run ${name} ${scale} ${seed}`, () =>
    runImagePlan(imagePlan(name, scale), `${name}-${scale}-${seed}`, settings),
  );
}

/**
 * Carries out a plan, its trainings kept in folders that begin with `label`. Throws `Unfinished` where
 * the training does not reach its goal, `Interrupted` at the signal.
 */
export async function runImagePlan(
  plan: ImagePlan,
  label: string,
  settings: Settings,
): Promise<ImageRun> {
  const { name, phases, goal, controlGoal } = plan;
  const run = async (
    stretch: readonly Phase[],
    { suffix, task, until }: { suffix: string; task: string; until: number },
    theta0?: Float64Array,
  ) => {
    const tell = (what: string, alpha: number) =>
      settings.onProgress?.({ task: `${name}, ${what}`, alpha, goal: until });
    // The first row of a full data set takes a minute.
    tell(theta0 ? task : 'fitting', NaN);
    const kept: KeptTraining = {
      plannedBy: IMAGE_PLANS_MODULE,
      name: label + suffix,
      problem: problemOf(plan, settings.seed, theta0),
      phases: stretch,
      options: {
        keep: 'all',
        onProgress: ({ phase, alpha }) => tell(phase === 0 && !theta0 ? 'fitting' : task, alpha),
      },
      onWait: () => tell('trained by another process', NaN),
    };
    const result = await keptTraining(kept, settings);
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
function measured(
  plan: ImagePlan,
  result: TrainingResult,
  late: readonly number[],
  halved: HalvedControl | undefined,
): ImageRun {
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
    name,
    network,
    data,
    test,
    engine: imageEngine(network, 1).name,
    message: result.message,
    rows: result.rows,
    growth: Math.exp(rows[rows.length - 1].logNorm - rows[0].logNorm),
    moments: imageMoments(
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

/** The rows that reach goal, goal/2, goal/4, … first, from early to late, each once. */
export function doublings(alphas: readonly number[], goal: number): number[] {
  const chosen: number[] = [];
  for (let alpha = goal; alpha >= alphas[0]; alpha /= 2) {
    const k = alphas.findIndex((value) => value >= alpha * (1 - 1e-9));
    if (k >= 0 && k !== chosen[0]) chosen.unshift(k);
  }
  return chosen;
}
