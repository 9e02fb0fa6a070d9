import { expect } from 'chai';
import type { AlignmentRecord } from '../../src/claims/alignment/plan.js';
import { planarDescentPlan } from '../../src/claims/common/flow-plans.js';
import { alignmentClaim, judgeClaim } from '../../src/claims/index.js';
import { runExperiment } from '../../src/experiments/index.js';
import type { FlowRecord } from '../../src/records/index.js';
import {
  dissent,
  evidenceOf,
  realRecords,
  RUN_TIME,
  smoke,
  withCertificate,
  withColumns,
  withFlowChanged,
} from './records.js';
import { visit } from './certificates.js';

const judge = (record: AlignmentRecord) => alignmentClaim.judge(record);
const verdict = (record: AlignmentRecord) => judgeClaim(alignmentClaim, record).verdict;

describe('the claim that gradients align', () => {
  let real: AlignmentRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = (await realRecords()).alignment;
  });

  const withFlow = (change: (run: FlowRecord) => FlowRecord, k = 0) =>
    withFlowChanged(real, change, k);

  it('is supported by a quick run', () => {
    expect(dissent(judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(alignmentClaim.expected);
  });

  it('is judged on the record alone', () => {
    expect(judge(real)).to.deep.equal(judge(real));
  });

  for (const k of [0, 1]) {
    it(`is contradicted by an angle that does not shrink, in flow ${k}`, () => {
      const steady = withFlow(
        (run) => withColumns(run, (own) => ({ alignmentAngle: own.alpha.map(() => 0.1) })),
        k,
      );
      const { name } = real.flows[k].problem;
      expect(dissent(judge(steady))).to.deep.equal([
        `angle between θ and −∇𝓛, ${name}: contradicted`,
        `rate at which the angle between θ and −∇𝓛 falls ÷ predicted rate, ${name}: inconclusive`,
      ]);
      expect(verdict(steady)).to.equal('contradicted');
    });

    it(`is left open by an angle that shrinks too slowly, or is no number, in flow ${k}`, () => {
      const change = (angle: (alpha: number) => number) =>
        withFlow((run) => withColumns(run, (own) => ({ alignmentAngle: own.alpha.map(angle) })), k);
      expect(verdict(change((alpha) => 1 / Math.log(10 + Math.abs(alpha))))).to.equal(
        'inconclusive',
      );
      expect(verdict(change(() => NaN))).to.equal('inconclusive');
    });

    it(`asks for a cosine near 1 at the end, in flow ${k}`, () => {
      const ending = (cosine: number) =>
        evidenceOf(
          judge(
            withFlow(
              (run) => withColumns(run, (own) => ({ alignment: own.alpha.map(() => cosine) })),
              k,
            ),
          ),
          new RegExp(`^cosine at the end, ${real.flows[k].problem.name}`),
        ).verdict;
      expect(ending(0.99)).to.equal('supported');
      expect(ending(0.98)).to.equal('inconclusive');
      expect(ending(NaN)).to.equal('inconclusive');
      expect(ending(0.5)).to.equal('contradicted');
      expect(ending(-1)).to.equal('contradicted');
    });
  }

  it('is left open by an angle that stays near a KKT point that is not stable', () => {
    const steady = (change: (run: FlowRecord) => FlowRecord) =>
      withFlow((run) =>
        change(withColumns(run, (own) => ({ alignmentAngle: own.alpha.map(() => 0.1) }))),
      );
    const stability = { lambda: 1.9, unstable: 1, flat: 0, tangent: 61 };
    const record = steady((run) => withCertificate(run, {}, { stability }));
    expect(verdict(record)).to.equal('inconclusive');
    const { note } = evidenceOf(judge(record), /^angle between θ and −∇𝓛, planar/);
    expect(note).to.include('it rests near a KKT point');
    const doubts = ['it is not known'];
    const doubted = (run: FlowRecord) => withCertificate(run, { doubts });
    expect(
      verdict(steady((run) => ({ ...doubted(run), visits: [{ ...visit, toAlpha: 1e6 }] }))),
    ).to.equal('inconclusive');
    expect(verdict(steady(doubted)), 'no saddle').to.equal('contradicted');
  });

  it('is left open by a rate that is not the one that λ predicts, or has no certified limit', () => {
    const pattern = /^rate at which .*, planar/;
    const rate = (change: Parameters<typeof withCertificate>[1]) =>
      evidenceOf(judge(withFlow((run) => withCertificate(run, change))), pattern);
    expect(evidenceOf(judge(real), pattern).value).to.be.within(0.9, 1.1);
    const { predictedRatio } = real.flows[0].certificate;
    for (const [power, said] of [
      [0.72, 'supported'],
      [1.25, 'supported'],
      [0.6, 'inconclusive'],
      [1.6, 'inconclusive'],
    ] as const) {
      // The run falls as it does; the prediction is another.
      const { verdict: found } = rate({ predictedRatio: predictedRatio ** (1 / power) });
      expect(found, String(power)).to.equal(said);
    }
    const doubted = rate({ doubts: ['it is not known'] });
    expect(doubted.verdict).to.equal('inconclusive');
    expect(doubted.note).to.include('the limit is not certified: doubts about the limit');
  });

  it('names its premises, and is left open where α > 0 does not hold', () => {
    const { note, value } = evidenceOf(judge(real), /^premise α > 0: .*, planar squared/);
    expect(value).to.be.closeTo(1e4, 1);
    expect(note).to.include('definable').and.to.include('∇p is locally Lipschitz');
    const early = withFlow((run) => ({
      ...run,
      decadePoints: run.decadePoints.map((point) => ({ ...point, alpha: -1 })),
    }));
    expect(dissent(judge(early))).to.include(
      'premise α > 0: α from where on it is judged, planar squared-relu: inconclusive',
    );
  });

  it('reports ReLU, which is beyond the theorem, without judging it', () => {
    const beyond = withColumns(real.beyond, (own) => ({ alignment: own.alpha.map(() => -1) }));
    expect(verdict({ ...real, beyond })).to.equal('supported');
  });

  it('does not count descent whose cosine changes when its steps are halved', () => {
    const shifted = (by: number) => {
      const descent = withColumns(real.descent, (own) => ({
        alignment: own.alignment.map((cosine) => cosine - by),
      }));
      return verdict({ ...real, descent });
    };
    expect(shifted(1e-4)).to.equal('supported');
    expect(shifted(0.01)).to.equal('inconclusive');
    expect(shifted(0.6), 'a failed control never contradicts').to.equal('inconclusive');
    expect(shifted(NaN)).to.equal('inconclusive');
  });

  it('does not count descent that agrees with its halved steps and not with the flow', () => {
    const shift = (run: AlignmentRecord['descent']) =>
      withColumns(run, (own) => ({ alignment: own.alignment.map((cosine) => cosine - 0.01) }));
    const record = { ...real, descent: shift(real.descent), halved: shift(real.halved) };
    expect(dissent(judge(record))).to.deep.equal([
      "cosine of descent against the flow's, planar squared-relu: inconclusive",
    ]);
  });

  describe('against descent with far too long steps', () => {
    it('has a control whose cosine is stuck while its smoothed margin looks right', () => {
      const { coarse, halved } = real;
      const cosine = evidenceOf(judge(real), /^cosine with steps 0\.5\/α/).value;
      expect(cosine).to.be.below(0.9);
      const [stuck, right] = [coarse, halved].map(({ measurements: { smoothedMargin } }) => {
        return smoothedMargin[smoothedMargin.length - 1];
      });
      expect(stuck / right).to.be.within(0.95, 1.05);
    });

    it('is not supported where such descent is all there is', async function () {
      this.timeout(RUN_TIME);
      const size = { c: 0.25, decades: 3, maxSteps: 200_000 };
      const halved = await runExperiment(planarDescentPlan('squared-relu', size, smoke));
      const record = { ...real, descent: real.coarse, halved };
      const evidence = judge(record);
      expect(evidenceOf(evidence, /when steps are halved/).verdict).to.not.equal('supported');
      expect(evidenceOf(evidence, /against the flow's/).verdict).to.not.equal('supported');
      expect(verdict(record)).to.not.equal('supported');
    });

    it('is left open where descent is not finite', () => {
      const lost = withColumns(real.descent, (own) => ({ alpha: own.alpha.map(() => NaN) }));
      expect(verdict({ ...real, descent: lost })).to.equal('inconclusive');
      expect(verdict({ ...real, halved: lost })).to.equal('inconclusive');
    });
  });
});
