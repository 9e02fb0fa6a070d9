/**
 * A least-squares problem with a changing set of active columns. Orthogonal transformations Q are
 * applied to all columns of A and to b as they come, so that the active columns, in the order of
 * `active`, are upper triangular in Qᵀ·A.
 */
export interface ActiveColumns {
  readonly rows: number;
  readonly columns: number;
  /** Qᵀ·A, one column after the other: entry (i, j) at j·rows + i. */
  readonly transformed: Float64Array;
  /** Qᵀ·b: from entry `active.length` on, what the active columns cannot reach. */
  readonly target: Float64Array;
  /** The active columns; changed in place by `activate` and `deactivate`. */
  readonly active: number[];
}

/** The problem with no active column. `transposed` holds A column after column; both are copied. */
export function activeColumns(
  rows: number,
  columns: number,
  transposed: Float64Array,
  target: Float64Array,
): ActiveColumns {
  return { rows, columns, transformed: transposed.slice(), target: target.slice(), active: [] };
}

/** What is left of column j beyond the reach of the active columns, and of the target along it. */
export function remainder(state: ActiveColumns, j: number): { norm: number; gradient: number } {
  const { rows, transformed, target, active } = state;
  let squares = 0;
  let gradient = 0;
  for (let i = active.length, at = j * rows + i; i < rows; i++, at++) {
    squares += transformed[at] * transformed[at];
    gradient += transformed[at] * target[i];
  }
  return { norm: Math.sqrt(squares), gradient };
}

/** Norm of the residual of the least-squares solution on the active columns. */
export function remainingNorm({ rows, target, active }: ActiveColumns): number {
  let squares = 0;
  for (let i = active.length; i < rows; i++) squares += target[i] * target[i];
  return Math.sqrt(squares);
}

/** Adds column j, whose `remainder` must have a norm > 0, by one Householder reflection. */
export function activate(state: ActiveColumns, j: number): void {
  const { rows, columns, transformed, target, active } = state;
  const p = active.length;
  const { norm } = remainder(state, j);
  const start = j * rows;
  const pivot = transformed[start + p];
  const diagonal = pivot > 0 ? -norm : norm;
  // H = I − v·vᵀ/h with v = (pivot − diagonal, entries below) and h = ‖v‖²/2, free of cancellation.
  const reflector = transformed.slice(start, start + rows);
  reflector[p] = pivot - diagonal;
  const half = norm * (norm + Math.abs(pivot));
  for (let k = 0; k < columns; k++) {
    if (k !== j && !active.includes(k)) reflect(reflector, half, p, transformed, k * rows);
  }
  reflect(reflector, half, p, target, 0);
  transformed[start + p] = diagonal;
  transformed.fill(0, start + p + 1, start + rows);
  active.push(j);
}

/** Applies I − v·vᵀ/h to the column of `array` that starts at `offset`; v is zero above p. */
function reflect(v: Float64Array, h: number, p: number, array: Float64Array, offset: number): void {
  let sum = 0;
  for (let i = p; i < v.length; i++) sum += v[i] * array[offset + i];
  if (sum === 0) return;
  const factor = sum / h;
  for (let i = p; i < v.length; i++) array[offset + i] -= factor * v[i];
}

/** Takes out the active column at the given position, by Givens rotations of neighbouring rows. */
export function deactivate(state: ActiveColumns, position: number): void {
  const { rows, columns, transformed, target, active } = state;
  active.splice(position, 1);
  for (let i = position; i < active.length; i++) {
    const at = active[i] * rows + i;
    const length = Math.hypot(transformed[at], transformed[at + 1]);
    const cosine = transformed[at] / length;
    const sine = transformed[at + 1] / length;
    for (let k = 0; k < columns; k++) rotate(transformed, k * rows + i, cosine, sine);
    rotate(target, i, cosine, sine);
    transformed[at + 1] = 0;
  }
}

function rotate(array: Float64Array, at: number, cosine: number, sine: number): void {
  const x = array[at];
  const y = array[at + 1];
  array[at] = cosine * x + sine * y;
  array[at + 1] = cosine * y - sine * x;
}

/** Coefficients of the active columns, in their order, that fit the target best. */
export function solveActive({ rows, transformed, target, active }: ActiveColumns): Float64Array {
  const solution = target.slice(0, active.length);
  for (let i = active.length - 1; i >= 0; i--) {
    const start = active[i] * rows;
    const value = (solution[i] /= transformed[start + i]);
    for (let k = 0; k < i; k++) solution[k] -= value * transformed[start + k];
  }
  return solution;
}
