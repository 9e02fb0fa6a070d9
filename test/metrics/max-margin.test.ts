import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { twoPoints } from '../../src/datasets/closed-form.js';
import { marginNorms, maxMargin, type MarginNorm } from '../../src/metrics/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { dot, maxAbs, norm } from '../../src/numerics/vectors.js';
import { projectRoot } from '../helpers/project-root.js';
import { normals } from '../numerics/matrices.js';

/** What SciPy and CVXPY found: see make-max-margins.py beside it. */
interface Case {
  readonly name: string;
  readonly dimension: number;
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly l1: number;
  readonly l2: number;
  readonly linf: number;
  readonly weights: readonly number[];
}

const cases = JSON.parse(
  readFileSync(join(projectRoot(), 'test', 'metrics', 'fixtures', 'max-margins.json'), 'utf8'),
) as Case[];

const sumOfSizes = (a: Float64Array) => a.reduce((sum, value) => sum + Math.abs(value), 0);
const norms: Record<MarginNorm, (a: Float64Array) => number> = {
  l1: sumOfSizes,
  l2: norm,
  linf: maxAbs,
};
const dual: Record<MarginNorm, MarginNorm> = { l1: 'linf', l2: 'l2', linf: 'l1' };

/** The dual norm of Σ μ y x, which bounds every margin. */
function bound(inputs: Float64Array, labels: Float64Array, mu: Float64Array, of: MarginNorm) {
  const d = inputs.length / labels.length;
  const sum = new Float64Array(d);
  mu.forEach((share, i) => {
    for (let j = 0; j < d; j++) sum[j] += share * labels[i] * inputs[i * d + j];
  });
  return norms[dual[of]](sum);
}

function expectCertified(inputs: Float64Array, labels: Float64Array, of: MarginNorm) {
  const found = maxMargin(inputs, labels, { norm: of });
  const { weights, margin, multipliers, gap } = found;
  const size = maxAbs(inputs);
  expect(multipliers.every((value) => value >= 0)).to.equal(true);
  expect(sumOfSizes(multipliers)).to.be.closeTo(1, 1e-14);
  expect(gap).to.be.within(0, 1e-12 * size);
  expect(bound(inputs, labels, multipliers, of)).to.be.closeTo(margin + gap, 1e-14 * size);
  const products = Array.from(
    labels,
    (label, i) =>
      label * dot(weights, inputs.subarray(i * weights.length, (i + 1) * weights.length)),
  );
  expect(Math.min(...products)).to.be.closeTo(margin, 1e-14 * size);
  if (margin > 0) expect(norms[of](weights)).to.be.closeTo(1, 1e-14);
  else expect([...weights]).to.deep.equal([...weights].fill(0));
  // Complementarity: who has a multiplier is on the margin.
  products.forEach((product, i) => {
    if (multipliers[i] > 1e-10) expect(product).to.be.closeTo(margin, 1e-9 * size);
  });
  return found;
}

describe('maxMargin', () => {
  for (const { name, inputs, labels, weights, ...values } of cases) {
    for (const of of marginNorms) {
      it(`agrees with an independent solver: ${of}, ${name}`, () => {
        const x = Float64Array.from(inputs);
        const found = expectCertified(x, Float64Array.from(labels), of);
        const size = maxAbs(x);
        expect(found.margin).to.be.closeTo(Math.max(0, values[of]), 1e-8 * size);
        if (of !== 'l2' || found.margin === 0) return;
        found.weights.forEach((value, j) => expect(value).to.be.closeTo(weights[j], 1e-6));
      });
    }
  }

  it('is the closed form of two points', () => {
    const { dataset, solution } = twoPoints([2, 0.5], [-1, -1.5]);
    const { margin, weights, multipliers } = maxMargin(dataset.inputs, dataset.labels, {
      norm: 'l2',
    });
    expect(margin).to.be.closeTo(solution.margin, 1e-15);
    weights.forEach((value, j) =>
      expect(value).to.be.closeTo(solution.margin * solution.parameters[j], 1e-15),
    );
    multipliers.forEach((value, i) =>
      expect(value).to.be.closeTo(solution.multipliers[i] * solution.margin ** 2, 1e-15),
    );
  });

  it('keeps its digits where the margin is tiny beside the inputs', () => {
    // Rows (1, s) and (−1, s): margin s, whatever its size.
    for (const small of [1e-3, 1e-6, 1e-9]) {
      const inputs = Float64Array.of(1, small, -1, small);
      const { margin } = maxMargin(inputs, Float64Array.of(1, 1), { norm: 'l2' });
      expect(margin).to.be.closeTo(small, 1e-15);
    }
  });

  it('finds more inputs than examples from the rows themselves, and many examples from few', () => {
    for (const [n, d] of [
      [12, 400],
      [400, 4],
    ]) {
      const stream = randomStream('max-margin').split(n);
      const inputs = normals(stream, n * d);
      for (let i = 0; i < n; i++) inputs[i * d] = 0.1 + Math.abs(inputs[i * d]);
      const labels = new Float64Array(n).fill(1);
      for (const of of d > n ? (['l2'] as const) : marginNorms) {
        expect(expectCertified(inputs, labels, of).margin).to.be.above(0.1 - 1e-12);
      }
    }
  });

  it('takes one class, one example, and inputs that are zero', () => {
    for (const of of marginNorms) {
      const one = maxMargin(Float64Array.of(3, -4), Float64Array.of(-1), { norm: of });
      expect(one.margin).to.be.closeTo({ l1: 4, l2: 5, linf: 7 }[of], 1e-14);
      const zero = maxMargin(Float64Array.of(0, 0, 1, 2), Float64Array.of(1, 1), { norm: of });
      expect(zero.margin).to.equal(0);
      expect([...zero.multipliers]).to.deep.equal([1, 0]);
      const nothing = maxMargin(new Float64Array(4), Float64Array.of(1, -1), { norm: of });
      expect([nothing.margin, nothing.gap]).to.deep.equal([0, 0]);
    }
  });

  it('says in a sentence what is wrong with its input', () => {
    const of =
      (inputs: number[], labels: number[], norm: string = 'l2') =>
      () =>
        maxMargin(Float64Array.from(inputs), Float64Array.from(labels), {
          norm: norm as MarginNorm,
        });
    expect(of([], [])).to.throw('expected at least one example');
    expect(of([1, 2, 3], [1, -1])).to.throw('found 3 numbers in all');
    expect(of([1, 2], [1, 0])).to.throw('found labels[1] = 0');
    expect(of([1, NaN, 2, 3], [1, -1])).to.throw('found NaN as number 1 of example 0');
    expect(of([1, 2], [1, -1], 'l3')).to.throw('l1, l2 or linf, found l3');
  });
});
