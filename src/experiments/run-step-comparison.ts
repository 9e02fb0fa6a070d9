import type { Dataset } from '../datasets/index.js';
import type { StepRule } from '../flows/index.js';
import { logisticLoss } from '../losses/index.js';
import { imageEngine, requireDegree, type ImageNetwork } from '../networks/index.js';
import type { RuleRecord, StepComparisonRecord } from '../records/index.js';
import { buildTraining, type StepComparisonExperiment } from '../specs/index.js';
import type {
  DescentPhase,
  Phase,
  TrainingProblem,
  TrainingResult,
  TrainingRow,
} from '../training/index.js';
import { datasetSummary } from './dataset-records.js';
import { imageReaders, sizeName } from './image-data.js';
import { keptTraining } from './kept-training.js';
import { Unfinished, type RunContext } from './settings.js';

/** A comparison with its network and data. */
interface Comparison {
  readonly spec: StepComparisonExperiment;
  readonly network: ImageNetwork;
  readonly data: Dataset;
}

/** Begins the names of an experiment's kept trainings. */
export function comparisonName({ data, seed }: StepComparisonExperiment): string {
  return `loss-scaled-steps-${sizeName(data)}-${seed}`;
}

/** The network and the images of a comparison. Throws `Unfinished` where this machine lacks the images. */
export function comparisonOf(spec: StepComparisonExperiment): Comparison {
  const { network, data } = spec;
  const built = buildTraining({ network, data }, imageReaders(data));
  return { spec, network: built.network, data: built.train };
}

/**
 * Fits a network and goes on with constant and with loss-scaled steps, or reads what earlier calls left.
 * Throws `Unfinished` where the fit does not end or this machine lacks the images, `Interrupted` at the signal.
 */
export async function runStepComparison(
  spec: StepComparisonExperiment,
  context: RunContext = {},
): Promise<StepComparisonRecord> {
  const { evaluations, constant, start } = spec;
  const comparison = comparisonOf(spec);
  const { network, data } = comparison;
  const trained = trainerOf(comparison, context);
  const fit = await trained('fit', [spec.fit]);
  if (fit.status !== 'finished') throw new Unfinished(`${network.name}: ${fit.message}`);
  const follow = async (key: string, name: string, rule: StepRule): Promise<RuleRecord> => {
    const result = await trained(key, [descentBy(rule, spec)], fit.theta);
    return ruleRecord(name, rule, result, comparison);
  };
  const runs: RuleRecord[] = [];
  for (const step of constant) {
    // The mean loss is a share of the summed one, and so is the step along its gradient.
    const rule: StepRule = { kind: 'constant', step: step / data.examples };
    runs.push(await follow(`constant-${step}`, `constant step ${step}`, rule));
  }
  const scaled = await follow('scaled', 'loss-scaled steps', { kind: 'loss-scaled', start });
  return {
    kind: 'step-comparison',
    network: { name: network.name, parameters: network.parameters },
    data: await datasetSummary(data),
    degree: requireDegree(network.degree, 'A normalized margin'),
    evaluations,
    fit: fit.message,
    constant: runs,
    scaled,
  };
}

/** α that no run reaches: what ends them is the number of gradients. */
const OUT_OF_REACH = 1e9;

/** The descent of a rule, along the gradient of the summed loss. */
function descentBy(rule: StepRule, { evaluations }: StepComparisonExperiment): DescentPhase {
  return { kind: 'descent', rule, untilAlpha: OUT_OF_REACH, maxSteps: evaluations };
}

type Trainer = (
  key: string,
  phases: readonly Phase[],
  theta0?: Float64Array,
) => Promise<TrainingResult>;

/** Rows lie this close, so that a fall of the smoothed margin is not passed over. */
const SAVE_FACTOR = 1.01;

function trainerOf({ spec, network, data: train }: Comparison, context: RunContext): Trainer {
  const { seed, evaluations } = spec;
  const { onProgress } = context;
  const engineFor = (examples: number) => imageEngine(network, examples);
  const problem: TrainingProblem = { network, train, loss: logisticLoss, engineFor, seed };
  return (key, phases, theta0) => {
    const descends = theta0 !== undefined;
    const task = `scaled steps, ${key}`;
    return keptTraining(
      {
        name: `${comparisonName(spec)}-${key}`,
        key: spec,
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
      context,
    );
  };
}

/** The columns of a descent that began at the first row. */
function ruleRecord(
  name: string,
  rule: StepRule,
  { rows, status }: TrainingResult,
  { network, data, spec: { evaluations } }: Comparison,
): RuleRecord {
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
