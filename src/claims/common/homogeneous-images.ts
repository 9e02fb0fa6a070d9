import type { ImageTrainingRecord } from '../../records/index.js';
import { digits, listed } from '../../text/numbers.js';
import type { Evidence, Headline } from '../claim.js';
import { FALL, GROUP, SHARE_OF_DEGREE } from './image-plan.js';
import { lastCheckpoint, leastRise, smallestRises } from './image-rules.js';
import { DECADES, neverAgainst, shrinks } from './rules.js';

/** Words for what is asked of a homogeneous network on images. */
export const homogeneousCriterion =
  'The theorems on homogeneous networks cover this one, so what they say is asked. From one doubling of α to the ' +
  `next the smoothed margin α/‖θ‖^L may not fall (to ${FALL} of what it was contradicts), nor the smallest ` +
  'normalized margin (which leaves the claim open). The direction has a limit, so the length of its path per doubling of α has to ' +
  `shrink: from each ${GROUP} doublings to the next, over the last ${DECADES * GROUP}, like ` +
  `α^(−${SHARE_OF_DEGREE}/L) or faster, where α^(−(1−λ)/L) is what a limit asks. Lengths that do not shrink yet ` +
  'leave the claim open: nothing at finite α contradicts a limit at infinity.';

/** The number of this claim that a table has room for. */
export const homogeneousHeadline: Headline = {
  metric: 'least rise of the smallest margin',
  words: 'margins grow #-fold or more per doubling of α',
};

/** What the theorems say of a homogeneous network. */
export function homogeneousRules(run: ImageTrainingRecord): Evidence[] {
  return [smoothedRises(run), smallestRises(run), lengthsShrink(run)];
}

function degreeOf(run: ImageTrainingRecord): number {
  const { nearHomogeneity, degrees } = lastCheckpoint(run);
  return nearHomogeneity.degree ?? degrees[1];
}

function smoothedRises(run: ImageTrainingRecord): Evidence {
  const degree = degreeOf(run);
  const logs = run.checkpoints.map(({ row }) => Math.log(row.alpha) - degree * row.logNorm);
  return leastRise(
    `least rise of the smoothed margin per doubling of α, ${run.name}`,
    logs,
    `α/‖θ‖^L, L = ${digits(degree)}, from ${digits(Math.exp(logs[0]))} to ${digits(Math.exp(logs[logs.length - 1]))}; along the flow it never falls`,
  );
}

/** The way of the direction per doubling of α, three doublings together. */
function lengthsShrink(run: ImageTrainingRecord): Evidence {
  const { name, sampledLengths } = run;
  const degree = degreeOf(run);
  const late = sampledLengths.slice(-DECADES * GROUP);
  const groups = Array.from({ length: DECADES }, (_, k) => late.slice(k * GROUP, (k + 1) * GROUP));
  const lengths =
    late.length < DECADES * GROUP
      ? []
      : groups.map((group) => {
          const length = group.reduce((sum, part) => sum + part.length, 0);
          return length / Math.log2(group[GROUP - 1].to / group[0].from);
        });
  const most = Number((2 ** ((-GROUP * SHARE_OF_DEGREE) / degree)).toFixed(3));
  const found = shrinks(
    `length of the path per doubling of α, ${name}`,
    lengths,
    most,
    `lengths ${listed(lengths)} rad per doubling, three doublings together, up to α = ${digits(lastCheckpoint(run).row.alpha)}; with λ = 0 a limit at this degree would ask for a factor of ${digits(2 ** (-GROUP / degree))}`,
    'three doublings',
  );
  const note = found.verdict === 'supported' ? found.note : `not yet: ${found.note}`;
  return neverAgainst({ ...found, note });
}
