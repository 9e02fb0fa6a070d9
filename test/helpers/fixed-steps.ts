import { noCounts, type OdeSystem, type Stepper } from '../../src/flows/index.js';

export type Method = (
  system: OdeSystem,
  tolerances: Float64Array,
  counts: ReturnType<typeof noCounts>,
) => Stepper;

/** An ODE y′ = f(y) from its field and its Jacobian by rows. */
export function odeSystem(
  size: number,
  field: (y: Float64Array) => readonly number[],
  jacobian: (y: Float64Array) => readonly (readonly number[])[],
): OdeSystem {
  return {
    size,
    field: (y, into) => into.set(field(y)),
    jacobian: (y, into) => into.set(jacobian(y).flat()),
  };
}

/** y(T) with `steps` equal steps; the last attempt's error estimate beside it. */
export function integrate(
  method: Method,
  system: OdeSystem,
  start: readonly number[],
  time: number,
  steps: number,
  tolerance = 1e-11,
): { y: Float64Array; error: number } {
  const y = Float64Array.from(start);
  const slope = new Float64Array(system.size);
  const tolerances = new Float64Array(system.size).fill(tolerance);
  const stepper = method(system, tolerances, noCounts());
  const h = time / steps;
  let error = 0;
  for (let step = 0; step < steps; step++) {
    system.field(y, slope);
    const attempt = stepper.attempt(y, slope, h);
    if (!attempt.solved) throw new Error(`Step ${step} of size ${h} was not solved.`);
    error = attempt.error * tolerance;
    y.set(attempt.y);
    stepper.accept(h);
  }
  return { y, error };
}

/** Observed orders: log₂ of the ratios of neighbouring errors, for sizes that halve. */
export function ordersOf(errors: readonly number[]): number[] {
  return errors.slice(1).map((error, k) => Math.log2(errors[k] / error));
}

/** y = (sin t, cos t, e^{sin t}), as an autonomous, nonlinear system. */
export const smoothSystem = odeSystem(
  3,
  ([s, c, e]) => [c, -s, e * c],
  ([, c, e]) => [
    [0, 1, 0],
    [-1, 0, 0],
    [0, e, c],
  ],
);

export function smoothSolution(t: number): number[] {
  return [Math.sin(t), Math.cos(t), Math.exp(Math.sin(t))];
}

/** y′ = A y with A = ((a, −b), (b, a)): the complex equation z′ = (a + ib) z. */
export function complexLinear(a: number, b: number): OdeSystem {
  return odeSystem(
    2,
    ([x, y]) => [a * x - b * y, b * x + a * y],
    () => [
      [a, -b],
      [b, a],
    ],
  );
}
