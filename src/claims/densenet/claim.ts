import { defineClaim } from '../claim.js';
import { imageFigures } from '../common/image-figures.js';
import { imageTrainingPlan } from '../common/image-plan.js';
import {
  batchNormCriterion,
  batchNormHeadline,
  batchNormRules,
  reportBatchNorm,
} from '../common/batch-norm-images.js';
import { imageCriterion, judgeImages, reportImages } from '../common/image-rules.js';

/** Figure 2b. */
export const denseNetClaim = defineClaim({
  id: 'densenet',
  title: 'Margins and alignment of a DenseNet on images, which is not homogeneous',
  statement:
    'Batch norm, biases and joined channels leave a DenseNet without a degree of homogeneity, so that no theorem ' +
    'of 2020 on directions covers it. Trained on images far beyond 100 % training accuracy, its margins divided ' +
    'by the norm of its last layer keep growing, and the largest comes ever nearer to the smallest.',
  source:
    'Ji & Telgarsky 2020 (arXiv 2006.06657), experiments on DenseNet; Kunin et al. 2022 (arXiv 2210.03820) and ' +
    'Cao et al. 2023 (arXiv 2306.11680) for what is judged',
  expected: 'supported',
  criterion: `${imageCriterion} ${batchNormCriterion}`,
  headline: batchNormHeadline,
  plan: (settings) => ({ training: imageTrainingPlan('densenet', settings) }),
  judge: ({ training }) => [
    ...judgeImages(training, batchNormRules),
    ...reportBatchNorm(training),
    ...reportImages(training),
  ],
  figures: ({ training }) => imageFigures(training),
});
