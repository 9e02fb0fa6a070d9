import { minimizeQuadraticInBox } from '../../numerics/box-constrained-qp.js';
import type { Violation } from './boundary.js';
import { slopeIndexOf, type KinkModes, type SlidingKink } from './kink-modes.js';

/** What decides at a boundary: the jump's strength `c` (see `kinkStrength`), and the slope in use. */
export interface AtKinks {
  strength(kink: SlidingKink): number;
  /** Where it slides: its slope as a fraction of the jump. */
  fraction(kink: SlidingKink): number;
}

/**
 * What the met boundaries ask for, decided where the flow lies on them: slopes are flipped where it
 * crosses, or leaves a kink it was sliding on; the kinks it can stay on become candidates.
 */
export function takeBoundaries(modes: KinkModes, met: readonly Violation[], at: AtKinks): void {
  const candidates = modes.sliding.filter(
    (kink) => !met.some((boundary) => boundary.slide >= 0 && sameKink(boundary, kink)),
  );
  for (const boundary of met) {
    const { example, unit, slide } = boundary;
    const key = slopeIndexOf(modes, boundary);
    if (slide >= 0) {
      modes.slopes[key] = at.fraction(boundary) >= 0.5 ? modes.high : modes.low;
    } else if (at.strength(boundary) < 0) {
      candidates.push({ example, unit });
      modes.slopes[key] = modes.low;
    } else {
      flip(modes, boundary);
    }
  }
  // The same array where they are the same as before.
  const before = modes.sliding;
  const same =
    candidates.length === before.length && candidates.every((kink, k) => kink === before[k]);
  if (!same) modes.sliding = candidates;
}

/** Of the candidates with the given weights and strengths, those whose slope lies inside the jump. */
export function keepInside(
  modes: KinkModes,
  candidates: readonly SlidingKink[],
  weights: Float64Array,
  strengths: readonly number[],
): SlidingKink[] {
  return candidates.filter((kink, k) => {
    const fraction = weights[k] / strengths[k];
    if (fraction > 1e-9 && fraction < 1 - 1e-9) return true;
    modes.slopes[slopeIndexOf(modes, kink)] = fraction >= 0.5 ? modes.high : modes.low;
    return false;
  });
}

/** The weights of least norm of v, for the products ∇z·v without them and the Gram matrix of the ∇z. */
export function weightsInside(
  gram: Float64Array,
  products: Float64Array,
  strengths: readonly number[],
): Float64Array {
  const lower = Float64Array.from(strengths, (strength) => Math.min(0, strength));
  const upper = Float64Array.from(strengths, (strength) => Math.max(0, strength));
  return minimizeQuadraticInBox(gram, products, lower, upper);
}

/** Goes over to the other side of a kink. */
export function flip(modes: KinkModes, kink: SlidingKink): void {
  const key = slopeIndexOf(modes, kink);
  modes.slopes[key] = modes.slopes[key] === modes.high ? modes.low : modes.high;
}

/** True for the same example at the same unit. */
export function sameKink(a: SlidingKink, b: SlidingKink): boolean {
  return a.example === b.example && a.unit === b.unit;
}

/** Opens an interval for every kink that begins to slide, and closes those of the ones that stopped. */
export function recordSliding(
  modes: KinkModes,
  before: readonly SlidingKink[],
  alpha: number,
): void {
  for (const kink of modes.sliding) {
    if (!before.some((other) => sameKink(kink, other))) {
      modes.intervals.push({ ...kink, fromAlpha: alpha, toAlpha: undefined });
    }
  }
  for (const kink of before) {
    if (modes.sliding.some((other) => sameKink(kink, other))) continue;
    const open = modes.intervals.find(
      (segment) => sameKink(segment, kink) && segment.toAlpha === undefined,
    );
    if (open) open.toAlpha = alpha;
  }
}
