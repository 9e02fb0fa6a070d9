import { softmaxInto } from '../numerics/logarithms.js';
import type { Loss } from './loss.js';

/** Dual variables of a loss in its tail are those of the exponential loss to this, and to the rounding of α. */
const AGREEMENT = 1e-9;
const ROUNDING = 1e-14;

/**
 * Whether α lies where the loss says that it is the exponential one to double precision; false for a loss
 * that does not say.
 */
export function inExponentialTail({ exponentialFrom }: Loss, alpha: number): boolean {
  return exponentialFrom !== undefined && alpha >= exponentialFrom;
}

/** Why a loss has no late flow and no limit here, as a clause; undefined where it has. */
export function tailRefusal({ name, exponentialFrom, within, across }: Loss): string | undefined {
  if (exponentialFrom === undefined) {
    return `the loss '${name}' does not say from which α on it is the exponential one (exponentialFrom)`;
  }
  if (within && across) return undefined;
  return `the loss '${name}' does not say its second derivatives (within and across)`;
}

/** Throws a sentence where limits are asked for of a loss that has none here. */
export function requireLimits(loss: Loss): void {
  const refusal = tailRefusal(loss);
  if (refusal !== undefined) throw new Error(`No limit is looked for: ${refusal}.`);
}

/**
 * Throws a sentence where a loss is not what it says it is at these scaled margins, `pairs` for each
 * example: α and the dual variables are to be those of the exponential loss to nine digits.
 */
export function requireTail(loss: Loss, margins: Float64Array, pairs: number): void {
  const own = new Float64Array(margins.length);
  const alpha = loss.dual(margins, pairs, own);
  const exponential = margins.map((margin) => -margin);
  const expected = -softmaxInto(exponential, exponential);
  const size = Math.max(1, Math.abs(expected));
  const agreement = AGREEMENT + ROUNDING * size;
  const off = own.findIndex((value, i) => !(Math.abs(value - exponential[i]) <= agreement));
  const isOff = !(Math.abs(alpha - expected) <= AGREEMENT * size);
  if (off < 0 && !isOff) return;
  const where = `The loss '${loss.name}' says that it is the exponential one from α = ${loss.exponentialFrom} on`;
  throw new Error(
    isOff
      ? `${where}; its α is ${alpha.toPrecision(10)} where that of the exponential loss is ${expected.toPrecision(10)}.`
      : `${where}; at α = ${alpha.toPrecision(6)} its dual variable of margin ${off} is ${own[off].toPrecision(6)} and that of the exponential loss ${exponential[off].toPrecision(6)}.`,
  );
}
