import type { SaliencyRecord } from '../../records/index.js';
import { digits, listed } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { DECADES_JUDGED, SHRINKAGE } from '../common/flow-plans.js';
import { lastOf } from '../common/last.js';
import { atMost, provided, reported, shrinks } from '../common/rules.js';
import { settling, unsettled, type Course } from '../common/unsettled.js';
import { saliencyFigures } from './figures.js';
import { meanMapAngles, meanOf } from './mean-angles.js';
import { MAX_MARGIN, NOT_MAX_MARGIN, saliencyPlan, SETTLED, UNSETTLED } from './plan.js';

/** A consequence that the paper names. */
export const saliencyClaim = defineClaim({
  id: 'saliency',
  title: 'Saliency maps converge',
  statement:
    'With the weights converge the saliency maps of networks whose gradients have no jumps: the direction of ∇ₓΦ(x; θ), ' +
    'the gradient of the score by an image, goes to a limit, while the gradient itself grows. In a linear network, of however many ' +
    'layers, all images have one map, and it goes to the weights of the maximum margin.',
  source:
    'Ji & Telgarsky 2020 (arXiv 2006.06657), which names converging saliency maps as a consequence; Ji & Telgarsky 2018 ' +
    '(arXiv 1810.02032) for linear networks',
  expected: 'supported',
  criterion:
    `The mean angle between the maps of held-out images and those at the certified limit has to shrink by a factor ≤ ` +
    `${SHRINKAGE} per decade over the last ${DECADES_JUDGED} decades of α, as the weights do; one that shrinks in none of them ` +
    `contradicts. At the end every single map has to lie within ${SETTLED} rad of its limit, and that of ` +
    `the linear network within ${MAX_MARGIN} rad of the maximum-margin weights, computed without the network. ` +
    'ReLU is reported: its maps jump where an image crosses a kink, and the paper asks for gradients without jumps. A run whose ' +
    'limit is not certified, or that rests near a KKT point that is not stable, is left open.',
  headline: {
    metric: 'mean angle of the maps to their limits, ',
    words: 'a decade leaves # of the angle',
  },
  plan: saliencyPlan,
  judge({ inside, beyond }) {
    return [
      ...inside.flatMap(mapsEvidence),
      ...inside.flatMap(maxMarginEvidence),
      ...inside.flatMap(reportedEvidence),
      reported(
        `mean angle of the maps to their limits at the end, ${beyond.problem.name}`,
        lastOf(meanMapAngles(beyond)),
        `radians; the largest is ${digits(largestAtEnd(beyond))}. Beyond the theorem: reported, not judged`,
      ),
    ];
  },
  figures: saliencyFigures,
});

function mapsEvidence(run: SaliencyRecord): Evidence[] {
  const { certificate, problem, weightAngles } = run;
  const angles = meanMapAngles(run).slice(-1 - DECADES_JUDGED);
  const found = unsettled(courseOf(run), DECADES_JUDGED, SHRINKAGE);
  const certain = certificate.doubts.length === 0;
  return [
    shrinks(
      `mean angle of the maps to their limits, ${problem.name}`,
      angles,
      SHRINKAGE,
      `angles ${listed(angles)} rad, the weights' own ${listed([...weightAngles].slice(-1 - DECADES_JUDGED))} rad; λ predicts a factor of ${digits(certificate.predictedRatio)} for each`,
    ),
    atMost(
      `largest angle of a map to its limit at the end, ${problem.name}`,
      largestAtEnd(run),
      SETTLED,
      UNSETTLED,
      `radians, over ${run.inputs} held-out images, at α = ${digits(lastOf(run.alphas))}`,
    ),
  ].map((evidence) => provided(certain, settling(found, evidence)));
}

/** Only of networks that are linear in their inputs. */
function maxMarginEvidence(run: SaliencyRecord): Evidence[] {
  const { maxMarginAngles, problem, certificate } = run;
  if (maxMarginAngles === undefined) return [];
  return [
    provided(
      certificate.doubts.length === 0,
      atMost(
        `angle of the map to the maximum-margin weights at the end, ${problem.name}`,
        lastOf(maxMarginAngles),
        MAX_MARGIN,
        NOT_MAX_MARGIN,
        `radians; a decade of α apart before: ${listed([...maxMarginAngles].slice(-1 - DECADES_JUDGED))}`,
      ),
    ),
  ];
}

function reportedEvidence(run: SaliencyRecord): Evidence[] {
  const { separationAngles, logSizes, problem, alphas } = run;
  return [
    reported(
      `mean angle of the maps to their limits when all images are fitted, ${problem.name}`,
      separationAngles ? meanOf(separationAngles) : NaN,
      'radians: so far the maps still turn after the network has classified every training image',
    ),
    reported(
      `log₁₀ of the growth of the gradients, ${problem.name}`,
      (lastOf(logSizes) - logSizes[0]) / Math.LN10,
      `from α = ${digits(alphas[0])} to ${digits(lastOf(alphas))}: like α itself; only the direction converges`,
    ),
  ];
}

function courseOf({ certificate, visits, alphas, lambdas }: SaliencyRecord): Course {
  return { certificate, visits, alphas, lambdas };
}

function largestAtEnd({ angles, inputs }: SaliencyRecord): number {
  return angles.slice(-inputs).reduce((most, angle) => Math.max(most, angle), -Infinity);
}
