import { inExponentialTail } from '../../losses/tail.js';
import { norm } from '../../numerics/vectors.js';
import { entryThreshold, pairsFromHere } from './active-pairs.js';
import { amplifiedError, cancellation, LARGEST_LAMBDA_ERROR } from './dual-error.js';
import type { DualStage } from './dual-stage.js';
import type { DualState } from './dual-state.js';
import { requireTailAt } from './tail-check.js';

/** A pair that comes in this far above its threshold has been missed: the step was too long. */
const MISSED = 4;

/** How far q·λ is in doubt, in tolerances: seen at loose ones, where pairs have left within a step. */
const DOUBT = 1e3;

/** What a stage would be as the next point. */
export interface StepEnd {
  readonly alpha: number;
  readonly logNorm: number;
  /** Of unit norm. */
  readonly direction: Float64Array;
  /** Unscaled margins of every pair. */
  readonly margins: Float64Array;
}

/**
 * The stage as a point: its direction made a unit vector, and α from the margins or, late in a run, from
 * the dual variables.
 */
export function stepEndAt(state: DualState, stage: DualStage): StepEnd {
  const { objective, degree, pairs, stepper } = state;
  const length = norm(stage.direction);
  const direction = stage.direction.map((value) => value / length);
  const logNorm = state.logNorm + stage.logNormChange;
  const beta = Math.exp(degree * logNorm);
  const { law } = stepper.step;
  if (!state.fromDuals) {
    const { alpha, margins } = objective.dual(direction, beta);
    return { alpha, logNorm, direction, margins: margins.slice() };
  }
  const margins = objective.margins(direction).slice();
  if (law.common === 0) {
    const scaled = stage.lambda.map((value) => stepper.step.alpha - value);
    const alpha = objective.loss.dual(scaled, objective.pairs, stage.q);
    return { alpha, logNorm, direction, margins };
  }
  // α = Σ q (σ + log q): exact for q = softmax(−σ), and blind to errors of the single margins.
  law.weights(stage.lambda, stage.q);
  let alpha = 0;
  for (let r = 0; r < pairs.length; r++) {
    const q = stage.q[r];
    if (q > 0) alpha += q * (beta * margins[pairs[r]] + Math.log(q));
  }
  return { alpha, logNorm, direction, margins };
}

/** True where a pair outside the active ones would have come in unnoticed. */
export function missesPairs(state: DualState, stepEnd: StepEnd): boolean {
  const { pairs, degree, tolerance, stepper } = state;
  if (stepper.step.law.common === 0) return false;
  const beta = Math.exp(degree * stepEnd.logNorm);
  const limit = entryThreshold(tolerance) + MISSED;
  let next = 0;
  for (let i = 0; i < stepEnd.margins.length; i++) {
    if (pairs[next] === i) next++;
    else if (stepEnd.alpha - beta * stepEnd.margins[i] > limit) return true;
  }
  return false;
}

/**
 * Takes the end of a step as the new state, with the pairs that matter there. True where they differ from
 * those before, so that the stepper has to be rebuilt.
 */
export function moveState(state: DualState, stepEnd: StepEnd, lambdaEnd: Float64Array): boolean {
  const { objective, degree, tolerance, stepper, pairs: before } = state;
  const { alpha, logNorm, margins } = stepEnd;
  const beta = Math.exp(degree * logNorm);
  const known = new Map<number, number>();
  const { law } = stepper.step;
  if (law.common === 0 && inExponentialTail(objective.loss, alpha))
    requireTailAt(objective, beta, margins);
  const error = amplifiedError(stepper);
  const amplified = error * cancellation(stepper);
  state.fromDuals = amplified > LARGEST_LAMBDA_ERROR;
  state.leads = law.common === 1 && error > LARGEST_LAMBDA_ERROR;
  if (state.fromDuals) {
    const q = new Float64Array(lambdaEnd.length);
    law.weights(lambdaEnd, q);
    const largest = q.indexOf(q.reduce((most, value) => Math.max(most, value), 0));
    const shift =
      law.common === 1 ? Math.log(q[largest]) - lambdaEnd[largest] : alpha - stepper.step.alpha;
    // λ is controlled only as far as its q matters. Where the margin's own error would matter less,
    // the margin tells: w would otherwise follow a λ that may be wrong by much.
    const doubt = Math.min(LARGEST_LAMBDA_ERROR, DOUBT * tolerance);
    const matters = doubt / Math.expm1(amplified);
    before.forEach((pair, r) =>
      known.set(pair, q[r] > matters ? lambdaEnd[r] + shift : alpha - beta * margins[pair]),
    );
  }
  const lambdaOf = (i: number) => known.get(i) ?? alpha - beta * margins[i];
  const pairs = pairsFromHere(
    before,
    tolerance,
    margins.length,
    lambdaOf,
    inExponentialTail(objective.loss, alpha),
  );
  state.alpha = alpha;
  state.logNorm = logNorm;
  state.pairs = pairs;
  state.lambda = Float64Array.from(pairs, lambdaOf);
  return pairs !== before;
}
