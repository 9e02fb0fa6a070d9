import { alignmentClaim } from './alignment.js';
import type { Claim } from './claim.js';
import { denseNetClaim } from './densenet.js';
import { directionalConvergence } from './directional-convergence.js';
import { hAlexNetClaim } from './h-alexnet.js';
import { lossScaledSteps } from './loss-scaled-steps.js';
import { marginMaximization } from './margin-maximization.js';
import { reluAlignment } from './relu-alignment.js';
import { resNetClaim } from './resnet.js';

export * from './alignment.js';
export * from './certified.js';
export * from './claim.js';
export * from './densenet.js';
export * from './directional-convergence.js';
export * from './h-alexnet.js';
export * from './loss-scaled-steps.js';
export * from './margin-maximization.js';
export * from './relu-alignment.js';
export * from './resnet.js';
export * from './rules.js';
export * from './unsettled.js';
export * from './verdict-file.js';

/** Every claim, in the order of the notebooks. */
export const claims = [
  directionalConvergence,
  alignmentClaim,
  marginMaximization,
  reluAlignment,
  hAlexNetClaim,
  denseNetClaim,
  resNetClaim,
  lossScaledSteps,
] as Claim[];
