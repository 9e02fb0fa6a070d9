import { algebraForProduct } from '../../numerics/linear-algebra.js';
import { dot } from '../../numerics/vectors.js';
import type { LinearScores } from '../rows/linear-scores.js';
import type { MarginRows } from '../rows/margin-rows.js';
import { timesDualDerivative, type DualLaw } from './dual-law.js';
import { NEGLIGIBLE, regularized, type ReducedRows } from './dual-reduced.js';
import type { DualStage, StepStart } from './dual-stage.js';

/**
 * `ReducedRows` of margins that are differences of scores linear in the parameters: rows are never formed. With C the
 * classes×classes matrix Σ q (1_y − 1_j)(1_y − 1_j)ᵀ over the margins of an example x, Eᵀ diag(q) E is the sum of C ⊗ x xᵀ.
 */
export function scoreReduced(rows: MarginRows, scores: LinearScores, law: DualLaw): ReducedRows {
  const { width, classes } = scores;
  const parameters = width * classes;
  const { margins } = rows;
  const q = new Float64Array(margins);
  const velocity = new Float64Array(parameters);
  const weights = new Float64Array(margins);
  const none = new Float64Array(margins);
  const ones = new Float64Array(margins).fill(1);
  const squares = squaredLengths(scores);
  let at = { law, beta: NaN };
  let products: Float64Array | undefined;
  const pullback = (values: Float64Array) => {
    const into = new Float64Array(parameters);
    rows.pullback(values, into);
    return into;
  };
  return {
    parameters,
    take(_rows, into) {
      into.set(squares);
    },
    fill(start: DualStage, step: StepStart, _squares, h, jacobian, turning) {
      q.set(start.q);
      velocity.set(start.velocity);
      at = { law: step.law, beta: step.beta };
      const least = NEGLIGIBLE / (margins * h * step.beta);
      const chosen = q.map((dual, r) => (dual * squares[r] > least ? dual : 0));
      jacobian.fill(0, 0, parameters ** 2);
      turning.fill(0, 0, parameters ** 2);
      addWeighted(scores, chosen, step.law.within, step.beta, jacobian);
      addCommon(step, velocity, pullback(chosen), pullback(ownSums(step.law, chosen)), jacobian);
    },
    pull(values) {
      weights.set(values);
      timesDualDerivative(at.law, q, weights, 0);
      return pullback(weights);
    },
    push(change) {
      const moved = new Float64Array(margins);
      rows.products(change, moved);
      const common = 2 * at.law.common * dot(velocity, change);
      for (let r = 0; r < margins; r++) moved[r] = at.beta * (moved[r] - common);
      return { moved, turnedBy: none };
    },
    correction(direction, radial, right, share) {
      if (!products) {
        products = new Float64Array(parameters ** 2);
        addWeighted(scores, ones, 0, 1, products);
      }
      const matrix = products.slice();
      const change = pullback(right);
      const trace = takeAcross(direction, radial, pullback(radial), matrix);
      const along = dot(radial, right);
      for (let i = 0; i < parameters; i++) change[i] -= along * direction[i];
      return regularized(matrix, change, (share * trace) / margins);
    },
  };
}

/** ‖1_y − 1_j‖² ‖x‖² of each row. */
function squaredLengths({ inputs, width, examples }: LinearScores): Float64Array {
  return Float64Array.from(examples, (example) => {
    const x = inputs.subarray(example * width, (example + 1) * width);
    return 2 * dot(x, x);
  });
}

/** q (1 − within Σ q) with the sum over the margins of the same example. */
function ownSums({ within, pairs }: DualLaw, q: Float64Array): Float64Array {
  if (within === 0) return q;
  return q.map((dual, r) => {
    const first = r - (r % pairs);
    let sum = 0;
    for (let k = first; k < first + pairs; k++) sum += q[k];
    return dual * (1 - within * sum);
  });
}

/**
 * What the parts of D that all rows share add: β Eᵀ (diag(q) − within·own − across q qᵀ)(E − 2 1vᵀ) is β times
 * Eᵀ (diag(q) − within·own) E less across v pᵀ and less 2 l vᵀ, with p = Eᵀ q and l = Eᵀ D 1.
 */
