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

/** The figures of a claim's result, by the claim's id; none for a claim that has no figures. */
export function claimFigures({ claim, record }: ClaimResult): Figure[] {
  if (record === undefined) return [];
  switch (claim.id) {
    case 'directional-convergence':
      return convergenceFigures(record as DirectionalConvergenceRecord);
    case 'alignment':
      return alignmentFigures(record as AlignmentRecord);
    case 'margin-maximization':
      return maximizationFigures(record as MarginMaximizationRecord);
    case 'relu-alignment':
      return reluAlignmentFigures(record as ReluAlignmentRecord);
    case 'h-alexnet':
    case 'densenet':
    case 'resnet':
      return imageFigures(record as ImageRun);
    case 'loss-scaled-steps':
      return lossScaledFigures(record as LossScaledStepsRecord);
    default:
      return [];
  }
}
