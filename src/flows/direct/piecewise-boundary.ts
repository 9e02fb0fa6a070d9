import { bracketedRoot } from '../../numerics/roots.js';
import { FRACTION_ZERO, ON_BOUNDARY, type Meeting, type Violation } from '../kinks/boundary.js';
import { layerOf, slopeIndexOf } from '../kinks/kink-modes.js';
import type { DenseStepper } from './dormand-prince.js';
import type { PiecewiseSystem } from './piecewise-system.js';

/** What is looked at of the segment: the step was attempted from y, where f is `slope`. */
interface Attempted {
  readonly stepper: DenseStepper;
  readonly y: Float64Array;
  readonly slope: Float64Array;
  readonly end: Float64Array;
}

/** Up to this share of the tolerance as its error, a step's polynomial, of one order less, will do. */
const EXACT = 0.01;
/** A step of this share of another has an error of `EXACT` of the other's. */
const EXACT_SHARE = EXACT ** (1 / 5);
/** A miss of less than this share of a step is made good along a line. */
const NUDGE = 1e-4;
/** Where in a step the rate of an amount is taken from: so far to both sides. */
const NEAR = 1e-3;
/** A share of the tolerance that is nothing. */
const NOTHING = 0.1;

/**
 * The boundaries beyond which the last evaluation of the field lies, of a step of size h; `matters` is
 * false where the whole step with the other slope would not have ended elsewhere.
 */
export function crossed(piecewise: PiecewiseSystem, tolerance: number, h: number): Violation[] {
  const { modes, system, sliding } = piecewise;
  const { high, units } = modes;
  const found: Violation[] = [];
  const slides = new Set(sliding.map(({ example, unit }) => example * units + unit));
  const most = NOTHING * tolerance;
  // The tolerance is a root mean square over the parameters.
  const weakest = most * Math.sqrt(system.objective.parameters);
  for (const layer of modes.layers) {
    const { slopes, reach, first } = layer;
    const z = piecewise.values(layer.index - 1);
    for (let example = 0, p = 0; example < reach.length; example++) {
      const zero = most * reach[example];
      for (let place = 0; place < layer.units; place++, p++) {
        const beyond = slopes[p] === high ? -z[p] : z[p];
        if (!(beyond > zero)) continue;
        const kink = { example, unit: first + place };
        if (slides.has(example * units + kink.unit)) continue;
        const matters = Math.abs(piecewise.strength(kink)) * reach[example] * h > weakest;
        found.push({ ...kink, slide: -1, amount: beyond / zero, matters });
      }
    }
  }
  sliding.forEach((kink, slide) => {
    const amount = excess(piecewise, slide);
    if (amount > 1) found.push({ ...kink, slide, amount, matters: true });
  });
  return found;
}

/** Slope of a sliding kink at the last evaluation of the field, as a fraction of the jump. */
export function fractionAt({ weights, sliding, strength }: PiecewiseSystem, slide: number): number {
  return weights[slide] / strength(sliding[slide]);
}

/** How far the slope of a sliding kink is outside [0, 1]. */
export function excess(piecewise: PiecewiseSystem, slide: number): number {
  const fraction = fractionAt(piecewise, slide);
  return Math.max(fraction - 1, -fraction) / FRACTION_ZERO;
}

/**
 * Where the last attempt, of size h and from y to `end`, first leaves the piece it was computed on;
 * undefined where it does not. `end` becomes the point there: inside the step its polynomial tells
 * where, as long as that is `exact` enough, else the attempt is repeated.
 */
export function meetBoundary(
  piecewise: PiecewiseSystem,
  { stepper, y, slope, end }: Attempted,
  tolerance: number,
  h: number,
  error: number,
): Meeting | undefined {
  const beyond = crossed(piecewise, tolerance, h).filter(({ matters }) => matters);
  if (beyond.length === 0) return undefined;
  const amounts = amountsOf(piecewise, beyond, tolerance);
  const worst = (at: Float64Array) => amounts(at).reduce((most, value) => Math.max(most, value));
  const metAt = (at: Float64Array, least: number) => {
    const found = amounts(at);
    return beyond.filter((_, k) => found[k] >= least);
  };
  const first = worst(y);
  // Where kinks come often, shorter steps meet them with fewer attempts.
  const next = error <= EXACT ? h : EXACT_SHARE * h;
  if (first >= 0) return { h: 0, next, met: metAt(y, 0) };
  const probe = new Float64Array(y.length);
  const along = (x: number) => {
    stepper.interpolate(x, probe);
    return worst(probe);
  };
  const root = bracketedRoot(along, 0, first, 1, worst(end), NOTHING).x;
  let step = root * h;
  if (stepper.order === 2 || error <= EXACT) {
    stepper.interpolate(root, end);
  } else {
    const [before, after] = [Math.max(0, root - NEAR), Math.min(1, root + NEAR)];
    const rate = (along(after) - along(before)) / ((after - before) * h);
    stepper.attempt(y, slope, step);
    // So little that a line is exact enough.
    const change = -worst(end) / rate;
    if (Math.abs(change) < NUDGE * step) {
      for (let i = 0; i < end.length; i++) end[i] += change * stepper.endSlope[i];
      step += change;
    }
  }
  return { h: step, next, met: metAt(end, -ON_BOUNDARY) };
}

/** The amounts of the given boundaries at y. */
function amountsOf(
  piecewise: PiecewiseSystem,
  wanted: readonly Violation[],
  tolerance: number,
): (y: Float64Array) => number[] {
  const { modes, system } = piecewise;
  const { size, objective } = system;
  const slides = wanted.some(({ slide }) => slide >= 0);
  const scratch = new Float64Array(size);
  const kinks = wanted.map((boundary) => {
    const { index, first, units, reach } = layerOf(modes, boundary.unit);
    const { example, unit, slide } = boundary;
    const sign = modes.slopes[slopeIndexOf(modes, boundary)] === modes.high ? -1 : 1;
    const zero = NOTHING * tolerance * reach[example];
    return { slide, layer: index - 1, place: example * units + unit - first, scale: sign / zero };
  });
  return (y) => {
    if (slides) system.field(y, scratch);
    else piecewise.lookAt(y.slice(0, objective.parameters));
    return kinks.map(({ slide, layer, place, scale }) =>
      slide >= 0 ? excess(piecewise, slide) : scale * piecewise.values(layer)[place],
    );
  };
}
