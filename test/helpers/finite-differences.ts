/**
 * Derivatives by central differences of fourth order: exact for polynomials of degree 4, and good to
 * about ten digits for smooth functions of order one. Keep kinks further away than two steps.
 */
export function jacobianByDifferences(
  f: (x: Float64Array) => Float64Array,
  at: Float64Array,
  step = 1e-3,
): Float64Array {
  const rows = f(at).length;
  const jacobian = new Float64Array(rows * at.length);
  for (let column = 0; column < at.length; column++) {
    const moved = (by: number) => {
      const x = at.slice();
      x[column] += by;
      return f(x).slice();
    };
    const [a, b, c, d] = [moved(-2 * step), moved(-step), moved(step), moved(2 * step)];
    for (let r = 0; r < rows; r++) {
      jacobian[r * at.length + column] = (a[r] - 8 * b[r] + 8 * c[r] - d[r]) / (12 * step);
    }
  }
  return jacobian;
}

/** The same for a function with one value. */
export function gradientByDifferences(
  f: (x: Float64Array) => number,
  at: Float64Array,
  step = 1e-3,
): Float64Array {
  return jacobianByDifferences((x) => Float64Array.of(f(x)), at, step);
}

/** The same for a function of one number. */
export function derivative(f: (x: number) => number, at: number, step = 1e-3): number {
  return gradientByDifferences((x) => f(x[0]), Float64Array.of(at), step)[0];
}

/** max |aᵢ − bᵢ| / max |bᵢ|; NaN where an entry is NaN or b vanishes. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`Lengths ${a.length} and ${b.length} differ.`);
  let difference = 0;
  let size = 0;
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs(a[i] - b[i]));
    size = Math.max(size, Math.abs(b[i]));
  }
  return difference / size;
}
