import type { Figure } from '../../charts/index.js';
import type { AnyRecord, ImageTrainingRecord, InPlaceOf } from '../../records/index.js';
import type { PredictionSurfacesRecord } from '../prediction-surfaces/plan.js';
import { marginsOfOne, marginsOfTwo } from './margins.js';
import { surfaceComposites } from './surfaces.js';

/** Figures laid out as those of a paper, from the records of one claim or of several. */
export interface PaperFigures {
  /** What the figures are called; a run may have fewer. */
  readonly names: readonly string[];
  /** The claims whose records they are drawn from. */
  readonly claims: readonly string[];
  /** Draws them from the records of each of these claims, in their order. */
  draw(records: readonly InPlaceOf<AnyRecord>[]): Figure[];
}

/** How wide a page of the paper is. */
export const PAPER_WIDTH = '5.5in';

const trainingOf = (records: InPlaceOf<AnyRecord>) => records.training as ImageTrainingRecord;

/** The figures of Ji and Telgarsky (2020), from records of this project's own experiments. */
export const paperFigures: readonly PaperFigures[] = [
  {
    names: ['figure-1', 'figure-1-xor'],
    claims: ['prediction-surfaces'],
    draw: ([records]) => surfaceComposites(records as unknown as PredictionSurfacesRecord),
  },
  {
    names: ['figure-2'],
    claims: ['h-alexnet', 'densenet'],
    draw: ([first, second]) => [marginsOfTwo(trainingOf(first), trainingOf(second))],
  },
  {
    names: ['figure-3'],
    claims: ['resnet'],
    draw: ([records]) => [marginsOfOne(trainingOf(records))],
  },
];
