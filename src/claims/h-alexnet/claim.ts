import { defineClaim } from '../claim.js';
import { imageFigures } from '../common/image-figures.js';
import { imageTrainingPlan } from '../common/image-plan.js';
import {
  homogeneousCriterion,
  homogeneousHeadline,
  homogeneousRules,
} from '../common/homogeneous-images.js';
import { imageCriterion, judgeImages, reportImages } from '../common/image-rules.js';

/** Figure 2a. */
export const hAlexNetClaim = defineClaim({
  id: 'h-alexnet',
  title: 'Margins and alignment of a homogeneous AlexNet on images',
  statement:
    'An AlexNet without biases is homogeneous of degree 8. Trained on images far beyond 100 % training ' +
    'accuracy, its margins divided by ‖θ‖⁸ keep growing, and its direction comes to rest.',
  source: 'Ji & Telgarsky 2020 (arXiv 2006.06657), experiments on H-AlexNet',
  // At degree 8 lengths grow up to α = 10⁴, and then shrink by less than 1 % per doubling: see the criterion.
  expected: 'inconclusive',
  criterion:
    `${imageCriterion} ${homogeneousCriterion} At degree 8 that is what we expect: with λ = 0 a doubling of α would ` +
    'take 8 % off the lengths, and where the thresholds were chosen they grew up to α = 10⁴ and shrank by less than ' +
    '1 % per doubling up to 10⁵.',
  headline: homogeneousHeadline,
  plan: (settings) => ({ training: imageTrainingPlan('h-alexnet', settings) }),
  judge: ({ training }) => [...judgeImages(training, homogeneousRules), ...reportImages(training)],
  figures: ({ training }) => imageFigures(training),
});
