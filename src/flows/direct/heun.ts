import type { DenseStepper } from './dormand-prince.js';
import { weightedNorm, type Counts, type OdeSystem } from '../stepper.js';

/** The error is estimated by the change of the last slope; the steps that are taken stay this far below. */
const CAUTION = 20;

/**
 * Heun's method of order 2, with two evaluations a step and a cubic inside it: for steps so short, as
 * where kinks follow each other closely, that more evaluations would tell nothing more.
 */
export function heun(system: OdeSystem, tolerances: Float64Array, counts: Counts): DenseStepper {
  const n = system.size;
  const [from, first, euler, endSlope, y, difference] = Array.from(
    { length: 6 },
    () => new Float64Array(n),
  );
  let step = 0;

  return {
    implicit: false,
    order: 2,
    errorOrder: 3,
    attempt(y0, slope, h) {
      from.set(y0);
      first.set(slope);
      step = h;
      for (let i = 0; i < n; i++) y[i] = y0[i] + h * slope[i];
      system.field(y, euler);
      for (let i = 0; i < n; i++) y[i] = y0[i] + (h / 2) * (slope[i] + euler[i]);
      system.field(y, endSlope);
      counts.evaluations += 2;
      for (let i = 0; i < n; i++) difference[i] = (CAUTION * h * (endSlope[i] - euler[i])) / 2;
      return { y, error: weightedNorm(difference, tolerances), solved: true };
    },
    accept() {
      // One-step method: nothing to remember.
    },
    stiffness: () => 0,
    interpolate(x, into) {
      const [a, b, c] = [x * x * (3 - 2 * x), x * (1 - x) ** 2 * step, x * x * (x - 1) * step];
      for (let i = 0; i < n; i++) {
        into[i] = from[i] + a * (y[i] - from[i]) + b * first[i] + c * endSlope[i];
      }
    },
    endSlope,
  };
}
