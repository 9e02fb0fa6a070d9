import type { Dataset } from '../datasets/index.js';
import type { StepRule } from '../flows/index.js';
import { logisticLoss } from '../losses/index.js';
import { imageEngine, requireDegree, type ImageNetwork } from '../networks/index.js';
import type { Phase, TrainingProblem, TrainingResult, TrainingRow } from '../training/index.js';
import { keptTraining } from './kept-training.js';
import { descentBy, scaledStepsPlan, type ScaledStepsPlan } from './scaled-steps-plan.js';
import { Unfinished, type Settings } from './settings.js';
import { sharedRun } from './shared-run.js';

/** What plans these trainings, for their folders. */
export const SCALED_STEPS_MODULE = import.meta.url;

/** One rule's descent: columns with an entry for each row, a row whenever α has grown by 1 %. */
export interface RuleRun {
  /** What legends and tables call the rule. */
  readonly name: string;
  /** Gradients that it computed: fewer than it might have where it stopped early. */
  readonly gradients: number;
  /** Gradients of the whole training set since the start, those of undone steps included. */
  readonly evaluations: Float64Array;
  /** Steps that were kept. */
  readonly steps: Float64Array;
  readonly alpha: Float64Array;
  /** log₁₀ 𝓛 of the summed loss. */
  readonly log10Loss: Float64Array;
  /** Smallest margin over ‖θ‖^L. */
  readonly normalizedMargin: Float64Array;
  /** α/‖θ‖^L. */
  readonly smoothedMargin: Float64Array;
  /** log₁₀ of the next step's length along the gradient of the mean loss. */
  readonly log10Step: Float64Array;
  /** Share of misclassified training images. */
  readonly trainingError: Float64Array;
}

/** Descents from the same point, with the same number of gradients. */
export interface ScaledStepsRun {
  readonly network: ImageNetwork;
  readonly data: Dataset;
  /** Gradients of the whole training set that each rule may compute. */
  readonly evaluations: number;
  /** How the fit before ended, in a sentence. */
  readonly fit: string;
  /** Steps of constant length, the shortest first. */
  readonly constant: readonly RuleRun[];
  readonly scaled: RuleRun;
}

/** Fits a network and goes on with constant and with loss-scaled steps, or reads what earlier calls left. */
export function scaledStepsRun(settings: Settings): Promise<ScaledStepsRun> {
  const { scale, seed } = settings;
  return sharedRun(`scaled steps ${scale} ${seed}`, () =>
    runScaledSteps(scaledStepsPlan(scale), settings),
  );
}

/** The same for a plan of one's own; `label` names it where runs are kept. */
export async function runScaledSteps(
  plan: ScaledStepsPlan,
  settings: Settings,
  label = `loss-scaled-steps-${settings.scale}`,
): Promise<ScaledStepsRun> {
  const { network, data, evaluations, constant, start } = plan;
  const trained = trainerOf(plan, settings, label);
  const fit = await trained('fit', [plan.fit]);
  if (fit.status !== 'finished') throw new Unfinished(`${network.name}: ${fit.message}`);
  const follow = async (key: string, name: string, rule: StepRule): Promise<RuleRun> => {
    const result = await trained(key, [descentBy(rule, plan)], fit.theta);
    return ruleRun(name, rule, result, plan);
  };
  const runs: RuleRun[] = [];
  for (const step of constant) {
    // The mean loss is a share of the summed one, and so is the step along its gradient.
    const rule: StepRule = { kind: 'constant', step: step / data.examples };
    runs.push(await follow(`constant-${step}`, `constant step ${step}`, rule));
  }
  const scaled = await follow('scaled', 'loss-scaled steps', { kind: 'loss-scaled', start });
  return { network, data, evaluations, fit: fit.message, constant: runs, scaled };
}

type Trainer = (
  key: string,
  phases: readonly Phase[],
  theta0?: Float64Array,
) => Promise<TrainingResult>;

/** Rows lie this close, so that a fall of the smoothed margin is not passed over. */
const SAVE_FACTOR = 1.01;

function trainerOf(plan: ScaledStepsPlan, settings: Settings, label: string): Trainer {
  const { network, data: train, evaluations } = plan;
  const { seed, onProgress } = settings;
  const engineFor = (examples: number) => imageEngine(network, examples);
  const problem: TrainingProblem = { network, train, loss: logisticLoss, engineFor, seed };
  return (key, phases, theta0) => {
    const descends = theta0 !== undefined;
    const task = `scaled steps, ${key}`;
    return keptTraining(
      {
        name: `${label}-${seed}-${key}`,
        plannedBy: SCALED_STEPS_MODULE,
        problem: { ...problem, theta0 },
        phases,
        options: {
          keep: 'marks',
          saveFactor: SAVE_FACTOR,
          onProgress: ({ alpha, epoch }) =>
            onProgress?.(
              descends
                ? { task, alpha, goal: NaN, share: epoch / evaluations }
                : { task, alpha, goal: 1 },
            ),
        },
        onWait: () => onProgress?.({ task: `${task}, by another process`, alpha: NaN, goal: NaN }),
      },
      settings,
    );
  };
}

/** The columns of a descent that began at the first row. */
function ruleRun(
  name: string,
  rule: StepRule,
  { rows, status }: TrainingResult,
  { network, data, evaluations }: ScaledStepsPlan,
): RuleRun {
  const degree = requireDegree(network.degree, 'A normalized margin');
  const column = (of: (row: TrainingRow) => number) => Float64Array.from(rows, of);
  const power = ({ logNorm }: TrainingRow) => Math.exp(degree * logNorm);
  const log10Loss = ({ logRisk }: TrainingRow) => logRisk / Math.LN10;
  const log10Step = (row: TrainingRow) =>
    rule.kind === 'loss-scaled'
      ? log10Scale(rule.start, row) - log10Loss(row)
      : Math.log10(rule.kind === 'constant' ? rule.step : NaN);
  return {
    name,
    // Steps that were undone at the very end leave no row.
    gradients: status === 'max-steps' ? evaluations : rows[rows.length - 1].epoch,
    evaluations: column(({ epoch }) => epoch),
    steps: column(({ step }) => step),
    alpha: column(({ alpha }) => alpha),
    log10Loss: column(log10Loss),
    normalizedMargin: column((row) => row.smallestMargin / power(row)),
    smoothedMargin: column((row) => row.alpha / power(row)),
    log10Step: column((row) => log10Step(row) + Math.log10(data.examples)),
    trainingError: column(({ trainingError }) => trainingError),
  };
}

/** log₁₀ a, which every kept step multiplied by 2^{1/5} and every undone one divided by 2^{1/10}. */
function log10Scale(start: number, { step, epoch }: TrainingRow): number {
  return Math.log10(start) + (0.2 * step - 0.1 * (epoch - step)) * Math.LOG10E * Math.LN2;
}
