import { minimum, quantile } from '../../numerics/vectors.js';
import type { ImageCheckpoint, ImageTrainingRecord } from '../../records/index.js';
import { digits, listed } from '../../text/numbers.js';
import type { Evidence, Headline } from '../claim.js';
import { CONTROL, FALL, RISE, TURN } from './image-plan.js';
import { atLeast, atMost, neverAgainst, provided, reported, shrinks } from './rules.js';

/** Words for the thresholds, for a claim's criterion. */
export const imageCriterion =
  'Every training image has to be classified, or nothing was asked. From one doubling of α to the next the ' +
  `smallest normalized margin may not fall (to ${FALL} of what it was contradicts), and the angle between θ ` +
  `and the mean step has to shrink by a factor ≤ ${TURN} (an angle that shrinks over no doubling ` +
  'contradicts). Halving all steps may turn the direction by at most ' +
  `${CONTROL} of the way that it has come since the fit. The gradient of a single point is reported: on the ` +
  'kinks of ReLU it points to and fro. That angles and lengths reach their limits is not asked of a ' +
  'run that ends at finite α: they are reported.';

/** The number of an image claim that a table has room for. */
export const imageHeadline: Headline = {
  metric: 'least rise of the smallest margin',
  words: 'margins grow #-fold or more per doubling of α',
};

/** What every image claim asks of its run; margins are divided by the first normaliser. */
export function judgeImages(run: ImageTrainingRecord): Evidence[] {
  const { name, checkpoints } = run;
  const fitted = last(run).row.trainingError === 0;
  return [
    atMost(
      `training error at the end, ${name}`,
      last(run).row.trainingError,
      0,
      Infinity,
      `α = ${digits(last(run).row.alpha)}; ${run.data.examples} images, ${run.network.parameters} parameters, ${run.engine}`,
    ),
    provided(fitted, marginsRise(run)),
    provided(
      fitted,
      shrinks(
        `angle between θ and the mean step, ${name}`,
        checkpoints.slice(1).map(({ averagedAlignment }) => Math.acos(averagedAlignment)),
        TURN,
        `cosines ${listed(checkpoints.slice(1).map((at) => at.averagedAlignment))}`,
        'doubling of α',
      ),
    ),
    ...control(run),
  ];
}

function marginsRise({ name, checkpoints }: ImageTrainingRecord): Evidence {
  const smallest = checkpoints.map(({ distributions }) => minimum(distributions[0].margins));
  const rises = smallest.slice(1).map((margin, k) => margin / smallest[k]);
  const { normaliser } = checkpoints[0].distributions[0];
  return atLeast(
    `least rise of the smallest margin ÷ ${normaliser} per doubling of α, ${name}`,
    rises.length > 0 ? Math.min(...rises) : NaN,
    RISE,
    FALL,
    `from ${digits(smallest[0])} to ${digits(smallest[smallest.length - 1])}`,
  );
}

/** Not judged where it was not run; a control that fails says nothing about the flow. */
function control({ name, halved }: ImageTrainingRecord): Evidence[] {
  if (halved === undefined) return [];
  return [
    neverAgainst(
      atMost(
        `turn of the direction when steps are halved ÷ way since the fit, ${name}`,
        halved.angle / halved.distance,
        CONTROL,
        Infinity,
        `${digits(halved.angle)} of ${digits(halved.distance)} rad, at α = ${digits(halved.alpha)}`,
      ),
    ),
  ];
}

/** What is shown of every run. */
export function reportImages(run: ImageTrainingRecord): Evidence[] {
  const { name, checkpoints, rows, sampledLengths, rawLengths, kkt } = run;
  const end = last(run);
  const fit = rows.findLast(({ phase }) => phase === 0) ?? rows[0];
  const layers = end.layers.filter(({ weights }) => weights);
  const lengths = sampledLengths.map(({ length }) => length);
  const evidence = [
    reported(
      `cosine of the gradient at the last point, ${name}`,
      end.alignment,
      `of the mean step over the last doubling ${digits(end.averagedAlignment)}; a single gradient points to and fro across kinks`,
    ),
    reported(
      `growth of ‖θ‖ since α ≥ 1, ${name}`,
      run.growth,
      `while α grew ${digits(end.row.alpha / checkpoints[0].row.alpha)}-fold; weights were never rescaled`,
    ),
    reported(
      `path length over the last doubling of α, ${name}`,
      lengths[lengths.length - 1],
      `rad; over each: ${listed(lengths)}; every step counted: ${listed(rawLengths.map(({ length }) => length))}`,
    ),
    reported(
      `effective degree, median over images, ${name}`,
      end.degrees[1],
      `quartiles ${digits(end.degrees[0])} and ${digits(end.degrees[2])}; |⟨∇f, θ⟩ − M f|/|f| with M this median: ${digits(end.nearHomogeneity.median)} in the median, ${digits(end.nearHomogeneity.largest)} at most`,
    ),
    reported(
      `spectral share of the layers, median, ${name}`,
      quantile(
        layers.map(({ spectralShare }) => spectralShare),
        0.5,
      ),
      `‖W‖₂/‖W‖_F; ${layers.map((layer) => `${layer.name} ${digits(layer.spectralShare)}`).join(', ')}`,
    ),
    reported(
      `test error at the end, ${name}`,
      end.row.testError,
      `at the fit ${digits(fit.testError)}, at α = ${digits(checkpoints[0].row.alpha)} ${digits(checkpoints[0].row.testError)}; ${run.test.examples} images`,
    ),
  ];
  if (kkt) {
    evidence.push(
      reported(
        `KKT residual at the end, ${name}`,
        kkt.stationarity,
        `‖θ − Σ λ ∇p‖/‖θ‖ with the best λ ≥ 0 on the ${kkt.active} smallest margins, whose cosine with θ is ${digits(Math.sqrt(Math.max(0, 1 - kkt.stationarity ** 2)))}`,
      ),
    );
  }
  return evidence;
}

function last({ checkpoints }: ImageTrainingRecord): ImageCheckpoint {
  return checkpoints[checkpoints.length - 1];
}
