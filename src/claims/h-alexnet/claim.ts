import { defineClaim } from '../claim.js';
import { imageFigures } from '../common/image-figures.js';
import { imageTrainingPlan } from '../common/image-plan.js';
import { imageCriterion, imageHeadline, judgeImages, reportImages } from '../common/image-rules.js';

/** Figure 2a. */
export const hAlexNetClaim = defineClaim({
  id: 'h-alexnet',
  title: 'Margins and alignment of a homogeneous AlexNet on images',
  statement:
    'An AlexNet without biases is homogeneous of degree 8. Trained on images far beyond 100 % training ' +
    'accuracy, its margins divided by ‖θ‖⁸ keep growing and its mean step turns towards θ.',
  source: 'Ji & Telgarsky 2020 (arXiv 2006.06657), experiments on H-AlexNet',
  expected: 'supported',
  criterion: imageCriterion,
  headline: imageHeadline,
  plan: (settings) => ({ training: imageTrainingPlan('h-alexnet', settings) }),
  judge: ({ training }) => [...judgeImages(training), ...reportImages(training)],
  figures: ({ training }) => imageFigures(training),
});
