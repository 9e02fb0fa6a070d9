/**
 * The claims: statement, source, plan, judge and figures of each.
 * @module
 */
import { alignmentClaim } from './alignment/claim.js';
import type { Claim } from './claim.js';
import { deepLinearClaim } from './deep-linear/claim.js';
import { denseNetClaim } from './densenet/claim.js';
import { directionalConvergence } from './directional-convergence/claim.js';
import { discreteSteps } from './discrete-steps/claim.js';
import { dualPotentialClaim } from './dual-potential/claim.js';
import { generalizationClaim } from './generalization/claim.js';
import { hAlexNetClaim } from './h-alexnet/claim.js';
import { initializationClaim } from './initialization/claim.js';
import { kurdykaLojasiewicz } from './kurdyka-lojasiewicz/claim.js';
import { linearToSvm } from './linear-to-svm/claim.js';
import { lossScaledSteps } from './loss-scaled-steps/claim.js';
import { lossesClaim } from './losses/claim.js';
import { marginMaximization } from './margin-maximization/claim.js';
import { noConvergence } from './no-convergence/claim.js';
import { predictionSurfacesClaim } from './prediction-surfaces/claim.js';
import { ratesClaim } from './rates/claim.js';
import { reluAlignment } from './relu-alignment/claim.js';
import { resNetClaim } from './resnet/claim.js';
import { saliencyClaim } from './saliency/claim.js';
import { twoHomogeneousClaim } from './two-homogeneous/claim.js';

export * from './claim.js';
export * from './headline.js';
export { paperFigures, PAPER_WIDTH, type PaperFigures } from './paper/index.js';
export * from './key-numbers.js';
export * from './common/certified.js';
export { planarFlowPlan } from './common/flow-plans.js';
export * from './common/rules.js';
export * from './common/unsettled.js';
export { pathFigures } from './directional-convergence/figures.js';
export { deepMarginShare, worstMisalignment, worstRank } from './deep-linear/measures.js';
export { deepLinearSpec } from './deep-linear/plan.js';
export * from './common/spiral-columns.js';
export * from './kurdyka-lojasiewicz/lengths.js';
export { kurdykaPlan } from './kurdyka-lojasiewicz/plan.js';
export { spiralPlan } from './no-convergence/plan.js';
export { classChanges, heldErrors } from './generalization/errors.js';
export { meanMapAngles } from './saliency/mean-angles.js';
export { dualPotentialSpec } from './dual-potential/plan.js';
export { boundShare, potentialRatio } from './dual-potential/measures.js';
export { twoHomogeneousSpec } from './two-homogeneous/plan.js';
export * from './sweeps/index.js';
export { LYU_LI } from './loss-scaled-steps/plan.js';
export {
  alignmentClaim,
  deepLinearClaim,
  denseNetClaim,
  directionalConvergence,
  discreteSteps,
  dualPotentialClaim,
  generalizationClaim,
  hAlexNetClaim,
  initializationClaim,
  kurdykaLojasiewicz,
  linearToSvm,
  lossesClaim,
  lossScaledSteps,
  marginMaximization,
  noConvergence,
  predictionSurfacesClaim,
  ratesClaim,
  reluAlignment,
  resNetClaim,
  saliencyClaim,
  twoHomogeneousClaim,
};

/** Every claim, in the order of the notebooks. */
export const claims: readonly Claim[] = [
  directionalConvergence,
  alignmentClaim,
  marginMaximization,
  reluAlignment,
  hAlexNetClaim,
  denseNetClaim,
  resNetClaim,
  lossScaledSteps,
  linearToSvm,
  predictionSurfacesClaim,
  noConvergence,
  kurdykaLojasiewicz,
  dualPotentialClaim,
  deepLinearClaim,
  twoHomogeneousClaim,
  lossesClaim,
  discreteSteps,
  ratesClaim,
  initializationClaim,
  saliencyClaim,
  generalizationClaim,
];
