import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  activationNamed,
  evaluator,
  linearModel,
  relu,
  twoLayer,
} from '../../src/networks/index.js';
import { maxMargin, tangentMaxMargin, tangentScores } from '../../src/metrics/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { dot, norm } from '../../src/numerics/vectors.js';
import { projectRoot } from '../helpers/project-root.js';
import { normals } from '../numerics/matrices.js';

/** What CVXPY found: see make-dual-and-tangent.py beside it. */
interface Case {
  readonly activation: string;
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly theta: readonly number[];
  readonly width: number;
  readonly all: number;
  readonly hidden: number;
}

const { tangents } = JSON.parse(
  readFileSync(join(projectRoot(), 'test', 'metrics', 'fixtures', 'dual-and-tangent.json'), 'utf8'),
) as { tangents: Case[] };

describe('tangentMaxMargin', () => {
  for (const { activation, width, ...numbers } of tangents) {
    for (const trained of ['all', 'hidden'] as const) {
      it(`agrees with an independent solver: ${activation}, ${trained}`, () => {
        const network = twoLayer(3, width, activationNamed(activation)!);
        const [x, y, theta] = [numbers.inputs, numbers.labels, numbers.theta].map((a) =>
          Float64Array.from(a),
        );
        const found = tangentMaxMargin(network, theta, x, y, { trained });
        expect(found.margin).to.be.closeTo(numbers[trained], 1e-8);
        expect(found.gap).to.be.below(1e-12);
        expect(norm(found.direction)).to.be.closeTo(1, 1e-14);
        const frozen = found.direction.subarray(3 * width);
        expect(frozen.every((value) => value === 0)).to.equal(trained === 'hidden');
        const scores = tangentScores(network, theta, found.direction, x);
        expect(Math.min(...y.map((label, i) => label * scores[i]))).to.be.closeTo(
          found.margin,
          1e-13,
        );
      });
    }
  }

  it('is the maximum margin of the data for a linear network, wherever it is', () => {
    const x = Float64Array.of(1, 2, -1, 1, 3, 0.5);
    const y = Float64Array.of(1, -1, 1);
    const found = tangentMaxMargin(linearModel(2), Float64Array.of(5, -7), x, y, {
      trained: 'all',
    });
    const { weights, margin } = maxMargin(x, y, { norm: 'l2' });
    expect(found.margin).to.equal(margin);
    expect([...found.direction]).to.deep.equal([...weights]);
  });

  it('has the same kernel whether there are more parameters than examples or fewer', () => {
    const stream = randomStream('tangent').split(1);
    const x = normals(stream, 6 * 3);
    const y = Float64Array.of(1, -1, 1, -1, 1, -1);
    const network = twoLayer(3, 500, relu);
    const theta = normals(stream, network.parameters);
    const { multipliers, margin, gap } = tangentMaxMargin(network, theta, x, y, {
      trained: 'all',
    });
    const engine = evaluator(network, x);
    const jacobian = new Float64Array(6 * network.parameters);
    engine.outputs(theta);
    engine.jacobian(theta, jacobian);
    const row = (i: number) =>
      jacobian.subarray(i * network.parameters, (i + 1) * network.parameters);
    let squares = 0;
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 6; j++) {
        squares += multipliers[i] * multipliers[j] * y[i] * y[j] * dot(row(i), row(j));
      }
    }
    expect(Math.sqrt(squares)).to.be.closeTo(margin, 1e-11);
    expect(gap).to.be.below(1e-11);
  });

  it('says in a sentence what is wrong with its input', () => {
    const one = Float64Array.of(1);
    const theta = new Float64Array(2);
    const all = { trained: 'all' } as const;
    expect(() =>
      tangentMaxMargin(linearModel(2, 3), new Float64Array(6), theta, one, all),
    ).to.throw('one score');
    expect(() => tangentMaxMargin(linearModel(2), one, theta, one, all)).to.throw(
      'found 1 numbers',
    );
    expect(() =>
      tangentMaxMargin(linearModel(2), theta, theta, one, { trained: 'hidden' }),
    ).to.throw('no trained weights before');
    expect(() => tangentScores(linearModel(2), theta, theta, one)).to.throw('found 1 in all');
  });
});
