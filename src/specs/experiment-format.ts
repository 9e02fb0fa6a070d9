import { z } from 'zod';
import { datasetFormat } from './dataset.js';
import { experimentKinds, type ExperimentSpec } from './experiment.js';
import { decades, kindError, object, positive, schemaKey, seed, size, word } from './fields.js';
import { lossLimitsFormat } from './experiments/loss-limits-format.js';
import { descentRatesFormat, flowRatesFormat } from './experiments/rates-format.js';
import { stepThresholdFormat } from './experiments/step-threshold-format.js';
import { deepLinearFormat } from './experiments/deep-linear-format.js';
import { chainRuleFormat } from './experiments/chain-rule-format.js';
import { criticalPointFormat } from './experiments/critical-point-format.js';
import { spiralFormat } from './experiments/spiral-format.js';
import { earlyFlowFormat } from './experiments/early-flow-format.js';
import { generalizationFormat } from './experiments/generalization-format.js';
import { saliencyFormat } from './experiments/saliency-format.js';
import { tangentFlowFormat } from './experiments/tangent-flow-format.js';
import { linearSvmFormat } from './experiments/linear-svm-format.js';
import { dualPotentialFormat } from './experiments/dual-potential-format.js';
import { splitUnitsFormat, twoHomogeneousFormat } from './experiments/two-homogeneous-format.js';
import { surfaceCourseFormat } from './experiments/surface-course-format.js';
import { parseSpec } from './faults.js';
import { inTodaysWords } from './image-experiments.js';
import { imageNetworkFormat } from './image-network.js';
import { problemFormat } from './problem.js';
import { phaseFormat, sgdFormat, trainedNetworkFormat } from './training.js';

const images = datasetFormat.describe('The images.');

/** An experiment, as JSON: what `npm run experiment` takes. */
export const experimentFormat = z
  .discriminatedUnion(
    'kind',
    [
      object({
        ...schemaKey,
        kind: z
          .literal('flow')
          .describe('Gradient flow, and the limit that it is certified to go to.'),
        problem: problemFormat,
        decades,
      }),
      object({
        ...schemaKey,
        kind: z
          .literal('kinked-flow')
          .describe('The same, of which what it says about alignment on kinks is kept.'),
        problem: problemFormat,
        decades,
      }),
      object({
        ...schemaKey,
        kind: z.literal('descent').describe('Descent with steps of relative length c/α.'),
        problem: problemFormat,
        c: positive.describe('Steps have relative length min(cap, c/α), cap = min(0.02, 2c).'),
        decades,
        maxSteps: size.describe('Largest number of steps.'),
      }),
      object({
        ...schemaKey,
        kind: z
          .literal('image-training')
          .describe('A network on images, trained far past 100 % training accuracy.'),
        name: word.default('images').describe('What figures and messages call it.'),
        network: trainedNetworkFormat,
        data: images,
        phases: z
          .array(phaseFormat, { error: 'a list of phases' })
          .min(1, { error: 'at least one phase' })
          .describe('Stretches of the training, one after another.'),
        goal: positive.describe('The training ends when α reaches this.'),
        controlGoal: positive.optional().describe('Where a control with halved steps ends.'),
        seed,
      }),
      object({
        ...schemaKey,
        kind: z.literal('step-comparison').describe('Rules for the length of steps, compared.'),
        network: imageNetworkFormat,
        data: images,
        evaluations: size.describe('Gradients of the training set that each rule may compute.'),
        fit: sgdFormat.describe(
          'Mini-batches until every image is classified: the start of all rules.',
        ),
        constant: z
          .array(positive, { error: 'a list of step lengths' })
          .describe('Lengths of constant steps along the gradient of the mean loss.'),
        start: positive.describe('a of the loss-scaled rule at its start.'),
        seed,
      }),
      stepThresholdFormat,
      deepLinearFormat,
      spiralFormat,
      earlyFlowFormat,
      tangentFlowFormat,
      linearSvmFormat,
      lossLimitsFormat,
      saliencyFormat,
      twoHomogeneousFormat,
      splitUnitsFormat,
      dualPotentialFormat,
      criticalPointFormat,
      chainRuleFormat,
      surfaceCourseFormat,
      flowRatesFormat,
      descentRatesFormat,
      generalizationFormat,
    ],
    { error: kindError(experimentKinds) },
  )
  .describe('An experiment.');

/** The experiment in the content of a file called `name`. Throws one sentence that names the place. */
export function experimentIn(raw: unknown, name: string): ExperimentSpec {
  const parsed = parseSpec(experimentFormat, inTodaysWords(raw), name);
  const { $schema, ...spec } = parsed as ExperimentSpec & { $schema?: undefined };
  void $schema;
  return spec;
}
