import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suboptimalLimit } from '../../src/datasets/closed-form.js';
import { activationNamed, identity, relu, squaredRelu } from '../../src/networks/index.js';
import { dualCertificate } from '../../src/metrics/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { dot, norm } from '../../src/numerics/vectors.js';
import { projectRoot } from '../helpers/project-root.js';
import { normals } from '../numerics/matrices.js';

/** What SciPy found from many directions: see make-dual-and-tangent.py beside it. */
interface Case {
  readonly activation: string;
  readonly dimension: number;
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly q: readonly number[];
  readonly value: number;
}

const { duals } = JSON.parse(
  readFileSync(join(projectRoot(), 'test', 'metrics', 'fixtures', 'dual-and-tangent.json'), 'utf8'),
) as { duals: Case[] };

describe('dualCertificate', () => {
  for (const { activation, dimension, inputs, labels, q, value } of duals) {
    it(`agrees with many climbs: ${labels.length} examples of ${dimension} inputs, ${activation}`, () => {
      const of = activationNamed(activation)!;
      const [x, y, weights] = [inputs, labels, q].map((a) => Float64Array.from(a));
      const found = dualCertificate(of, x, y, weights);
      expect(found.exact).to.equal(true);
      expect(found.value).to.be.closeTo(value, 1e-8);
      expect(norm(found.unit)).to.be.closeTo(1, 1e-14);
      let sum = 0;
      y.forEach((label, i) => {
        const z = dot(found.unit, x.subarray(i * dimension, (i + 1) * dimension));
        sum += weights[i] * label * of.value(z);
      });
      expect(Math.abs(sum)).to.be.closeTo(found.value, 1e-14);
    });
  }

  it('is at a unit on one example where that gains more than what both share', () => {
    // (±1, ¼), both +1, multipliers ½ and ½: √17/8 on one of them, and ¼ straight up.
    const { dataset } = suboptimalLimit();
    const { value, unit } = dualCertificate(
      relu,
      dataset.inputs,
      dataset.labels,
      Float64Array.of(0.5, 0.5),
    );
    expect(value).to.be.closeTo(Math.sqrt(17) / 8, 1e-15);
    expect(Math.abs(unit[0])).to.be.closeTo(4 / Math.sqrt(17), 1e-15);
  });

  it('is the length of the weighted sum without kinks, and the closed form of one input', () => {
    const x = Float64Array.of(3, 0, 0, 4);
    const linear = dualCertificate(identity, x, Float64Array.of(1, -1), Float64Array.of(1, 1));
    expect(linear.value).to.be.closeTo(5, 1e-14);
    const line = dualCertificate(
      squaredRelu,
      Float64Array.of(2, -1, 3),
      Float64Array.of(1, 1, -1),
      Float64Array.of(1, 1, 1),
    );
    expect([line.value, line.unit[0]]).to.deep.equal([5, 1]);
  });

  it('copes with examples on one line through 0 and with kinks that meet', () => {
    // Opposite and repeated inputs, and three planes through one axis.
    const x = Float64Array.of(1, 0, 0, -2, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1);
    const y = Float64Array.of(1, -1, 1, -1, 1, 1);
    const q = new Float64Array(6).fill(1);
    const { value, exact } = dualCertificate(relu, x, y, q);
    const stream = randomStream('kinks that meet');
    let best = 0;
    for (let k = 0; k < 20_000; k++) {
      const u = normals(stream, 3);
      let sum = 0;
      y.forEach((label, i) => (sum += label * relu.value(dot(u, x.subarray(3 * i, 3 * i + 3)))));
      best = Math.max(best, Math.abs(sum) / norm(u));
    }
    expect(exact).to.equal(true);
    expect(value).to.be.within(best, best + 2e-3);
  });

  it('says where it is a lower bound, and finds the exact value of data that lie in three dimensions', () => {
    const n = 8;
    const stream = randomStream('lifted').split(1);
    const flat = normals(stream, n * 3);
    const labels = Float64Array.from({ length: n }, (_, i) => (i % 2 ? 1 : -1));
    const q = new Float64Array(n).fill(1 / n);
    const exact = dualCertificate(relu, flat, labels, q);
    // The same with a fourth input that is a combination, then one that is not but is tiny.
    const lifted = (rest: number) =>
      Float64Array.from({ length: n * 4 }, (_, k) => {
        const [i, j] = [Math.floor(k / 4), k % 4];
        return j < 3 ? flat[3 * i + j] : rest * (i === 0 ? 1 : 0);
      });
    const same = dualCertificate(relu, lifted(0), labels, q);
    expect(same.exact).to.equal(true);
    expect(same.value).to.be.closeTo(exact.value, 1e-14);
    const near = dualCertificate(relu, lifted(1e-9), labels, q);
    expect(near.exact).to.equal(false);
    expect(near.tried).to.be.above(100);
    expect(near.value).to.be.closeTo(exact.value, 1e-6);
  });

  it('is 0 without weights, and says in a sentence what is wrong with its input', () => {
    const one = Float64Array.of(1);
    expect(dualCertificate(relu, one, one, Float64Array.of(0)).value).to.equal(0);
    expect(() => dualCertificate(relu, one, one, Float64Array.of(1, 2))).to.throw('2 weights');
    expect(() => dualCertificate(relu, one, Float64Array.of(2), one)).to.throw('labels[0] = 2');
    expect(() => dualCertificate(relu, Float64Array.of(NaN), one, one)).to.throw('finite');
  });
});
