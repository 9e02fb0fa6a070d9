import type {
  AlignmentRecord,
  ClaimResult,
  DirectionalConvergenceRecord,
  LossScaledStepsRecord,
  MarginMaximizationRecord,
  ReluAlignmentRecord,
} from '../claims/index.js';
import type { ImageRun } from '../experiments/index.js';
import { alignmentFigures } from './alignment-figures.js';
import { convergenceFigures } from './convergence-figures.js';
import type { Figure } from './figure.js';
import { imageFigures } from './image-figures.js';
import { lossScaledFigures } from './loss-scaled-figures.js';
import { maximizationFigures } from './maximization-figures.js';
import { reluAlignmentFigures } from './relu-alignment-figures.js';

/** What draws the record of a claim, by the claim's id. */
const DRAWN = {
  'directional-convergence': (record: DirectionalConvergenceRecord) => convergenceFigures(record),
  alignment: (record: AlignmentRecord) => alignmentFigures(record),
  'margin-maximization': (record: MarginMaximizationRecord) => maximizationFigures(record),
  'relu-alignment': (record: ReluAlignmentRecord) => reluAlignmentFigures(record),
  'h-alexnet': (record: ImageRun) => imageFigures(record),
  densenet: (record: ImageRun) => imageFigures(record),
  resnet: (record: ImageRun) => imageFigures(record),
  'loss-scaled-steps': (record: LossScaledStepsRecord) => lossScaledFigures(record),
} as const;

/** The figures of a claim's result; none for a claim that has no figures, or a run without a record. */
export function claimFigures({ claim, record }: ClaimResult): Figure[] {
  if (record === undefined || !Object.hasOwn(DRAWN, claim.id)) return [];
  return DRAWN[claim.id as keyof typeof DRAWN](record as never);
}
