import {
  predictionSurfacesPlan,
  type PredictionSurfacesRecord,
} from '../../src/claims/prediction-surfaces/plan.js';
import { runExperiment } from '../../src/experiments/index.js';
import type { SurfaceCourseExperiment } from '../../src/specs/experiments/surface-course.js';

/** The experiments of `prediction-surfaces` at smoke scale, the courses a decade shorter. */
export async function shortSurfaces(): Promise<PredictionSurfacesRecord> {
  const { courses, lazy } = predictionSurfacesPlan({ scale: 'smoke', seed: 1 });
  const all = async (specs: readonly SurfaceCourseExperiment[], fewer: number) => {
    const records = [];
    for (const spec of specs) {
      records.push(await runExperiment({ ...spec, decades: spec.decades - fewer }));
    }
    return records;
  };
  return { courses: await all(courses, 1), lazy: await all(lazy, 0) };
}
