import { expect } from 'chai';
import { doubtsAbout, limitEntry } from '../../../src/cli/flow/limit.js';
import type { KktPoint, LimitCertificate } from '../../../src/flows/index.js';

const limit: KktPoint = {
  direction: Float64Array.of(1, 0),
  margin: 0.5,
  multipliers: Float64Array.of(1),
  support: [0],
  kinks: [{ example: 0, unit: 1, multiplier: 0.25 }],
  residual: 1e-14,
  feasibility: 1e-15,
  smallestMultiplier: 1,
  slack: Infinity,
  rounding: 1e-15,
  stability: { lambda: 0.25, unstable: 0, flat: 1, tangent: 3 },
  iterations: 5,
  converged: true,
  message: 'Converged.',
};

const certificate: LimitCertificate = {
  limit,
  startAlphas: [10, 100, 1000],
  angles: [1e-2, 5e-3, 2e-3],
  agreement: [0, 0, 0],
  marginAgreement: [0, 0, 0],
  expectedRatios: [],
  predictedRatio: 0.4,
  measuredRatios: [0.5, 0.4],
  doubts: [],
};

describe('the limit in a result of the flow command', () => {
  it('is certified where nothing speaks against it', () => {
    expect(doubtsAbout(certificate)).to.deep.equal([]);
    expect(limitEntry(certificate).certified).to.be.true;
  });

  it('is not, with all reasons in one sentence, where something does', () => {
    const doubted = { ...certificate, doubts: ['the angle rises', 'a multiplier is not positive'] };
    expect(doubtsAbout(doubted)).to.deep.equal([
      'The limit is not certified: the angle rises; a multiplier is not positive.',
    ]);
    expect(limitEntry(doubted).certified).to.be.false;
  });

  it('tells of its stability and rates in plain keys', () => {
    const entry = limitEntry(certificate);
    expect([entry.lambda, entry.flatDimensions, entry.unstableDirections]).to.deep.equal([
      0.25, 1, 0,
    ]);
    expect([entry.predictedRatio, ...entry.measuredRatios]).to.deep.equal([0.4, 0.5, 0.4]);
    expect(entry.kinks).to.deep.equal([[0, 1, 0.25]]);
    expect(entry).to.not.have.any.keys('stability', 'iterations');
  });
});
