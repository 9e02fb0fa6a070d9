import { expect } from 'chai';
import { earlyLaw, tailLaw, timesDualDerivative } from '../../../src/flows/dual/dual-law.js';
import { exponentialLoss, logisticLoss, type Loss } from '../../../src/losses/index.js';
import { randomStream } from '../../../src/numerics/random.js';
import { jacobianByDifferences, relativeError } from '../../helpers/finite-differences.js';
import { normals } from '../../helpers/small-networks.js';

const COUNT = 6;

/** α, and λᵢ = α − σᵢ for random margins σ. */
function pointOf(loss: Loss, pairs: number, shift: number) {
  const margins = normals(randomStream('law'), COUNT).map((value) => 2 * value + shift);
  const q = new Float64Array(COUNT);
  const alpha = loss.dual(margins, pairs, q);
  return { alpha, q, lambda: margins.map((value) => alpha - value) };
}

const cases = [
  ['the exponential tail', exponentialLoss, 1, 3, true],
  ['the exponential loss as an early law', exponentialLoss, 1, -2, false],
  ['the logistic loss', logisticLoss, 1, 0, false],
  ['cross-entropy over pairs of classes', logisticLoss, 2, 0.5, false],
  ['cross-entropy over three pairs, badly fitted', logisticLoss, 3, -2, false],
] as const;

describe('the dual variables as a law of λ', () => {
  for (const [title, loss, pairs, shift, tail] of cases) {
    const { alpha, lambda, q } = pointOf(loss, pairs, shift);
    const law = tail ? tailLaw : earlyLaw(loss, alpha, pairs, COUNT);
    const weightsAt = (at: Float64Array) => {
      const into = new Float64Array(COUNT);
      law.weights(at, into);
      return into;
    };

    it(`give what the loss gives: ${title}`, () => {
      expect(relativeError(weightsAt(lambda), q)).to.be.below(1e-13);
    });

    it(`have the derivative that differences give: ${title}`, () => {
      const expected = jacobianByDifferences(weightsAt, lambda);
      const rows = new Float64Array(COUNT * COUNT);
      for (let i = 0; i < COUNT; i++) {
        rows[i * COUNT + i] = 1;
        timesDualDerivative(law, q, rows, i * COUNT);
      }
      expect(relativeError(rows, expected)).to.be.below(1e-10);
    });
  }

  it('do not change in the tail when all λ shift together, and sum to 1', () => {
    const { lambda } = pointOf(exponentialLoss, 1, 5);
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    const [q, shifted] = [0, 1e4].map((by) => {
      const into = new Float64Array(COUNT);
      tailLaw.weights(
        lambda.map((value) => value + by),
        into,
      );
      return into;
    });
    expect(sum(q)).to.be.closeTo(1, 1e-15);
    expect(relativeError(shifted, q)).to.be.below(1e-11);
  });

  it('are exponential to double precision from where the tail begins', () => {
    const margins = Float64Array.of(0, 1, 2).map(
      (value) => value + logisticLoss.exponentialFrom + 1,
    );
    const [exact, tail] = [logisticLoss, exponentialLoss].map((loss) => {
      const into = new Float64Array(3);
      return [loss.dual(margins, 1, into), ...into];
    });
    expect(exact[0]).to.be.above(logisticLoss.exponentialFrom);
    expect(relativeError(exact, tail)).to.be.below(1e-15);
  });
});
