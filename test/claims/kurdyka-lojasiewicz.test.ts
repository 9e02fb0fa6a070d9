import { expect } from 'chai';
import {
  finalPower,
  fittedPower,
  judgeClaim,
  kurdykaLojasiewicz,
  lengthPerGapUnit,
  predictedCourse,
  remaining,
} from '../../src/claims/index.js';
import type { KurdykaRecord } from '../../src/claims/kurdyka-lojasiewicz/plan.js';
import { angleBetween } from '../../src/numerics/vectors.js';
import type { FlowRecord } from '../../src/records/index.js';
import { shortKurdyka } from './kurdyka-records.js';
import {
  dissent,
  evidenceOf,
  realRecords,
  RUN_TIME,
  withCertificate,
  withFlowChanged,
} from './records.js';

const judge = (record: KurdykaRecord) => kurdykaLojasiewicz.judge(record);
const verdict = (record: KurdykaRecord) => judgeClaim(kurdykaLojasiewicz, record).verdict;

/** The run with another path length at its powers of ten, what is left at the last of them being the same. */
function withLengths(run: FlowRecord, lengthOf: (gap: number) => number): FlowRecord {
  const rows = remaining(run);
  const tail = rows[rows.length - 1].length;
  const end = lengthOf(rows[rows.length - 1].gap);
  const decadePoints = run.decadePoints.map((point, k) => ({
    ...point,
    pathLength: 10 - lengthOf(rows[k].gap) * (tail / end),
  }));
  return { ...run, decadePoints };
}