function addCommon(
  { law, beta }: StepStart,
  v: Float64Array,
  p: Float64Array,
  own: Float64Array,
  into: Float64Array,
): void {
  const n = v.length;
  // Σ q is 1 in the tail, where rows have v in common; before it `common` is 0.
  const l = own.map((value, i) => value - law.across * v[i]);
  const right = p.map((value) => law.across * value);
  for (let i = 0, at = 0; i < n; i++) {
    const ours = beta * v[i];
    const theirs = 2 * law.common * beta * l[i];
    for (let j = 0; j < n; j++, at++) into[at] -= ours * right[j] + theirs * v[j];
  }
}

/**
 * into += factor Σ C ⊗ x xᵀ over the examples, with C = Σ q (1_y − 1_j)(1_y − 1_j)ᵀ − within g gᵀ and
 * g = Σ q (1_y − 1_j) over an example's rows: a product for each two classes, of the examples that have both.
 */
function addWeighted(
  scores: LinearScores,
  q: Float64Array,
  within: number,
  factor: number,
  into: Float64Array,
): void {
  const { inputs, width, classes } = scores;
  const n = width * classes;
  const { distinct, shares } = classShares(scores, q, within);
  const left = new Float64Array(distinct.length * width);
  const right = new Float64Array(distinct.length * width);
  const algebra = algebraForProduct(width * width * distinct.length);
  for (let a = 0; a < classes; a++) {
    for (let b = a; b < classes; b++) {
      let count = 0;
      distinct.forEach((example, e) => {
        const share = shares[(e * classes + a) * classes + b];
        if (share === 0) return;
        for (let i = 0, from = example * width, to = count * width; i < width; i++, from++, to++) {
          left[to] = inputs[from];
          right[to] = share * inputs[from];
        }
        count++;
      });
      if (count === 0) continue;
      const at = a * width * n + b * width;
      // prettier-ignore
      algebra.gemm(true, false, width, width, count, factor, left, 0, width, right, 0, width, 1, into, at, n);
      if (a < b) mirror(into, n, width, at, b * width * n + a * width);
    }
  }
}

/** C of every example that has a row with q > 0, classes×classes each. */
function classShares(
  { classes, examples, labels, others }: LinearScores,
  q: Float64Array,
  within: number,
): { readonly distinct: readonly number[]; readonly shares: Float64Array } {
  const distinct: number[] = [];
  q.forEach((dual, r) => {
    if (dual !== 0 && distinct.at(-1) !== examples[r]) distinct.push(examples[r]);
  });
  const shares = new Float64Array(distinct.length * classes ** 2);
  const pulls = new Float64Array(distinct.length * classes);
  let e = -1;
  q.forEach((dual, r) => {
    if (dual === 0) return;
    if (distinct[e] !== examples[r]) e++;
    const y = labels[r];
    const j = others[r];
    const at = e * classes ** 2;
    shares[at + y * classes + y] += dual;
    shares[at + j * classes + j] += dual;
    shares[at + y * classes + j] -= dual;
    shares[at + j * classes + y] -= dual;
    pulls[e * classes + y] += dual;
    pulls[e * classes + j] -= dual;
  });
  if (within !== 0) {
    for (let k = 0; k < distinct.length; k++) {
      for (let a = 0, at = k * classes ** 2; a < classes; a++) {
        for (let b = 0; b < classes; b++, at++) {
          shares[at] -= within * pulls[k * classes + a] * pulls[k * classes + b];
        }
      }
    }
  }
  return { distinct, shares };
}

/** The block of width×width at `to` becomes the transpose of that at `from`; rows have n numbers. */
function mirror(matrix: Float64Array, n: number, width: number, from: number, to: number): void {
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) matrix[to + j * n + i] = matrix[from + i * n + j];
  }
}

/** matrix, EᵀE, becomes P EᵀE P for P across w, from E w and Eᵀ E w; returns its trace. */
function takeAcross(
  w: Float64Array,
  radial: Float64Array,
  along: Float64Array,
  matrix: Float64Array,
): number {
  const n = w.length;
  const squares = dot(radial, radial);
  let trace = 0;
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < n; j++, at++) {
      matrix[at] += squares * w[i] * w[j] - along[i] * w[j] - w[i] * along[j];
    }
    trace += matrix[i * n + i];
  }
  return trace;
}
