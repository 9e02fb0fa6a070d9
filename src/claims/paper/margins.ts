import { composite, type Figure, type Panel } from '../../charts/index.js';
import type { ImageTrainingRecord } from '../../records/index.js';
import {
  alignmentPlot,
  distributionPanel,
  normaliserWords,
  titleOf,
} from '../common/image-figures.js';

const ALIGNMENT =
  'Right: the cosine between the weights and the gradient at a point, and between the weights and means of steps.';

/** Figure 2: margins through training beside alignment, for a homogeneous network and one with batch norm. */
export function marginsOfTwo(first: ImageTrainingRecord, second: ImageTrainingRecord): Figure {
  return composite(
    {
      name: 'figure-2',
      title: 'Margins and alignment through training: H-AlexNet and DenseNet',
      caption:
        'After Figure 2 of Ji and Telgarsky (2020). Left: cumulative distributions of the smallest margins of the training ' +
        `images through training, light to dark; ${normaliserOf(first)}, ${normaliserOf(second)}. ${ALIGNMENT}`,
    },
    [...row('a', first), ...row('b', second)],
  );
}

/** Figure 3: the same for one network with shortcuts. */
export function marginsOfOne(run: ImageTrainingRecord): Figure {
  return composite(
    {
      name: 'figure-3',
      title: 'Margins and alignment through training: ResNet',
      caption:
        'After Figure 3 of Ji and Telgarsky (2020). Left: cumulative distributions of the smallest margins of the training ' +
        `images through training, light to dark; ${normaliserOf(run)}. ${ALIGNMENT}`,
    },
    row('', run),
  );
}

function normaliserOf(run: ImageTrainingRecord): string {
  return `those of ${titleOf(run.name)} are divided by ${normaliserWords(run, 0)}`;
}

function row(letter: string, run: ImageTrainingRecord): Panel[] {
  const name = letter === '' ? titleOf(run.name) : `(${letter}) ${titleOf(run.name)}`;
  return [
    { ...distributionPanel(run, 0), title: `${name}: margins` },
    { ...alignmentPlot(run), title: `${name}: alignment` },
  ];
}
