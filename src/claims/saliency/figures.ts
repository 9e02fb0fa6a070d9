import {
  alphaAxis,
  lineChart,
  pictureGrid,
  type Figure,
  type GridPicture,
} from '../../charts/index.js';
import type { SaliencyRecord } from '../../records/index.js';
import { meanMapAngles } from './mean-angles.js';
import type { SaliencyClaimRecord } from './plan.js';

/** Saliency maps settling: as angles, and as pictures. */
export function saliencyFigures({ inside, beyond }: SaliencyClaimRecord): Figure[] {
  const [smooth] = inside;
  return [
    angleFigure([...inside, beyond]),
    ...pictureFigure(smooth, 'saliency-maps', 'Saliency maps of a squared-ReLU network'),
    ...pictureFigure(beyond, 'saliency-maps-relu', 'Saliency maps of a ReLU network'),
  ];
}

const NAMES: Readonly<Record<string, string>> = {
  'images squared-relu': 'squared ReLU',
  'images relu': 'ReLU (beyond the theorem)',
  'images three linear layers': 'three linear layers',
};

function angleFigure(runs: readonly SaliencyRecord[]): Figure {
  return lineChart(
    {
      name: 'saliency-angle',
      title: 'Angle of saliency maps to their limits',
      caption:
        'Mean over held-out images of the angle between the gradient of the score by the image and that gradient at ' +
        'the limit. The maps settle when the weights do, long after every training image is classified (α < 1).',
    },
    {
      x: alphaAxis,
      y: { title: 'mean angle (radians, log scale)', symbol: 'angle', scale: 'log' },
      series: runs.map((run, k) => ({
        name: NAMES[run.problem.name] ?? run.problem.name,
        x: run.alphas,
        y: meanMapAngles(run),
        points: true,
        color: k,
        dash: k,
      })),
    },
  );
}

/** None where inputs are no images. */
function pictureFigure({ pictures }: SaliencyRecord, name: string, title: string): Figure[] {
  if (pictures === undefined) return [];
  const { height, width, moments, images } = pictures;
  const cells = images.flatMap(({ name: row, pixels, maps }): GridPicture[] => [
    { row, column: 'image', values: pixels },
    ...maps.map((values, k) => ({ row, column: moments[k], values })),
  ]);
  const words = {
    name,
    title,
    caption:
      'Held-out images and the gradients of the score by them. Orange pixels raise the score (towards y = +1, ' +
      'ankle boots), blue and hatched ones lower it; each map is scaled by itself.',
  };
  return [
    pictureGrid(words, {
      height,
      width,
      rowTitle: 'image',
      columnTitle: 'moment',
      pictures: cells,
    }),
  ];
}
