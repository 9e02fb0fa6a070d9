import { imageRun, type ImageRun } from '../experiments/index.js';
import type { Claim } from './claim.js';
import { imageCriterion, judgeImages, reportImages } from './image-rules.js';

/** Figure 2a. */
export const hAlexNetClaim: Claim<ImageRun> = {
  id: 'h-alexnet',
  title: 'Margins and alignment of a homogeneous AlexNet on images',
  statement:
    'An AlexNet without biases is homogeneous of degree 8. Trained on images far beyond 100 % training ' +
    'accuracy, its margins divided by ‖θ‖⁸ keep growing and its mean step turns towards θ.',
  source: 'Ji & Telgarsky 2020 (arXiv 2006.06657), experiments on H-AlexNet',
  expected: 'supported',
  criterion: imageCriterion,
  run: (settings) => imageRun('h-alexnet', settings),
  judge: (run) => [...judgeImages(run), ...reportImages(run)],
};
