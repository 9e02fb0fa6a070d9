import { dot, maxAbs } from '../numerics/vectors.js';
import { dualTimes } from './dual-curvature.js';
import type { Loss } from './loss.js';

/** Margins are brought to this size, where differences see the loss well … */
const SIZE = 3;
/** … and from here on they see nothing. */
const LARGE = 1e6;
/** Step of the differences, and the share of error that they may have. */
const STEP = 1e-4;
const AGREEMENT = 1e-4;

/**
 * Throws a sentence where a loss is not what it says it is, at the margins that a run begins with: α and q
 * are finite and q is not negative, q and the second derivatives are those of α, and the three functions
 * of α belong to one loss. Runs rest on all of that, and would go somewhere else without a word. Margins
 * that are not finite are passed over: what runs say of those is their own.
 */
export function requireLoss(loss: Loss, margins: Float64Array, pairs: number): void {
  if (!margins.every(Number.isFinite)) return;
  const fail = (what: string): never => {
    throw new Error(`The loss '${loss.name}' ${what}.`);
  };
  requireDuals(loss, margins, pairs, fail);
  const near = nearMargins(loss, margins, pairs);
  if (near === undefined) return;
  requireDerivatives(loss, near, pairs, fail);
  requireFunctions(loss, dualsOf(loss, near, pairs).alpha, fail);
}

/** The margins, made smaller where they are large and the loss has an α for that; undefined where both fail. */
function nearMargins(loss: Loss, margins: Float64Array, pairs: number): Float64Array | undefined {
  const largest = maxAbs(margins);
  const shrink = Math.min(1, SIZE / largest);
  const near = margins.map((margin) => shrink * margin);
  if (Number.isFinite(dualsOf(loss, near, pairs).alpha)) return near;
  return largest < LARGE ? margins : undefined;
}

interface Duals {
  readonly alpha: number;
  readonly q: Float64Array;
}

function dualsOf(loss: Loss, margins: Float64Array, pairs: number): Duals {
  const q = new Float64Array(margins.length);
  return { alpha: loss.dual(margins, pairs, q), q };
}

function requireDuals(
  loss: Loss,
  margins: Float64Array,
  pairs: number,
  fail: (what: string) => never,
): void {
  const { alpha, q } = dualsOf(loss, margins, pairs);
  if (!Number.isFinite(alpha)) {
    const least = margins.reduce((a, b) => Math.min(a, b));
    fail(`has α = ${alpha} where the smallest margin is ${least}; expected a finite number`);
  }
  const odd = q.findIndex((value) => !(value >= 0 && value < Infinity));
  if (odd >= 0) {
    fail(
      `has the dual variable ${q[odd]} at margin ${odd}, ${margins[odd]}; expected finite numbers of at least 0, as a decreasing loss has`,
    );
  }
}

/** q, and where the loss has them its second derivatives, against differences along two directions. */
function requireDerivatives(
  loss: Loss,
  margins: Float64Array,
  pairs: number,
  fail: (what: string) => never,
): void {
  const at = dualsOf(loss, margins, pairs);
  const directions = [margins.map(() => 1), margins.map((_, i) => Math.cos(i))];
  for (const along of directions) {
    const beside = [1, -1].map((sign) =>
      dualsOf(loss, margins.map((margin, i) => margin + sign * STEP * along[i]), pairs),
    ); // prettier-ignore
    const change = (beside[0].alpha - beside[1].alpha) / (2 * STEP);
    if (!agree(dot(at.q, along), change, 1)) {
      fail(
        `has dual variables by which α changes at the rate ${dot(at.q, along)}; its α changes at ${change}`,
      );
    }
    const { within, across } = loss;
    if (!within || !across) continue;
    const told = dualTimes(at, { within, across }, pairs, along);
    const size = maxAbs(at.q);
    told.forEach((value, i) => {
      const seen = (beside[0].q[i] - beside[1].q[i]) / (2 * STEP);
      if (agree(value, seen, size)) return;
      fail(
        `says by within and across that its dual variable of margin ${i} changes at the rate ${value}; it changes at ${seen}: leave both out where they do not compose its second derivative`,
      );
    });
  }
}

/** log 𝓛, log |ℓ′| and its decay are those of one function of α. */
function requireFunctions(loss: Loss, alpha: number, fail: (what: string) => never): void {
  const rate = (of: (at: number) => number) => (of(alpha + STEP) - of(alpha - STEP)) / (2 * STEP);
  const slope = Math.exp(loss.logSlope(alpha) - loss.logRisk(alpha));
  const fall = -rate(loss.logRisk);
  if (!agree(slope, fall, 1)) {
    fail(`has |ℓ′|/ℓ = ${slope} by logSlope at α = ${alpha}; its logRisk falls at ${fall}`);
  }
  const decay = -rate(loss.logSlope);
  if (!agree(loss.slopeDecay(alpha), decay, 1)) {
    fail(
      `has slopeDecay ${loss.slopeDecay(alpha)} at α = ${alpha}; its logSlope falls at ${decay}`,
    );
  }
}

function agree(told: number, seen: number, size: number): boolean {
  return Math.abs(told - seen) <= AGREEMENT * Math.max(size, Math.abs(seen));
}
