import { expect } from 'chai';
import {
  exponent,
  flowExponents,
  isSound,
  ownExponents,
} from '../../src/claims/rates/exponents.js';
import type { RatesRecord } from '../../src/claims/rates/plan.js';
import { judgeClaim, ratesClaim } from '../../src/claims/index.js';
import type { FlowRatesRecord } from '../../src/records/index.js';
import { dissent, evidenceOf, RUN_TIME } from './records.js';
import { shortRates } from './short-rates.js';

const verdict = (record: RatesRecord) => judgeClaim(ratesClaim, record).verdict;

/** A flow whose angle is α^{−of}, where α^{−expected} was expected. */
function madeUp(of: number, expected = of, lambda = 0.1): FlowRatesRecord {
  const alpha = Float64Array.from({ length: 12 }, (_, k) => 10 ** (k + 1));
  return {
    kind: 'flow-rates',
    name: 'made up',
    seed: 7,
    degree: 3,
    message: 'Made up.',
    doubts: [],
    margin: 0.1,
    lambda,
    unstable: 0,
    alpha,
    angle: alpha.map((a) => 0.3 * a ** -of),
    expected: alpha.map((_, k) => (k === 11 ? NaN : 10 ** -expected)),
    own: {
      alpha: alpha.slice(2, 7),
      predicted: alpha.slice(2, 7).map((a) => 0.3 * a ** -expected),
    },
  };
}

