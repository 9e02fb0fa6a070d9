import { reluLoops } from '../../pointwise-loops.js';
import type { Tensor } from './layout.js';
import type { Operation, Target, Wiring } from './operation.js';

/** max(x, 0), in place where x and y are the same memory. */
export function reluOperation({ x, y, gx, gy }: Wiring): Operation {
  const n = y.data.length;
  return {
    forward: () => reluLoops.values(n, x.data, y.data),
    backward() {
      if (gx === undefined) return;
      if (gx.add) addPassed(y.data, gy.data, gx.tensor.data);
      else reluLoops.slopesTimes(n, y.data, gy.data, gx.tensor.data);
    },
  };
}

function addPassed(y: Float64Array, gy: Float64Array, gx: Float64Array): void {
  for (let p = 0; p < y.length; p++) gx[p] += gy[p] * Number(y[p] > 0);
}

/** One input of a sum or a concatenation. */
export interface Operand {
  readonly x: Tensor;
  readonly gx: Target | undefined;
  /** True where x is the very memory of the result, or of its part. */
  readonly shared: boolean;
}

/** y ← a + b, in place where a is the memory of y. */
export function sumOperation([a, b]: readonly Operand[], y: Tensor, gy: Tensor): Operation {
  return {
    forward() {
      if (!a.shared) y.data.set(a.x.data);
      add(b.x.data, y.data);
    },
    backward() {
      giveBack(a, gy.data);
      giveBack(b, gy.data);
    },
  };
}

/** y ← the channels of all operands, one after the other; those that lie in y already are not copied. */
export function concatenateOperation(
  operands: readonly Operand[],
  y: Tensor,
  gy: Tensor,
): Operation {
  let at = 0;
  const parts = operands.map((operand) => {
    const from = at;
    at += operand.x.data.length;
    return { operand, y: y.data.subarray(from, at), gy: gy.data.subarray(from, at) };
  });
  return {
    forward() {
      for (const { operand, y: part } of parts) if (!operand.shared) part.set(operand.x.data);
    },
    backward() {
      for (const { operand, gy: part } of parts) giveBack(operand, part);
    },
  };
}

function giveBack({ gx, shared }: Operand, gy: Float64Array): void {
  if (gx === undefined || shared) return;
  if (gx.add) add(gy, gx.tensor.data);
  else gx.tensor.data.set(gy);
}

function add(from: Float64Array, into: Float64Array): void {
  const n = into.length;
  for (let p = 0; p < n; p++) into[p] += from[p];
}
