import type { BenchEntry } from './entry.js';
import { convolutionSteps } from './convolution-steps.js';
import { gradients } from './gradients.js';
import { kernels } from './kernels.js';
import { lateFlowLarge } from './late-flow-large.js';
import { lateFlowFar } from './late-flow-far.js';
import { scale } from './scale.js';
import { workPrecision } from './work-precision.js';
import { reluFlow } from './relu-flow.js';
import { lateFlowSmall } from './late-flow-small.js';

/** Every comparison, in the order in which they run and are listed; a new one is added here. */
export const entries: readonly BenchEntry[] = [
  gradients,
  convolutionSteps,
  lateFlowSmall,
  lateFlowFar,
  lateFlowLarge,
  reluFlow,
  scale,
  workPrecision,
  kernels,
];