describe('the claim on rates', () => {
  let real: RatesRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = await shortRates();
  });

  const withFlows = (...flows: RatesRecord['flows']): RatesRecord => ({ ...real, flows });
  const withRule = (rule: 'constant' | 'normalised' | 'shrinking', power: number): RatesRecord => ({
    ...real,
    steps: {
      ...real.steps,
      [rule]: { ...real.steps[rule], angle: real.steps[rule].steps.map((t) => (t + 1) ** power) },
    },
  });

  it('is supported by a short run, whose exponents are predicted to a thousandth', () => {
    const evidence = ratesClaim.judge(real);
    expect(dissent(evidence)).to.deep.equal([]);
    expect(verdict(real)).to.equal(ratesClaim.expected);
    expect(evidenceOf(evidence, /^largest error of a fitted exponent/).value).to.be.below(1e-3);
    expect(evidenceOf(evidence, /^the flow itself/).value).to.be.below(2e-3);
    const [first] = real.flows;
    expect(first.kind === 'flow-rates' && flowExponents(first).slowest).to.be.closeTo(0.2728, 1e-4);
  });

  it('has runs with a row for every power of ten of α', () => {
    for (const run of real.flows) {
      if (run.kind !== 'flow-rates') throw new Error(run.message);
      expect(run.alpha).to.have.length(25);
      run.alpha.forEach((alpha, k) => expect(Math.log10(alpha)).to.be.closeTo(k + 1, 1e-6));
    }
  });

  it('fits the exponent of a power', () => {
    const x = [1, 3, 10, 50, 100];
    const y = x.map((value) => 5 * value ** -0.7);
    expect(exponent(x, y, 1, 100)).to.be.closeTo(-0.7, 1e-12);
    expect(exponent(x, y, 3, 10)).to.be.closeTo(-0.7, 1e-12);
    expect(exponent(x, y, 4, 9)).to.deep.equal(NaN);
    const { fitted, predicted, slowest } = flowExponents(madeUp(0.31, 0.3));
    expect(fitted).to.be.closeTo(0.31, 1e-12);
    expect(predicted).to.be.closeTo(0.3, 1e-12);
    expect(slowest).to.be.closeTo(0.3, 1e-15);
  });

  it('fits no angles that are as small as what limits are known to', () => {
    const fast = madeUp(1.1);
    const floored = { ...fast, angle: fast.angle.map((angle) => Math.hypot(angle, 7e-13)) };
    expect(Math.min(...floored.angle)).to.be.below(1e-12);
    expect(flowExponents(floored).fitted).to.be.closeTo(1.1, 0.005);
    expect(verdict(withFlows(fast, floored))).to.equal('supported');
    const early = { ...fast, angle: fast.angle.map(() => 1e-13) };
    expect(flowExponents(early).fitted).to.deep.equal(NaN);
    expect(isSound(early)).to.equal(false);
  });

  it('is contradicted by a fitted exponent that is not the predicted one', () => {
    expect(verdict(withFlows(madeUp(0.3)))).to.equal('supported');
    expect(verdict(withFlows(madeUp(0.32, 0.3)))).to.equal('inconclusive');
    expect(verdict(withFlows(madeUp(0.4, 0.3)))).to.equal('contradicted');
  });

  it('asks the flow itself too, where its equation for infinite α plays no part', () => {
    const good = madeUp(0.3);
    const { own } = good;
    if (!own) throw new Error('The run has no decades of its own.');
    const predicting = (power: number, size = 0.3): FlowRatesRecord => ({
      ...good,
      own: { ...own, predicted: own.alpha.map((a) => size * a ** -power) },
    });
    expect(ownExponents(predicting(0.31))!.fitted).to.be.closeTo(0.3, 1e-12);
    expect(ownExponents(predicting(0.31))!.predicted).to.be.closeTo(0.31, 1e-12);
    expect(verdict(withFlows(good, predicting(0.31)))).to.equal('supported');
    expect(verdict(withFlows(good, predicting(0.33)))).to.equal('inconclusive');
    expect(verdict(withFlows(good, predicting(0.5)))).to.equal('contradicted');
    // Far from the limit nothing is predicted, and most have to be near.
    const far = predicting(0.5, 30);
    expect(verdict(withFlows(good, good, good, good, far))).to.equal('supported');
    expect(verdict(withFlows(good, far))).to.equal('inconclusive');
    expect(verdict(withFlows(good, { ...good, own: undefined }))).to.equal('inconclusive');
  });

  it('is contradicted by a flow that is slower than its slowest part', () => {
    expect(verdict(withFlows(madeUp(0.28, 0.28)))).to.equal('inconclusive');
    expect(verdict(withFlows(madeUp(0.2, 0.2)))).to.equal('contradicted');
  });

  it('asks nothing of flows without a certified limit, which may be a fifth', () => {
    const wrong = madeUp(0.1, 0.3);
    const doubted = { ...wrong, doubts: ['starts lead to different points'] };
    expect(isSound(doubted)).to.equal(false);
    expect(isSound({ ...wrong, unstable: 1 })).to.equal(false);
    expect(isSound({ ...wrong, expected: wrong.expected.map(() => NaN) })).to.equal(false);
    const good = madeUp(0.3);
    expect(verdict(withFlows(good, good, good, good, doubted))).to.equal('supported');
    expect(verdict(withFlows(good, doubted))).to.equal('inconclusive');
    const none = { kind: 'unfinished', wanted: 'flow-rates', message: 'Not run.' } as const;
    expect(verdict(withFlows(none))).to.equal('inconclusive');
    expect(ratesClaim.figures(withFlows(none))).to.have.length(1);
  });

  it('judges the exponents of steps, but for constant ones', () => {
    expect(verdict(withRule('normalised', -0.9))).to.equal('inconclusive');
    expect(verdict(withRule('normalised', -0.5))).to.equal('contradicted');
    expect(verdict(withRule('shrinking', -0.5))).to.equal('supported');
    expect(verdict(withRule('shrinking', -1))).to.equal('contradicted');
    expect(verdict(withRule('constant', -1))).to.equal('supported');
  });

  it('judges the flow in log t', () => {
    const { flow } = real.steps;
    const slow = { ...flow, angle: flow.logTime.map((t) => Math.abs(t) ** -0.5) };
    expect(verdict({ ...real, steps: { ...real.steps, flow: slow } })).to.equal('contradicted');
  });
});
