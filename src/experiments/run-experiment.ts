import type { RecordKinds, RecordOf } from '../records/index.js';
import { kinkedFlowRecord } from '../records/index.js';
import type { ExperimentSpec, FlowExperiment } from '../specs/experiment.js';
import { experimentKey } from '../specs/index.js';
import { flowProblem } from './problems.js';
import { runDeepLinear } from './run-deep-linear.js';
import { runChainRule } from './run-chain-rule.js';
import { runCriticalPoint } from './run-critical-point.js';
import { runDescent } from './run-descent.js';
import { runEarlyFlow } from './run-early-flow.js';
import { runDualPotential } from './run-dual-potential.js';
import { runFlow } from './run-flow.js';
import { runGeneralization } from './run-generalization.js';
import { runImageTraining } from './run-image-training.js';
import { runSpiral } from './run-spiral.js';
import { runLinearSvm } from './run-linear-svm.js';
import { runDescentRates } from './run-descent-rates.js';
import { runFlowRates } from './run-flow-rates.js';
import { runLossLimits } from './run-loss-limits.js';
import { runSaliency } from './run-saliency.js';
import { runStepComparison } from './run-step-comparison.js';
import { runStepThreshold } from './run-step-threshold.js';
import { runTangentFlow } from './run-tangent-flow.js';
import { runSplitUnits } from './run-split-units.js';
import { runTwoHomogeneous } from './run-two-homogeneous.js';
import { runSurfaceCourse } from './run-surface-course.js';
import type { RunContext } from './settings.js';
import { sharedRun } from './shared-run.js';

type Runner<Kind extends ExperimentSpec['kind']> = (
  spec: Extract<ExperimentSpec, { kind: Kind }>,
  context: RunContext,
) => Promise<RecordKinds[Kind]>;

const flow = ({ problem, decades }: Omit<FlowExperiment, 'kind'>, context: RunContext) =>
  runFlow(flowProblem(problem), decades, context);

/** What carries out each kind of experiment. */
const RUNNERS: { readonly [Kind in ExperimentSpec['kind']]: Runner<Kind> } = {
  flow,
  'kinked-flow': async (spec, context) => kinkedFlowRecord(await flow(spec, context)),
  descent: ({ problem, ...size }, context) => runDescent(flowProblem(problem), size, context),
  'image-training': runImageTraining,
  'step-comparison': runStepComparison,
  'step-threshold': runStepThreshold,
  'deep-linear': runDeepLinear,
  spiral: runSpiral,
  'early-flow': runEarlyFlow,
  'tangent-flow': runTangentFlow,
  'linear-svm': runLinearSvm,
  'loss-limits': runLossLimits,
  saliency: runSaliency,
  'two-homogeneous': runTwoHomogeneous,
  'split-units': runSplitUnits,
  'dual-potential': runDualPotential,
  'critical-point': runCriticalPoint,
  'chain-rule': runChainRule,
  'surface-course': runSurfaceCourse,
  'flow-rates': runFlowRates,
  'descent-rates': runDescentRates,
  generalization: runGeneralization,
};

/**
 * Carries out an experiment: its description decides the record to the last bit. Within one process each is
 * computed a single time. Throws `Unfinished` where it does not reach its goal, `Interrupted` at the signal.
 */
export function runExperiment<Spec extends ExperimentSpec>(
  spec: Spec,
  context: RunContext = {},
): Promise<RecordOf<Spec>> {
  const run = RUNNERS[spec.kind] as unknown as (
    spec: ExperimentSpec,
    context: RunContext,
  ) => Promise<RecordOf<Spec>>;
  return sharedRun(experimentKey(spec), async () => run(spec, context));
}
