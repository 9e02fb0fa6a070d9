import { defineClaim } from '../claim.js';
import { imageFigures } from '../common/image-figures.js';
import { imageTrainingPlan } from '../common/image-plan.js';
import { imageCriterion, imageHeadline, judgeImages, reportImages } from '../common/image-rules.js';

/** Figure 3. */
export const resNetClaim = defineClaim({
  id: 'resnet',
  title: 'Margins and alignment of a ResNet on images, which is not homogeneous',
  statement:
    'Batch norm, biases and shortcuts leave a ResNet without a degree of homogeneity, so that the theorems of ' +
    '2020 do not cover it. Trained on images far beyond 100 % training accuracy, its margins divided by the ' +
    'norms from its last batch norm on keep growing and its mean step turns towards θ all the ' +
    'same.',
  source: 'Ji & Telgarsky 2020 (arXiv 2006.06657), experiments on ResNet; beyond the theorems',
  expected: 'supported',
  criterion: `${imageCriterion} Margins are divided by the norms from the last batch norm on.`,
  headline: imageHeadline,
  plan: (settings) => ({ training: imageTrainingPlan('resnet', settings) }),
  judge: ({ training }) => [...judgeImages(training), ...reportImages(training)],
  figures: ({ training }) => imageFigures(training),
});
