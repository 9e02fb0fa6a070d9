import { predictionSurfaces, type Figure } from '../../charts/index.js';
import type { SurfaceCourseRecord } from '../../records/index.js';
import { lastOf } from '../common/last.js';
import type { PredictionSurfacesRecord } from '../prediction-surfaces/plan.js';

/** Figure 1: one network on circles, and the same on XOR, each as three surfaces in a row. */
export function surfaceComposites({ courses }: PredictionSurfacesRecord): Figure[] {
  const fitted = courses.filter(({ finished, fitsOnTheWay }) => finished && fitsOnTheWay);
  return [
    { name: 'figure-1', problem: 'circles' },
    { name: 'figure-1-xor', problem: 'xor' },
  ].flatMap(({ name, problem }) => {
    const runs = fitted.filter((run) => run.problem.name === problem);
    return runs.length === 0 ? [] : [threeSurfaces(name, lastOf(runs))];
  });
}

/** Frozen activations, the first perfect classification, and long after, in one scale of colours. */
function threeSurfaces(name: string, run: SurfaceCourseRecord): Figure {
  const { moments, frame } = run.surfaces;
  const [kernel, first] = moments;
  const end = lastOf(moments);
  return predictionSurfaces(
    {
      name,
      title: 'Prediction surfaces of one network: frozen, fitted, and long after',
      caption:
        `After Figure 1 of Ji and Telgarsky (2020), with a network of ${run.width} squared-ReLU units on ` +
        `${run.problem.data.labels.length} points. (a) With frozen activations: the maximum-margin predictor of the tangent kernel at the start. ` +
        `(b) The network when it first classifies every point. (c) The same at ${end.title}. One scale of colours: ` +
        'scores divided by their root mean square. The line is where the class changes, dashed where scores are ± the smallest margin.',
    },
    run.problem.data,
    {
      frame,
      moments: [
        { ...kernel, title: '(a) frozen activations' },
        { ...first, title: '(b) first fit' },
        { ...end, title: `(c) long after, ${end.title}` },
      ],
    },
    'score / r.m.s.',
  );
}
