import { expect } from 'chai';
import {
  activation,
  gatedActivation,
  homogeneous,
  leakyRelu,
  relu,
} from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { relativeError } from '../helpers/finite-differences.js';
import { normals } from '../helpers/small-networks.js';

const BATCH = 5;
const SIZE = 4;
const none = new Float64Array(0);

describe('a gated activation', () => {
  const stream = randomStream('gated');
  const x = normals(stream, BATCH * SIZE);
  const gy = normals(stream, BATCH * SIZE);
  const dx = normals(stream, BATCH * SIZE);
  const into = () => new Float64Array(BATCH * SIZE);

  for (const pointwise of [relu, leakyRelu(0.2)]) {
    it(`with the slopes of ${pointwise.name} is that activation, derivatives included`, () => {
      const gated = gatedActivation(SIZE, x.map(pointwise.slope));
      const plain = activation(SIZE, pointwise);
      const all = ({
        forward,
        inputGradient,
        forwardTangent,
        inputGradientTangent,
      }: typeof plain) => {
        const [y, gx, dy, dgx] = [into(), into(), into(), into()];
        forward(BATCH, none, 0, x, y);
        inputGradient(BATCH, none, 0, x, gy, gx);
        forwardTangent(BATCH, none, none, 0, x, dx, dy);
        inputGradientTangent(BATCH, none, none, 0, x, dx, gy, x, dgx);
        return [y, gx, dy, dgx];
      };
      const expected = all(plain);
      all(gated).forEach((values, k) => {
        expect(relativeError(values, expected[k])).to.be.below(1e-15);
      });
    });
  }

  it('keeps its slope beyond the kink, and follows a change of its slopes', () => {
    const slopes = Float64Array.of(1, 0);
    const gated = gatedActivation(1, slopes);
    const y = new Float64Array(2);
    gated.forward(2, none, 0, Float64Array.of(-3, 7), y);
    expect([...y]).to.deep.equal([-3, 0]);
    slopes.set([0.25, 1]);
    gated.forward(2, none, 0, Float64Array.of(-4, 7), y);
    expect([...y]).to.deep.equal([-1, 7]);
  });

  it('has no parameters, no kinks of its own, and the degree of its input', () => {
    const gated = gatedActivation(SIZE, into());
    expect([gated.parameters, gated.slopes, gated.steep]).to.deep.equal([0, undefined, undefined]);
    expect(gated.degree(homogeneous(3))).to.deep.equal(homogeneous(3));
  });
});