describe('the claim about the Kurdyka–Łojasiewicz inequality', () => {
  let real: KurdykaRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    const [squared, relu] = (await realRecords()).direction.flows;
    real = await shortKurdyka(relu, squared);
  });

  const withFlow = (k: number, change: (run: FlowRecord) => FlowRecord) =>
    withFlowChanged(real, change, k);

  it('is supported by a quick run', () => {
    expect(dissent(judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(kurdykaLojasiewicz.expected);
  });

  it('has the powers of generic flows, for degrees 1, 2, 2 and 3, as the curvature predicts them', () => {
    const powers = judge(real).filter(({ metric }) => metric.startsWith('power'));
    const expected = [1, 0.5, 0.5, 0.5];
    powers.forEach(({ value, threshold }, k) => {
      expect(value).to.be.closeTo(expected[k], 0.03);
      expect(value).to.be.closeTo(parseFloat(threshold), 0.005);
    });
    expect(real.flows.map((run) => finalPower(run))).to.deep.equal(expected);
    const { note } = powers[3];
    expect(note).to.match(/length falls by 0\.5\d\d, 0\.5\d\d, a − γ̃ by 0\.2\d/);
  });

  it('predicts what is left from the parts of the deviation', () => {
    const run = real.flows[3];
    const rows = run.decadePoints.slice(-3);
    const from = run.decadePoints.length - 3;
    const withParts = (
      rates: number[],
      sizes: number[],
      across: number,
      multipliers: number[],
    ) => ({
      ...withCertificate(run, {}, { margin: 0.5, multipliers: Float64Array.from(multipliers) }),
      decadeMeasures: run.decadeMeasures.map((measured, k) =>
        k === from
          ? {
              ...measured,
              deviation: {
                rates: Float64Array.from(rates),
                sizes: Float64Array.from(sizes),
                across,
              },
            }
          : measured,
      ),
    });
    // One part: a straight path of the same length as the angle, and γ̃ off by L² r c²/2 of a.
    const one = predictedCourse(withParts([0.3], [1e-2], 0, [1]), rows)!;
    one.forEach(({ length, gap }, k) => {
      const c = 1e-2 * 10 ** (-0.3 * k);
      expect(length / c).to.be.closeTo(1, 1e-9);
      expect(gap / (0.5 * 9 * 0.15 * c * c)).to.be.closeTo(1, 1e-9);
    });
    expect(fittedPower(one)).to.be.closeTo(0.5, 1e-9);
    // Across the constraints alone, with two equal multipliers: a − γ̃ is γ log 2/α.
    const across = predictedCourse(withParts([], [], 1e-6, [0.5, 0.5]), rows)!;
    expect(fittedPower(across)).to.be.closeTo(1, 1e-6);
    expect(across[2].gap / ((0.5 * Math.log(2)) / rows[2].alpha)).to.be.closeTo(1, 1e-6);
    // Two parts at right angles: the path is longer than the angle.
    const two = predictedCourse(withParts([0.6, 0.3], [1e-2, 1e-2], 0, [1]), rows)!;
    expect(two[0].length).to.be.within(1.0001 * Math.SQRT2 * 1e-2, 2e-2);
    // What lies along a manifold of limits stays, and is no way to go.
    const resting = predictedCourse(withParts([0.3, 1e-9], [1e-2, 1], 0, [1]), rows)!;
    expect(resting[0].length / one[0].length).to.be.closeTo(1, 1e-12);
    expect(predictedCourse(run, [{ alpha: 12 }, { alpha: 13 }])).to.equal(undefined);
  });

  it('keeps apart where growth along θ does the work', () => {
    const shares = judge(real).filter(({ metric }) => metric.startsWith('rise of γ̃'));
    expect(shares[0].value).to.be.below(1e-4);
    expect(shares[1].value).to.be.within(0.5, 1.5);
    expect(shares[3].value).to.be.above(1);
  });

  it('is contradicted by a path that is left for ever, or falls too slowly', () => {
    for (const k of [0, 1, 2, 3]) {
      const slow = (power: number) =>
        verdict(withFlow(k, (run) => withLengths(run, (gap) => gap ** power)));
      expect(slow(0.1), String(k)).to.equal('contradicted');
      expect(slow(k === 0 ? 0.8 : 0.35), String(k)).to.equal('inconclusive');
      const rows = remaining(real.flows[k]).slice(-3);
      const predicted = fittedPower(predictedCourse(real.flows[k], rows)!);
      expect(slow(predicted), String(k)).to.equal('supported');
      expect(slow(predicted + 0.02), String(k)).to.equal('inconclusive');
    }
  });

  it('is left open without a certified limit, near an unstable point, and by short runs', () => {
    const slow = (run: FlowRecord) => withLengths(run, (gap) => gap ** 0.1);
    const unstable = { stability: { lambda: 1.9, unstable: 1, flat: 0, tangent: 61 } };
    for (const change of [
      (run: FlowRecord) => withCertificate(run, { doubts: ['it is not known'] }),
      (run: FlowRecord) => withCertificate(slow(run), { doubts: ['it is not known'] }),
      (run: FlowRecord) => withCertificate(slow(run), { measuredRatios: [0.95, 0.96] }),
      (run: FlowRecord) => withCertificate(run, {}, unstable),
      (run: FlowRecord) => withCertificate(slow(run), {}, unstable),
      (run: FlowRecord) => ({ ...run, decadePoints: run.decadePoints.slice(0, 3) }),
      (run: FlowRecord) => ({
        ...run,
        decadeMeasures: run.decadeMeasures.map((measured) => ({
          ...measured,
          deviation: undefined,
        })),
      }),
    ]) {
      expect(verdict(withFlow(3, change))).to.equal('inconclusive');
    }
  });

  describe('on the spiral', () => {
    const withPath = (lengthAt: (gap: number) => number): KurdykaRecord => {
      const { curve } = real.spiral;
      const spiral = {
        ...real.spiral,
        curve: { ...curve, pathLength: curve.minusLogGap.map(lengthAt) },
      };
      return { ...real, spiral };
    };

    it('is contradicted by a path that a function of a − γ̃ bounds', () => {
      expect(verdict(withPath((x) => 3 - Math.exp(-x / 2)))).to.equal('contradicted');
      expect(verdict(withPath((x) => x))).to.equal('supported');
      expect(verdict(withPath((x) => Math.log(x)))).to.equal('inconclusive');
    });

    it('has a path as long as −log(a − γ̃), but for half its logarithm', () => {
      const aside = evidenceOf(judge(real), /^ζ \+ log/);
      expect(Math.abs(aside.value)).to.be.below(0.02);
      for (const length of lengthPerGapUnit(real.spiral.curve, 6)) {
        expect(length).to.be.within(0.95, 1);
      }
    });
  });

  it('is contradicted by secants that keep turning, and left open by another expansion', () => {
    const secant = real.secants[0];
    const turning = { ...secant, pathLength: secant.log10Distance.map((value) => -value) };
    expect(verdict({ ...real, secants: [turning] })).to.equal('contradicted');
    const other = { ...secant, angle: secant.angle.map((value) => 1.1 * value) };
    expect(verdict({ ...real, secants: [other] })).to.equal('inconclusive');
  });

  it('is left open where Clarke gradients disagree, and contradicted where margins grow otherwise', () => {
    const { chainRule } = real;
    const spread = chainRule.spread.map((value, k) => (k % 5 === 0 ? 0.1 : value));
    expect(verdict({ ...real, chainRule: { ...chainRule, spread } })).to.equal('inconclusive');
    const all = (value: number) => ({
      ...chainRule,
      mismatch: chainRule.mismatch.map(() => value),
    });
    expect(verdict({ ...real, chainRule: all(0.7) })).to.equal('contradicted');
    expect(verdict({ ...real, chainRule: all(0.1) })).to.equal('inconclusive');
    expect(verdict({ ...real, chainRule: all(NaN) })).to.equal('inconclusive');
    const none = { ...chainRule, spread: chainRule.spread.map(() => NaN) };
    expect(verdict({ ...real, chainRule: none })).to.equal('inconclusive');
    const { note } = evidenceOf(judge({ ...real, chainRule: none }), /Clarke gradients disagree/);
    expect(note).to.match(/; the flow slides on no kink, so that nothing was asked$/);
  });

  it('sees that the gradient of slope 0 is no velocity', () => {
    const { note } = evidenceOf(judge(real), /Clarke gradients disagree/);
    expect(note).to.match(/and 0\.\d+ with the gradient of slope 0/);
  });

  it('takes what is left at the end for the angle to the limit, and fits a power by least squares', () => {
    const run = real.flows[3];
    const rows = remaining(run);
    const { direction } = run.decadePoints[run.decadePoints.length - 1];
    expect(rows[rows.length - 1].length).to.equal(
      angleBetween(direction, run.certificate.limit.direction),
    );
    const exact = [1, 2, 5].map((gap) => ({ gap, length: 3 * gap ** 0.7 }));
    expect(fittedPower(exact)).to.be.closeTo(0.7, 1e-12);
    expect(fittedPower(exact.slice(0, 1))).to.be.NaN;
  });
});
