import { algebraForProduct } from '../numerics/linear-algebra.js';
import { plainLinearAlgebra } from '../numerics/plain-linear-algebra.js';

type Vector = Float64Array;

/** Working memory that grows to the largest size asked for; contents do not outlive a call. */
let scratch = new Float64Array(0);
let scratch2 = new Float64Array(0);

/** into[i] += gyᵢ·(W xᵢ) for the outputs×inputs matrix W from `at` in `w`. */
export function addRowProducts(
  inputs: number,
  outputs: number,
  batch: number,
  x: Vector,
  gy: Vector,
  w: Vector,
  at: number,
  into: Vector,
): void {
  const work = batch * inputs * outputs;
  if (work < 4_096 || outputs === 1) {
    addSmallRowProducts(inputs, outputs, batch, x, gy, w, at, into);
    return;
  }
  if (scratch.length < batch * outputs) scratch = new Float64Array(batch * outputs);
  // prettier-ignore
  algebraForProduct(work).gemm(
    false, true, batch, outputs, inputs, 1, x, 0, inputs, w, at, inputs, 0, scratch, 0, outputs,
  );
  for (let i = 0, p = 0; i < batch; i++) {
    let sum = 0;
    for (let j = 0; j < outputs; j++, p++) sum += gy[p] * scratch[p];
    into[i] += sum;
  }
}

function addSmallRowProducts(
  inputs: number,
  outputs: number,
  batch: number,
  x: Vector,
  gy: Vector,
  w: Vector,
  at: number,
  into: Vector,
): void {
  for (let i = 0; i < batch; i++) {
    const row = i * inputs;
    let total = 0;
    for (let j = 0, p = at; j < outputs; j++) {
      const g = gy[i * outputs + j];
      if (g === 0) {
        p += inputs;
        continue;
      }
      let sum = 0;
      for (let k = 0; k < inputs; k++) sum += w[p++] * x[row + k];
      total += g * sum;
    }
    into[i] += total;
  }
}

/** into[i·batch + j] += (xᵢ·xⱼ)(gyᵢ·gyⱼ); without weights (inputs = 0), += gyᵢ·gyⱼ. */
export function addHadamardOfGrams(
  inputs: number,
  outputs: number,
  batch: number,
  x: Vector,
  gy: Vector,
  into: Vector,
): void {
  addHadamardOfProducts(batch, inputs, x, x, outputs, gy, gy, into);
}

/** into[i·batch + j] += (aᵢ·bⱼ)(cᵢ·dⱼ) for rows of `first` and `second` numbers; first = 0 counts as 1. */
export function addHadamardOfProducts(
  batch: number,
  first: number,
  a: Vector,
  b: Vector,
  second: number,
  c: Vector,
  d: Vector,
  into: Vector,
): void {
  const count = batch * batch;
  if (scratch.length < count) scratch = new Float64Array(count);
  rowProducts(batch, second, c, d, scratch);
  if (first === 0) {
    for (let p = 0; p < count; p++) into[p] += scratch[p];
    return;
  }
  if (scratch2.length < count) scratch2 = new Float64Array(count);
  rowProducts(batch, first, a, b, scratch2);
  for (let p = 0; p < count; p++) into[p] += scratch[p] * scratch2[p];
}

/** into ← A Bᵀ for batch×width matrices. */
function rowProducts(batch: number, width: number, a: Vector, b: Vector, into: Vector): void {
  const work = batch * batch * width;
  // prettier-ignore
  (work >= 100_000 ? algebraForProduct(work) : plainLinearAlgebra).gemm(
    false, true, batch, batch, width, 1, a, 0, width, b, 0, width, 0, into, 0, batch,
  );
}
