/** A bracketed root: `x` with the value found there. */
export interface Root {
  readonly x: number;
  readonly value: number;
  readonly evaluations: number;
}

/**
 * Finds a zero of a continuous `f` between `a` and `b`, where fa = f(a) and fb = f(b) have opposite signs,
 * by Chandrupatla's method (1997: inverse quadratic steps with bisection as the safeguard). Stops when |f|
 * ≤ `tolerance`, when the bracket cannot shrink further, or after `maxEvaluations`; returns the best point
 * seen, whose `value` says how good it is. Throws where the signs are the same.
 */
export function bracketedRoot(
  f: (x: number) => number,
  a: number,
  fa: number,
  b: number,
  fb: number,
  tolerance: number,
  maxEvaluations = 60,
): Root {
  if (fa * fb > 0) {
    throw new Error(
      `The ends of a bracket need opposite signs; got f(${a}) = ${fa}, f(${b}) = ${fb}.`,
    );
  }
  let [x1, f1, x2, f2] = [b, fb, a, fa];
  let x3: number;
  let f3: number;
  let best = Math.abs(f1) < Math.abs(f2) ? { x: x1, value: f1 } : { x: x2, value: f2 };
  let t = 0.5;
  let evaluations = 0;
  while (evaluations < maxEvaluations && Math.abs(best.value) > tolerance) {
    const x = x1 + t * (x2 - x1);
    if (x === x1 || x === x2) break;
    const value = f(x);
    evaluations++;
    if (Math.abs(value) < Math.abs(best.value)) best = { x, value };
    if (Math.sign(value) === Math.sign(f1)) {
      [x3, f3] = [x1, f1];
    } else {
      [x3, f3] = [x2, f2];
      [x2, f2] = [x1, f1];
    }
    [x1, f1] = [x, value];
    const xi = (x1 - x2) / (x3 - x2);
    const phi = (f1 - f2) / (f3 - f2);
    const quadratic = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi;
    t = quadratic
      ? (f1 / (f2 - f1)) * (f3 / (f2 - f3)) +
        ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))
      : 0.5;
    t = Math.min(0.999, Math.max(0.001, t));
  }
  return { ...best, evaluations };
}
