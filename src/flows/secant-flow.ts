import { followSteps } from './follow-steps.js';
import { radau } from './direct/radau.js';
import { noCounts, type OdeSystem } from './stepper.js';

/** One term of a polynomial in x and y. */
export interface Monomial {
  readonly coefficient: number;
  /** Powers of x and of y. */
  readonly powers: readonly [number, number];
}

/** Where a run is, seen from the origin: (x, y) = e^logDistance (cos angle, sin angle). */
export interface SecantRow {
  readonly logDistance: number;
  readonly angle: number;
}

/** How a run into the origin is followed. */
export interface SecantOptions {
  readonly tolerance: number;
  /** The run is over once log r has come down to this. */
  readonly untilLogDistance: number;
  readonly signal?: { readonly aborted: boolean } | undefined;
  readonly onRow?: (row: SecantRow) => void;
}

/**
 * Gradient flow x′ = −∇f(x) of a polynomial of two variables, from a start into the origin, in the logarithm of the
 * distance and the angle: with f = Σ r^k g_k(φ) and d its lowest degree, and a clock that runs like r^{d−2} t,
 *
 *   (log r)′ = −Σ k r^{k−d} g_k,   φ′ = −Σ r^{k−d} g_k′.
 *
 * Nothing underflows, however near. Throws a sentence where the polynomial has a term of degree below 2: the origin is
 * no critical point then, or f has a constant, which has no part in the flow.
 */
export function followToOrigin(
  terms: readonly Monomial[],
  start: SecantRow,
  options: SecantOptions,
): { rows: readonly SecantRow[]; status: 'finished' | 'interrupted' | 'max-steps' | 'stalled' } {
  const system = polarSystem(terms);
  const y = Float64Array.of(start.logDistance, start.angle);
  const stepper = radau(system, new Float64Array(2).fill(options.tolerance), noCounts());
  const read = ([logDistance, angle]: Float64Array): SecantRow => ({ logDistance, angle });
  return followSteps(
    { system, stepper, y, read, longest: () => Infinity },
    options,
    ({ logDistance }) => logDistance <= options.untilLogDistance,
  );
}

/** cos^a sin^b with a coefficient, by its degree in r. */
interface Wave {
  readonly degree: number;
  readonly coefficient: number;
  readonly cosines: number;
  readonly sines: number;
}

function polarSystem(terms: readonly Monomial[]): OdeSystem {
  const low = terms.find(({ powers }) => powers[0] + powers[1] < 2);
  if (low) {
    throw new Error(
      `A term has the powers ${low.powers.join(' and ')}; the origin is a critical point only where they add up to 2 or more.`,
    );
  }
  const g = terms.map(({ coefficient, powers: [cosines, sines] }) => ({
    degree: cosines + sines,
    coefficient,
    cosines,
    sines,
  }));
  const first = slopesOf(g);
  const second = slopesOf(first);
  const lowest = Math.min(...g.map(({ degree }) => degree));
  const sum = (waves: readonly Wave[], y: Float64Array, weight: (k: number) => number) =>
    waves.reduce((total, wave) => {
      const { degree, coefficient, cosines, sines } = wave;
      const size = weight(degree) * Math.exp((degree - lowest) * y[0]);
      return total + coefficient * size * Math.cos(y[1]) ** cosines * Math.sin(y[1]) ** sines;
    }, 0);
  return {
    size: 2,
    field(y, into) {
      into[0] = -sum(g, y, (k) => k);
      into[1] = -sum(first, y, () => 1);
    },
    jacobian(y, into) {
      into[0] = -sum(g, y, (k) => k * (k - lowest));
      into[1] = -sum(first, y, (k) => k);
      into[2] = -sum(first, y, (k) => k - lowest);
      into[3] = -sum(second, y, () => 1);
    },
  };
}

/** Derivatives with respect to the angle. */
function slopesOf(waves: readonly Wave[]): Wave[] {
  return waves.flatMap(({ degree, coefficient, cosines, sines }) => [
    ...(cosines > 0
      ? [{ degree, coefficient: -coefficient * cosines, cosines: cosines - 1, sines: sines + 1 }]
      : []),
    ...(sines > 0
      ? [{ degree, coefficient: coefficient * sines, cosines: cosines + 1, sines: sines - 1 }]
      : []),
  ]);
}
