import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maxMargin, powerMargin } from '../../src/metrics/index.js';
import { distanceBetween, dot } from '../../src/numerics/vectors.js';
import { projectRoot } from '../helpers/project-root.js';

interface Case {
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly power: number;
  readonly weights: readonly number[];
  readonly value: number;
}

const file = join(projectRoot(), 'test', 'metrics', 'fixtures', 'power-margins.json');
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];

describe('what a polynomial tail maximises', () => {
  it('has the weights and the value that SciPy finds, to 1e-8', () => {
    expect(cases.length).to.equal(15);
    for (const { inputs, labels, power, weights, value } of cases) {
      const [rows, signs] = [Float64Array.from(inputs), Float64Array.from(labels)];
      const found = powerMargin(rows, signs, { power });
      expect(distanceBetween(found.weights, weights), `power ${power}`).to.be.below(1e-8);
      expect(found.value / value).to.be.closeTo(1, 1e-10);
    }
  });

  it('is the mean of two examples of equal length, whatever the power', () => {
    const rows = Float64Array.of(3, 4, 5, 0);
    for (const power of [1, 3]) {
      const { weights } = powerMargin(rows, Float64Array.of(1, 1), { power });
      expect(distanceBetween(weights, [8 / Math.sqrt(80), 4 / Math.sqrt(80)])).to.be.below(1e-14);
    }
  });

  it('does not change with the scale of the inputs, and its value does in proportion', () => {
    const { inputs, labels } = cases[0];
    const signs = Float64Array.from(labels);
    const [once, large] = [1, 1e12].map((scale) =>
      powerMargin(Float64Array.from(inputs, (x) => scale * x), signs, { power: 2 }),
    ); // prettier-ignore
    expect(distanceBetween(once.weights, large.weights)).to.be.below(1e-14);
    expect(large.value / once.value).to.be.closeTo(1e12, 1);
  });

  it('goes to the maximum margin as the power grows', () => {
    const { inputs, labels } = cases[5];
    const [rows, signs] = [Float64Array.from(inputs), Float64Array.from(labels)];
    const hard = maxMargin(rows, signs, { norm: 'l2' });
    // Like 1/k at last, and not without a detour before.
    const [some, many] = [1000, 10_000].map((power) =>
      distanceBetween(powerMargin(rows, signs, { power }).weights, hard.weights),
    );
    expect(some / many).to.be.within(8, 12);
    expect(many).to.be.below(0.001);
    const { value, weights } = powerMargin(rows, signs, { power: 1000 });
    expect(value / hard.margin).to.be.closeTo(1, 0.01);
    expect(dot(weights, weights)).to.be.closeTo(1, 1e-14);
  });

  it('is nothing where no weights classify every example, and says what is wrong', () => {
    const none = powerMargin(Float64Array.of(1, -1), Float64Array.of(1, 1), { power: 1 });
    expect(none).to.deep.equal({ weights: Float64Array.of(0), value: 0, steps: 0 });
    expect(() => powerMargin(Float64Array.of(1), Float64Array.of(1), { power: 0 })).to.throw(
      'powerMargin: expected the power to be a positive number, found 0.',
    );
    expect(() => powerMargin(Float64Array.of(1), Float64Array.of(2), { power: 1 })).to.throw(
      /expected labels \+1 or -1/,
    );
  });
});
