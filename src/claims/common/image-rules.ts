import { minimum, quantile } from '../../numerics/vectors.js';
import type { ImageCheckpoint, ImageTrainingRecord } from '../../records/index.js';
import { digits, listed } from '../../text/numbers.js';
import type { Evidence } from '../claim.js';
import { CONTROL, FALL, RISE } from './image-plan.js';
import { atLeast, atMost, neverAgainst, provided, reported } from './rules.js';

/** Words for what every image claim asks. */
export const imageCriterion =
  'Every training image has to be classified, or nothing was asked. Halving all steps may turn the direction by ' +
  `at most ${CONTROL} of the way that it has come since the fit. The gradient of a single point is reported: on ` +
  'the kinks of ReLU it points to and fro. So is the angle of the mean step, for it shrinks also where ‖θ‖ only ' +
  'grows faster than the direction turns.';

/** What every image claim asks of its run, with the rules of its kind of network. */
export function judgeImages(
  run: ImageTrainingRecord,
  rules: (run: ImageTrainingRecord) => readonly Evidence[],
): Evidence[] {
  const { name } = run;
  const { row } = lastCheckpoint(run);
  const fitted = row.trainingError === 0;
  return [
    atMost(
      `training error at the end, ${name}`,
      row.trainingError,
      0,
      Infinity,
      `α = ${digits(row.alpha)}; ${run.data.examples} images, ${run.network.parameters} parameters, ${run.engine}`,
    ),
    ...rules(run).map((evidence) => provided(fitted, evidence)),
    ...control(run),
  ];
}

/** The least factor by which a number grows from one doubling of α to the next; a fall of a twentieth contradicts. */
export function leastRise(metric: string, logs: readonly number[], note: string): Evidence {
  const rises = logs.slice(1).map((value, k) => Math.exp(value - logs[k]));
  return atLeast(metric, rises.length > 0 ? Math.min(...rises) : NaN, RISE, FALL, note);
}

/** The smallest margin divided by the declared normaliser. No theorem says that it never falls. */
export function smallestRises({ name, checkpoints }: ImageTrainingRecord): Evidence {
  const smallest = checkpoints.map(({ distributions }) => minimum(distributions[0].margins));
  const { normaliser } = checkpoints[0].distributions[0];
  return neverAgainst(
    leastRise(
      `least rise of the smallest margin ÷ ${normaliser} per doubling of α, ${name}`,
      smallest.map(Math.log),
      `from ${digits(smallest[0])} to ${digits(smallest[smallest.length - 1])}`,
    ),
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
  const end = lastCheckpoint(run);
  const fit = rows.findLast(({ phase }) => phase === 0) ?? rows[0];
  const layers = end.layers.filter(({ weights }) => weights);
  const lengths = sampledLengths.map(({ length }) => length);
  const { median, largest, degree = end.degrees[1] } = end.nearHomogeneity;
  const evidence = [
    reported(
      `cosine of the mean step over the last doubling of α, ${name}`,
      end.averagedAlignment,
      `with θ; over each doubling: ${listed(checkpoints.slice(1).map((at) => at.averagedAlignment))}`,
    ),
    reported(
      `cosine of the gradient at the last point, ${name}`,
      end.alignment,
      'a single gradient points to and fro across kinks',
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
      `quartiles ${digits(end.degrees[0])} and ${digits(end.degrees[2])}; |⟨∇f, θ⟩ − M f|/|f| with M = ${digits(degree)}: ${digits(median)} in the median, ${digits(largest)} at most`,
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

/** The network at the end of its run. */
export function lastCheckpoint({ checkpoints }: ImageTrainingRecord): ImageCheckpoint {
  return checkpoints[checkpoints.length - 1];
}
