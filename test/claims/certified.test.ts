import { expect } from 'chai';
import { certified } from '../../src/claims/index.js';
import type { LimitCertificate } from '../../src/flows/index.js';
import { SHARE_OF_RATE } from '../../src/numerics/rates.js';
import { soundCertificate as sound, withLimit } from './certificates.js';
import { dissent, evidenceOf } from './records.js';

const HIGHEST = 0.49;
/** The slowest fall that passes where 0.5 is predicted. */
const MOST = 0.5 ** SHARE_OF_RATE;

describe('a certificate', () => {
  const otherwise = (certificate: LimitCertificate, highest = HIGHEST) =>
    dissent(certified('flow', certificate, highest)).map((line) => line.replace(', flow:', ':'));
  const piece = (certificate: LimitCertificate, metric: RegExp, highest = HIGHEST) =>
    evidenceOf(certified('flow', certificate, highest), metric);

  it('supports where everything holds', () => {
    expect(otherwise(sound)).to.deep.equal([]);
    expect(otherwise(withLimit({ slack: Infinity }))).to.deep.equal([]);
    expect(otherwise(withLimit({ residual: 1e-12, feasibility: 1e-12 }))).to.deep.equal([]);
  });

  it('has a piece of evidence for each condition, with what was held against what', () => {
    const rows = certified('flow', sound, HIGHEST).map(({ metric, value, threshold }) => [
      metric,
      value,
      threshold,
    ]);
    expect(rows).to.deep.equal([
      ['doubts about the limit, flow', 0, '≤ 0'],
      ['KKT residual of the limit, flow', 1e-15, '≤ 1e-12'],
      ['spread of the limits from three starts, flow', 1e-12, '≤ 1e-8'],
      ['λ at the limit, flow', 0.1, '< 1'],
      ['smoothed margin of the flow above that of the limit, flow', HIGHEST / 0.5 - 1, '≤ 1e-12'],
      [
        'slowest fall of the angle to the limit per decade of α, flow',
        0.5,
        `≤ ${MOST.toPrecision(3)}`,
      ],
    ]);
    expect(piece(sound, /^KKT residual/).note).to.equal(
      '2 active constraints, smallest multiplier 0.800 of their mean, slack of the others 0.100; ' +
        'The approach came to rest after 5 steps, with 2 active constraints.',
    );
  });

  it('takes the doubts of the certificate for what they are', () => {
    const doubted = { ...sound, doubts: ['a multiplier is not positive', 'and more'] };
    expect(otherwise(doubted)).to.deep.equal(['doubts about the limit: inconclusive']);
    expect(piece(doubted, /^doubts/).note).to.equal('a multiplier is not positive; and more');
  });

  for (const [title, change] of [
    ['did not converge', { converged: false }],
    ['has a negative multiplier', { smallestMultiplier: -0.1 }],
    ['has a multiplier of zero', { smallestMultiplier: 0 }],
    ['has no smallest multiplier', { smallestMultiplier: NaN }],
    ['violates another constraint', { slack: -0.1 }],
    ['has another constraint with the same margin', { slack: 0 }],
    ['has no slack', { slack: NaN }],
    ['has a residual above its bound', { residual: 2e-12 }],
    ['has no residual', { residual: NaN }],
    ['has active margins that differ', { feasibility: 2e-12 }],
    ['has no feasibility', { feasibility: NaN }],
    ['has a slope below 0', { kinks: [{ example: 0, unit: 0, multiplier: -0.1 }] }],
    ['has a slope above 1', { kinks: [{ example: 0, unit: 0, multiplier: 1.5 }] }],
  ] as const) {
    it(`is inconclusive, never contradicting, where the limit ${title}`, () => {
      expect(otherwise(withLimit(change))).to.deep.equal([
        'KKT residual of the limit: inconclusive',
      ]);
    });
  }

  it('supports slopes from 0 to 1, and those where nothing depends on them', () => {
    for (const multiplier of [0, 1, NaN]) {
      const kinks = [{ example: 0, unit: 0, multiplier }];
      expect(otherwise(withLimit({ kinks }))).to.deep.equal([]);
    }
  });

  it('is inconclusive where the starts lead apart, in direction', () => {
    const spread = ['spread of the limits from three starts: inconclusive'];
    expect(otherwise({ ...sound, agreement: [1, 1e-14, 0] })).to.deep.equal(spread);
    expect(otherwise({ ...sound, marginAgreement: [1e-3, 0, 0] })).to.deep.equal([]);
    for (const agreement of [[NaN, 0, 0], [0, NaN, 0], [], [0], [0, 0]]) {
      expect(otherwise({ ...sound, agreement }), agreement.join()).to.deep.equal(spread);
    }
  });

  it('compares starts by their margins where KKT points form a manifold, and says so', () => {
    const flat = withLimit({}, { flat: 2 });
    expect(otherwise({ ...flat, agreement: [1, 0.1, 0] })).to.deep.equal([]);
    expect(otherwise({ ...flat, marginAgreement: [1e-3, 0, 0] })).to.deep.equal([
      'spread of the limits from three starts: inconclusive',
    ]);
    expect(piece(flat, /^spread/).note).to.include('difference of a margin');
    expect(piece(flat, /^λ at the limit/).note).to.include(
      'a manifold of such limits, of 2 dimensions',
    );
    expect(piece(sound, /^λ at the limit/).note).to.not.include('manifold');
  });

  it('is inconclusive for a limit that the flow leaves', () => {
    const saddle = withLimit({}, { lambda: 1.5, unstable: 1 });
    expect(otherwise(saddle)).to.deep.equal(['λ at the limit: inconclusive']);
    expect(piece(saddle, /^λ/).value).to.equal(1.5);
  });

  it('is supported where there is no direction to leave it', () => {
    const point = withLimit({}, { lambda: NaN, tangent: 0 });
    expect(otherwise({ ...point, predictedRatio: 0.1, measuredRatios: [0.1, 0.1] })).to.deep.equal(
      [],
    );
  });

  it('is inconclusive for a limit below the margin that the flow has come to', () => {
    const row = ['smoothed margin of the flow above that of the limit: inconclusive'];
    expect(otherwise(sound, 0.5)).to.deep.equal([]);
    expect(otherwise(sound, 0.5 + 1e-11)).to.deep.equal(row);
    expect(otherwise(sound, 0.6)).to.deep.equal(row);
    expect(otherwise(sound, NaN)).to.deep.equal(row);
  });

  it('is inconclusive where the angle falls more slowly than λ says, or rises', () => {
    const row = ['slowest fall of the angle to the limit per decade of α: inconclusive'];
    const measured = (...measuredRatios: number[]) => otherwise({ ...sound, measuredRatios });
    expect(measured(0.3, MOST - 0.01)).to.deep.equal([]);
    expect(measured(0.5, MOST + 0.01)).to.deep.equal(row);
    expect(measured(0.5, 1.2)).to.deep.equal(row);
    expect(measured(0.5, NaN)).to.deep.equal(row);
    expect(measured(0.5)).to.deep.equal(row);
    expect(measured()).to.deep.equal(row);
  });
});
