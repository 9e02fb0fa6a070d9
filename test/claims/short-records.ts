import {
  alignmentClaim,
  denseNetClaim,
  directionalConvergence,
  discreteSteps,
  generalizationClaim,
  hAlexNetClaim,
  initializationClaim,
  linearToSvm,
  lossesClaim,
  kurdykaLojasiewicz,
  lossScaledSteps,
  marginMaximization,
  noConvergence,
  predictionSurfacesClaim,
  ratesClaim,
  reluAlignment,
  resNetClaim,
  saliencyClaim,
  type Claim,
  type ClaimResult,
} from '../../src/claims/index.js';
import {
  flowProblem,
  planarProblem,
  runDescent,
  runFlow,
  runPlan,
} from '../../src/experiments/index.js';
import { useNativeLinearAlgebra } from '../../src/numerics/linear-algebra.js';
import { kinkedFlowRecord, type RecordsOf } from '../../src/records/index.js';
import { imageSpec, type Plan } from '../../src/specs/index.js';
import { madeUpImageRun } from '../helpers/made-up-image-run.js';
import { shortGeneralization } from './generalization-records.js';
import { shortInitialization } from './initialization-records.js';
import { shortSaliency } from './saliency-records.js';
import { shortDualPotential } from './dual-potential-records.js';
import { shortDeepLinear, shortTwoHomogeneous } from './linear-records.js';
import { shortKurdyka } from './kurdyka-records.js';
import { madeUpComparison } from './scaled-records.js';
import { shortLosses } from './short-losses.js';
import { shortRates } from './short-rates.js';
import { shortSteps } from './short-steps.js';
import { shortSurfaces } from './surface-records.js';
import { shortLinearSvm } from './svm-records.js';

let kept: Promise<ClaimResult[]> | undefined;

/** Results of claims from short runs or made-up records, without their judges; run once in a process. */
export function shortResults(): Promise<ClaimResult[]> {
  kept ??= runShortly();
  return kept;
}

async function runShortly(): Promise<ClaimResult[]> {
  // Drawings show differences of rounding: the algebra that every machine has, whatever another test installed.
  useNativeLinearAlgebra(undefined);
  const smooth = planarProblem('squared-relu', 1);
  const kinked = planarProblem('relu', 1);
  const squared = await runFlow(smooth, 5);
  const relu = await runFlow(kinked, 3);
  const logistic = await runFlow(planarProblem('relu', 2, 'logistic'), 3);
  const size = { perClass: 10, width: 12 };
  const images = await runFlow(flowProblem(imageSpec('squared-relu', size, 1)), 4);
  const descent = (c: number, problem = smooth) =>
    runDescent(problem, { c, decades: 2, maxSteps: 100_000 });
  const dualPotential = await shortDualPotential();
  const deepLinear = await shortDeepLinear();
  const twoHomogeneous = await shortTwoHomogeneous();
  return [
    result(directionalConvergence, {
      flows: [squared, relu, images],
      descent: await descent(0.1),
    }),
    result(alignmentClaim, {
      flows: [squared, images],
      beyond: relu,
      descent: await descent(0.05),
      halved: await descent(0.025),
      coarse: await descent(0.5),
    }),
    result(marginMaximization, { flows: [squared, images], kinked: relu }),
    result(reluAlignment, {
      sweep: [kinkedFlowRecord(relu), kinkedFlowRecord(logistic)],
      images: { kind: 'unfinished', wanted: 'flow', message: 'Not run.' },
      plane: relu,
      descent: await descent(0.05, kinked),
    }),
    result(lossScaledSteps, { comparison: madeUpComparison() }),
    result(hAlexNetClaim, { training: madeUpImageRun({ name: 'h-alexnet' }) }),
    result(denseNetClaim, { training: madeUpImageRun({ name: 'densenet' }) }),
    result(resNetClaim, { training: madeUpImageRun({ name: 'resnet' }) }),
    result(lossesClaim, await shortLosses()),
    result(discreteSteps, await shortSteps()),
    result(dualPotential.claim, dualPotential.record),
    result(deepLinear.claim, deepLinear.record),
    result(noConvergence, await runPlan(noConvergence.plan({ scale: 'smoke', seed: 1 }))),
    result(initializationClaim, await shortInitialization()),
    result(linearToSvm, { linear: await shortLinearSvm() }),
    result(saliencyClaim, await shortSaliency()),
    result(twoHomogeneous.claim, twoHomogeneous.record),
    result(kurdykaLojasiewicz, await shortKurdyka(relu, squared)),
    result(predictionSurfacesClaim, await shortSurfaces()),
    result(ratesClaim, await shortRates()),
    result(generalizationClaim, await shortGeneralization()),
  ];
}

function result<P extends Plan>(claim: Claim<P>, record: RecordsOf<P>): ClaimResult<P> {
  return { claim, verdict: 'inconclusive', evidence: [], record };
}
