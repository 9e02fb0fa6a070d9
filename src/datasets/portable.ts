/** What runs anywhere: generators, and readers of texts and bytes that are there already. */
export {
  firstOfEachClass,
  labelOfClass,
  labelValues,
  makeDataset,
  subset,
  type Dataset,
  type DatasetParts,
  type PixelShape,
} from './dataset.js';
export {
  appendConstant,
  applyCenterAndScale,
  centerAndScale,
  selectClasses,
  type CenteredAndScaled,
} from './transforms.js';
export { liftFromSpan, projectIntoSpan, rotateIntoSpan, type SpanRotation } from './span.js';
export type { Randomness } from './generation.js';
export {
  circles,
  xorBlobs,
  type CirclesOptions,
  type PlanarOptions,
  type XorOptions,
} from './planar.js';
export {
  teacherProblem,
  teacherValue,
  type Teacher,
  type TeacherOptions,
  type TeacherProblem,
} from './teacher.js';
export { suboptimalLimit, symmetricPair, twoPoints, type KnownSolution } from './closed-form.js';
export {
  separableGaussian,
  type SeparableGaussian,
  type SeparableGaussianOptions,
} from './separable-gaussian.js';
export { readIdx, type IdxArray } from './idx.js';
export { datasetFromCsv, type CsvDataset, type CsvOptions } from './csv.js';
export { readNpy, writeNpy, type ArrayType, type NumericArray } from './npy.js';
export { arraysIn, npzOf } from './npz.js';
