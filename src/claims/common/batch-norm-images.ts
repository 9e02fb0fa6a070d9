import { minimum } from '../../numerics/vectors.js';
import type { ImageCheckpoint, ImageTrainingRecord } from '../../records/index.js';
import { digits, listed } from '../../text/numbers.js';
import type { Evidence, Headline } from '../claim.js';
import { FALL, SPREAD } from './image-plan.js';
import { lastCheckpoint, leastRise, smallestRises } from './image-rules.js';
import { DECADES, neverAgainst, reported, shrinksOnAverage } from './rules.js';

/** The factor per doubling of α half way between growth by equal amounts, 1, and growth in proportion, 2: about √2. */
const MIDDLE = 1.41;

/** Words for what is asked of a network with batch norm. */
export const batchNormCriterion =
  'No theorem on homogeneous networks covers one with batch norm and biases. Two things that theory says of such ' +
  'networks are asked. First, the norm constraint is that of the last layer (Kunin et al. 2022, arXiv ' +
  '2210.03820): its weights and biases alone enter the scores linearly, whatever comes before, so that along the ' +
  'flow α divided by their norm never falls. ' +
  `From one doubling of α to the next it may not fall here (to ${FALL} of what it was contradicts). Second, ` +
  'margins become uniform (Cao et al. 2023, arXiv 2306.11680, for linear models with batch norm; for networks it ' +
  'is a question): the largest margin over the smallest, less 1, has to shrink by a factor ' +
  `≤ ${SPREAD} per doubling of α, in the mean over the last ${DECADES} (it hangs on two images, and jumps); where ` +
  'it shrinks over none, that contradicts. What would be wrong is growth in proportion, as along a fixed direction ' +
  'of weights: it doubles the standard deviation of the margins, undivided, with α, where growth by equal amounts, ' +
  `whose ratio goes to 1 like 1/α, leaves it as it is. It has to stay below the middle of the two, ${MIDDLE} per ` +
  'doubling, in the same mean, or the claim is left open. For linear models the theory says more: the ratio goes to 1 ' +
  'faster than any power of α, so that this deviation shrinks. Its factor tells whether a run is there yet: below 1 ' +
  'if it is. ' +
  'Margins divided by the norms from the last batch norm on, our choice, are reported.';

/** The number of these claims that a table has room for. */
export const batchNormHeadline: Headline = {
  metric: 'largest ÷ smallest margin at the end',
  words: 'the largest margin comes to # times the smallest',
};

/** What theory says of networks with batch norm. */
export function batchNormRules(run: ImageTrainingRecord): Evidence[] {
  return [lastLayerMarginRises(run), marginsBecomeUniform(run), marginsComeTogether(run)];
}

/** What is shown of them beside that. */
export function reportBatchNorm(run: ImageTrainingRecord): Evidence[] {
  const { name, checkpoints } = run;
  const end = lastCheckpoint(run);
  const { metric, value, note } = smallestRises(run);
  return [
    reported(`largest ÷ smallest margin at the end, ${name}`, spreadOf(end), '1 is uniform'),
    reported(metric, value, note),
    reported(
      `growth of the last layer’s norm, ${name}`,
      lastLayerNorm(end) / lastLayerNorm(checkpoints[0]),
      `while ‖θ‖ grew ${digits(run.growth, 4)}-fold: a flow leaves the weights before a batch norm as long as they are`,
    ),
  ];
}

function lastLayerMarginRises({ name, checkpoints }: ImageTrainingRecord): Evidence {
  const logs = checkpoints.map((at) => Math.log(at.row.alpha / lastLayerNorm(at)));
  return leastRise(
    `least rise of α ÷ norm of the last layer per doubling of α, ${name}`,
    logs,
    `weights and biases together; from ${digits(Math.exp(logs[0]))} to ${digits(Math.exp(logs[logs.length - 1]))}`,
  );
}

function marginsBecomeUniform({ name, checkpoints }: ImageTrainingRecord): Evidence {
  const spreads = checkpoints.map(spreadOf);
  const excess = spreads.slice(-1 - DECADES).map((spread) => spread - 1);
  return shrinksOnAverage(
    `largest ÷ smallest margin, less 1, ${name}`,
    excess.length > DECADES ? excess : [],
    SPREAD,
    `largest ÷ smallest at each doubling: ${listed(spreads)}`,
    'doubling of α',
  );
}

/** Of all images, so that it hangs on no two of them; growth by equal amounts leaves it as it is. */
function marginsComeTogether({ name, checkpoints }: ImageTrainingRecord): Evidence {
  const deviations = checkpoints.map(deviationOf);
  const late = deviations.slice(-1 - DECADES);
  return neverAgainst(
    shrinksOnAverage(
      `standard deviation of the margins, ${name}`,
      late.length > DECADES ? late : [],
      MIDDLE,
      `undivided; at each doubling: ${listed(deviations)}. Margins that grow by equal amounts have a factor of 1, in proportion to each other one of 2`,
      'doubling of α',
    ),
  );
}

/** Of the margins as they are: those that are kept are divided by a norm, which is the same for all. */
function deviationOf({ distributions, row }: ImageCheckpoint): number {
  const { margins } = distributions[0];
  const mean = margins.reduce((sum, margin) => sum + margin, 0) / margins.length;
  const squares = margins.reduce((sum, margin) => sum + (margin - mean) ** 2, 0);
  return (Math.sqrt(squares / margins.length) / minimum(margins)) * row.smallestMargin;
}

function spreadOf({ distributions }: ImageCheckpoint): number {
  const { margins } = distributions[0];
  return Math.max(...margins) / minimum(margins);
}

/** ‖(W, b)‖ of the last layer with weights. */
function lastLayerNorm({ layers, row }: ImageCheckpoint): number {
  const own = layers.slice(layers.findLastIndex(({ weights }) => weights));
  return Math.hypot(...own.map(({ share }) => share)) * Math.exp(row.logNorm);
}
