import { radauTableau } from '../radau-tableau.js';

/** The increments of the three stages of a step. */
export type Columns = readonly [Float64Array, Float64Array, Float64Array];

/** Three columns of zeros, of `length` numbers each. */
export function columnsOf(length: number): Columns {
  return [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
}

/** Weights of the stage increments in the collocation polynomial at the fraction x of its step. */
export function polynomialWeights(x: number): number[] {
  return radauTableau.dense.map(([a, b, c]) => a * x + b * x * x + c * x * x * x);
}

/** into ← Σ weights·columns. */
export function combine(
  [a, b, c]: Columns,
  [p, q, r]: readonly number[],
  into: Float64Array,
): void {
  for (let i = 0; i < into.length; i++) into[i] = p * a[i] + q * b[i] + r * c[i];
}

/** into[s] ← Σ weights[s]·columns for the three stages; `into` may be `columns`. */
export function combineAll(
  [a, b, c]: Columns,
  [first, second, third]: readonly (readonly number[])[],
  [x, y, z]: Columns,
): void {
  for (let i = 0; i < x.length; i++) {
    const [p, q, r] = [a[i], b[i], c[i]];
    x[i] = first[0] * p + first[1] * q + first[2] * r;
    y[i] = second[0] * p + second[1] * q + second[2] * r;
    z[i] = third[0] * p + third[1] * q + third[2] * r;
  }
}

/** into ← base + Σ weights·columns; `into` may not be `base`. */
export function addCombination(
  base: Float64Array,
  columns: Columns,
  weights: readonly number[],
  into: Float64Array,
): void {
  combine(columns, weights, into);
  for (let i = 0; i < into.length; i++) into[i] += base[i];
}

/** into ← a + b; `into` may be either. */
export function addInto(a: Float64Array, b: Float64Array, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = a[i] + b[i];
}
