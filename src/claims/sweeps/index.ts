import { convergenceStudy } from './convergence-study.js';
import { limitsStudy } from './limits-study.js';
import { ratesStudy } from './rates-study.js';
import { stepStudy } from './step-study.js';
import type { SweepStudy } from './study.js';

export {
  exceptionsByKind,
  judgeStudy,
  type StudyResult,
  type SweepException,
  type SweepStudy,
} from './study.js';
export { differentLimits, limitsByProblem, type LimitsOfProblem } from './limits-study.js';
export { linearSpread } from './step-study.js';
export { convergenceStudy, limitsStudy, ratesStudy, stepStudy };

/** What is asked of the sweeps of docs/sweeps, in the order of their notebooks. */
export const studies: readonly SweepStudy[] = [
  convergenceStudy,
  limitsStudy,
  ratesStudy,
  stepStudy,
];
