import { expect } from 'chai';
import { doubtOf } from '../../../src/cli/flow/limit.js';
import type { KktPoint, LimitCertificate } from '../../../src/flows/index.js';

const limit: KktPoint = {
  direction: Float64Array.of(1, 0),
  margin: 0.5,
  multipliers: Float64Array.of(1),
  support: [0],
  kinks: [
    { example: 0, unit: 0, multiplier: 1 },
    { example: 0, unit: 1, multiplier: NaN },
  ],
  residual: 1e-14,
  feasibility: 1e-15,
  smallestMultiplier: 1,
  slack: Infinity,
  iterations: 5,
  converged: true,
  message: 'Converged.',
};

function certificate(point: Partial<KktPoint>, rest: Partial<LimitCertificate> = {}) {
  return {
    limit: { ...limit, ...point },
    startAlphas: [9.999999999999998, 100, 1000],
    angles: [1e-2, 1e-3, 1e-4],
    agreement: [0, 0, 0],
    marginAgreement: [0, 0, 0],
    ...rest,
  };
}

const doubtful: [string, LimitCertificate, string][] = [
  ['two starts', certificate({}, { startAlphas: [10, 100] }), 'it takes 3 rows'],
  ['starts that are close', certificate({}, { startAlphas: [10, 20, 200] }), 'it takes 3 rows'],
  ['starts that disagree', certificate({}, { marginAgreement: [1e-3, 0, 0] }), 'differ by 1.0e-3'],
  ['a residual', certificate({ residual: 1e-6 }), 'its residual is 1.0e-6'],
  ['a residual that is no number', certificate({ residual: NaN }), 'its residual is NaN'],
  ['unequal margins', certificate({ feasibility: 1e-3 }), 'the margins of its support differ'],
  ['no multiplier', certificate({ smallestMultiplier: 0 }), 'a multiplier is not positive'],
  ['a violated margin', certificate({ slack: -0.1 }), 'a margin outside its support'],
  [
    'a slope that is none',
    certificate({ kinks: [{ example: 0, unit: 0, multiplier: 1.1 }] }),
    'a Clarke multiplier lies outside [0, 1]',
  ],
];

describe('the doubt about a limit', () => {
  it('is none where three rows, a decade apart, lead to one KKT point', () => {
    expect(doubtOf(certificate({}))).to.equal(undefined);
  });

  for (const [title, doubted, sentence] of doubtful) {
    it(`is told of ${title}`, () => {
      expect(doubtOf(doubted)).to.contain('The limit is not certified: ');
      expect(doubtOf(doubted)).to.contain(sentence);
    });
  }

  it('is that there is none where no KKT point was found', () => {
    expect(doubtOf(certificate({ converged: false }))).to.equal('The limit was not found.');
  });
});
