import {
  alphaAxis,
  lineChart,
  lineChartPanels,
  predictionSurfaces,
  type Axis,
  type Figure,
} from '../../charts/index.js';
import type { SurfaceCourseRecord, SurfaceStage } from '../../records/index.js';
import type { PredictionSurfacesRecord } from './plan.js';

const WIDTH: Axis = { title: 'width (log scale)', symbol: 'width', scale: 'log' };
const ANGLE: Axis = { title: 'angle (radians)', symbol: 'angle', zero: true };
const TITLES: Readonly<Record<string, string>> = { circles: 'circles', xor: 'XOR' };

/** Figure 1 anew, at the largest width; the lazy control; and the angles at every width. */
export function predictionSurfacesFigures(record: PredictionSurfacesRecord): Figure[] {
  const { courses, lazy } = record;
  const fitted = courses.filter(({ finished, fitsOnTheWay }) => finished && fitsOnTheWay);
  const widest = ['circles', 'xor'].flatMap((name) =>
    fitted.filter(({ problem }) => problem.name === name).slice(-1),
  );
  return [
    ...widest.map((run) => surfaceFigure(run)),
    ...lazy.filter(({ finished }) => finished).map((run) => surfaceFigure(run)),
    ...(fitted.length > 0 ? [widthFigure(fitted)] : []),
    lazyFigure([...widest, ...lazy]),
  ];
}

function surfaceFigure(run: SurfaceCourseRecord): Figure {
  const { problem, width, opposed, surfaces } = run;
  const title = TITLES[problem.name] ?? problem.name;
  const words = opposed
    ? {
        name: `surfaces-lazy-${problem.name}`,
        title: `A lazy start on ${title}: the surface comes to the kernel’s, and leaves it`,
        caption:
          'The maximum-margin predictor of the tangent kernel at the start, then the network itself from a start so large that ' +
          'training hardly moves its weights. Scores are divided by their root mean square.',
      }
    : {
        name: `surfaces-${problem.name}`,
        title: `Frozen gradients, first fit, and long after (${title}, width ${width})`,
        caption:
          'The maximum-margin predictor of the network’s tangent kernel at its start, then the network itself. The line is where ' +
          'the class changes, dashed where scores are ± the smallest margin. Scores are divided by their root mean square.',
      };
  return predictionSurfaces(words, problem.data, surfaces, 'score / r.m.s.');
}

const MEASURES: readonly { name: string; of: (stages: readonly SurfaceStage[]) => number }[] = [
  { name: 'first fit to the end', of: ([first]) => first.toLast },
  { name: 'first fit to the kernel’s predictor', of: ([first]) => first.toKernel },
  { name: 'end to the kernel’s predictor', of: (stages) => stages[stages.length - 1].toKernel },
];

function widthFigure(fitted: readonly SurfaceCourseRecord[]): Figure {
  const names = [...new Set(fitted.map(({ problem }) => problem.name))];
  return lineChartPanels(
    {
      name: 'surface-widths',
      title: 'How far apart the surfaces are, by width',
      caption:
        'Angles between surfaces as functions over the plane. Width alone makes neither the first fit nor the end the predictor ' +
        'of the tangent kernel.',
    },
    names.map((name) => {
      const runs = fitted.filter(({ problem }) => problem.name === name);
      return {
        title: TITLES[name] ?? name,
        x: WIDTH,
        y: ANGLE,
        series: MEASURES.map((measure, k) => ({
          name: measure.name,
          x: runs.map(({ width }) => width),
          y: runs.map(({ stages }) => measure.of(stages)),
          color: k,
          dash: k,
          points: true,
        })),
      };
    }),
  );
}

function lazyFigure(runs: readonly SurfaceCourseRecord[]): Figure {
  return lineChart(
    {
      name: 'surface-lazy',
      title: 'Angle to the tangent kernel’s maximum-margin predictor',
      caption:
        'A lazy start comes near to it, like 1/α, for as long as its weights hardly move, and leaves it when they have moved at last. ' +
        'Networks from ordinary starts may pass it, and go elsewhere.',
    },
    {
      x: alphaAxis,
      y: { title: 'angle (radians, log scale)', symbol: 'angle', scale: 'log' },
      series: runs.map(({ problem, width, opposed, stages }, k) => ({
        name: `${TITLES[problem.name] ?? problem.name}, ${opposed ? 'lazy' : `width ${width}`}`,
        x: stages.map(({ alpha }) => alpha),
        y: stages.map(({ toKernel }) => toKernel),
        color: k,
        dash: k,
        points: true,
      })),
    },
  );
}
