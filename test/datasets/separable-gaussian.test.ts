import { expect } from 'chai';
import { separableGaussian } from '../../src/datasets/separable-gaussian.js';
import { expectKkt, marginsAndStationarity } from './known-solution.js';

const options = { examples: 30, dimension: 5, margin: 0.5, gap: 0.2 };

describe('separableGaussian', () => {
  it('satisfies the KKT conditions with the planted direction and margin', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { dataset, solution, direction } = separableGaussian(options, seed);
      expectKkt(dataset, solution);
      expect(solution.margin).to.be.closeTo(0.5, 1e-15);
      expect(Math.hypot(...direction)).to.be.closeTo(1, 1e-15);
    }
  });

  it('has as many support vectors as asked for, and a gap behind them', () => {
    for (const supportVectors of [2, 3, 5]) {
      const { dataset, solution, support } = separableGaussian({ ...options, supportVectors }, 1);
      expect(support).to.have.length(supportVectors);
      const { margins } = marginsAndStationarity(dataset, solution);
      margins.forEach((margin, i) => {
        if (support.includes(i)) expect(margin).to.be.closeTo(1, 1e-13);
        else expect(margin).to.be.at.least((0.5 + 0.2) / 0.5 - 1e-13);
      });
    }
  });

  it('has both classes, half each', () => {
    const { dataset } = separableGaussian(options, 2);
    expect(dataset.labels.reduce((sum, y) => sum + y, 0)).to.equal(0);
  });

  it('gives the same bytes for the same seed and others for another', () => {
    expect(separableGaussian(options, 3)).to.deep.equal(separableGaussian(options, 3));
    expect(separableGaussian(options, 3).dataset.inputs).not.to.deep.equal(
      separableGaussian(options, 4).dataset.inputs,
    );
  });

  it('refuses options out of range', () => {
    const attempt = (changes: Partial<typeof options> & { supportVectors?: number }) => () =>
      separableGaussian({ ...options, ...changes }, 1);
    expect(attempt({ supportVectors: 6 })).to.throw(
      'separableGaussian: expected at most 5 support vectors in dimension 5, found 6.',
    );
    expect(attempt({ examples: 4 })).to.throw(
      'separableGaussian: expected examples to be a whole number of at least 5, found 4.',
    );
    expect(attempt({ dimension: 1 })).to.throw('expected dimension');
    expect(attempt({ supportVectors: 1 })).to.throw('expected supportVectors');
    expect(attempt({ margin: 0 })).to.throw('expected margin to be greater than 0, found 0.');
    expect(attempt({ gap: 0 })).to.throw('expected gap to be greater than 0, found 0.');
  });
});
