import { expect } from 'chai';
import { exponentialLoss, logisticLoss, requireLoss, type Loss } from '../../src/losses/index.js';
import { gaussian, polynomial } from '../helpers/own-losses.js';

const positive = Float64Array.of(1.2, 3, 1.6, 2, 1.9, 5);

describe('a loss that a run begins with', () => {
  it('is taken where it is what it says, at margins of any size', () => {
    for (const loss of [exponentialLoss, logisticLoss]) {
      for (const pairs of [1, 2, 3]) {
        for (const size of [0, 1e-6, 1, 1e3, 1e12]) {
          for (const sign of [1, -1]) {
            const margins = positive.map((margin) => sign * size * margin);
            requireLoss(loss, margins, pairs);
          }
        }
      }
    }
    for (const loss of [gaussian, polynomial]) {
      for (const size of [1, 100, 1e8])
        requireLoss(
          loss,
          positive.map((p) => size * p),
          1,
        );
    }
  });

  it('is passed over where margins are not finite', () => {
    requireLoss(gaussian, Float64Array.of(NaN, 1), 1);
  });

  const refused = (part: Partial<Loss>, words: string, margins = positive) => {
    const loss = { ...exponentialLoss, name: 'mine', ...part };
    expect(() => requireLoss(loss, margins, 1)).to.throw(`The loss 'mine' ${words}`);
  };

  it('is refused where its α is none at the margins of the start, as outside of its domain', () => {
    expect(() => requireLoss(gaussian, Float64Array.of(-0.1, 0.1), 1)).to.throw(
      "The loss 'gaussian' has α = NaN where the smallest margin is -0.1; expected a finite number.",
    );
  });

  it('is refused where it rises, which a negative dual variable shows', () => {
    expect(() => requireLoss(gaussian, Float64Array.of(2, -2), 1)).to.throw(
      "The loss 'gaussian' has the dual variable ",
    );
  });

  it('is refused where its dual variables are not the derivatives of its α', () => {
    const dual: Loss['dual'] = (margins, pairs, q) => {
      const alpha = exponentialLoss.dual(margins, pairs, q);
      for (let i = 0; i < q.length; i++) q[i] *= 0.5;
      return alpha;
    };
    refused({ dual }, 'has dual variables by which α changes at the rate ');
  });

  it('is refused where its second derivatives, slope or decay are another one’s', () => {
    refused({ across: () => 0.5 }, 'says by within and across that its dual variable of margin 0 ');
    refused({ logSlope: (alpha) => -2 * alpha }, 'has |ℓ′|/ℓ = ');
    refused({ slopeDecay: () => 0.5 }, 'has slopeDecay 0.5 at α = ');
  });
});
