import { imageEngine, type ImageNetwork } from '../networks/index.js';
import {
  directionRows,
  lengthPerDecade,
  sampledPathLength,
  type Decade,
} from '../metrics/index.js';
import { logisticLoss } from '../losses/index.js';
import type { TrainingResult, TrainingRow } from '../training/index.js';
import type { Dataset } from '../datasets/index.js';
import { imageKkt, imageMoments, imageObjective, type ImageMoment } from './image-moments.js';
import { imagePlan, type ImageNetworkName, type ImagePlan } from './image-plans.js';
import { keptTraining, type KeptTraining } from './kept-training.js';
import { Unfinished, type Settings } from './settings.js';
import { once } from './shared-runs.js';

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
  /** At the end. */
  readonly kkt: ReturnType<typeof imageKkt>;
}

/** Trains the network of that name, or reads what an earlier call left. */
export function imageRun(name: ImageNetworkName, settings: Settings): Promise<ImageRun> {
  const { scale, seed } = settings;
  return once(`image run ${name} ${scale} ${seed}`, async () => {
    const plan = imagePlan(name, scale);
    const result = await trained(plan, settings);
    if (result.status !== 'finished') throw new Unfinished(`${name}: ${result.message}`);
    return measured(plan, result);
  });
}

function trained(plan: ImagePlan, settings: Settings): Promise<TrainingResult> {
  const { name, network, train: data, test, phases, goal } = plan;
  const { scale, seed, onProgress } = settings;
  const engineFor = (examples: number) => imageEngine(network, examples);
  const tell = (task: string, alpha: number) =>
    onProgress?.({ task: `${name}, ${task}`, alpha, goal });
  const training: KeptTraining = {
    name: `${name}-${scale}-${seed}`,
    problem: { network, train: data, test, loss: logisticLoss, engineFor, seed },
    phases,
    options: {
      keep: network.parameters <= 100_000 ? 'all' : 'marks',
      onProgress: ({ phase, epoch, step, alpha }) =>
        tell(phase === 0 ? `fitting, epoch ${epoch}` : `step ${step}`, alpha),
    },
    onWait: () => tell('trained by another process', NaN),
  };
  return keptTraining(training, settings);
}

/** What the rows say about the network's way from the first row with α ≥ 1 on. */
function measured(plan: ImagePlan, result: TrainingResult): ImageRun {
  const { name, network, train: data, test, goal } = plan;
  const late = lateRows(result);
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
    kkt: imageKkt(at, plan, thetas[thetas.length - 1]),
  };
}

/** Rows of the last phase that kept their θ, α increasing and at least 1. */
function lateRows({ rows, thetaAt }: TrainingResult): number[] {
  const last = rows[rows.length - 1].phase;
  const late: number[] = [];
  rows.forEach(({ phase, alpha }, k) => {
    const before = late.length === 0 ? 1 : rows[late[late.length - 1]].alpha;
    if (phase === last && alpha >= before && thetaAt(k) !== undefined) late.push(k);
  });
  if (late.length === 0)
    throw new Unfinished('The training set was never fitted: α stayed below 1.');
  return late;
}

/** The rows nearest to goal, goal/2, goal/4, …, from early to late, each once. */
function doublings(alphas: readonly number[], goal: number): number[] {
  const chosen: number[] = [];
  for (let alpha = goal; alpha >= alphas[0]; alpha /= 2) {
    const k = alphas.findIndex((value) => value >= alpha * (1 - 1e-9));
    if (k >= 0 && k !== chosen[0]) chosen.unshift(k);
  }
  return chosen;
}
