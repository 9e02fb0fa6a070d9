import { expect } from 'chai';
import { judgeClaim, marginMaximization } from '../../src/claims/index.js';
import type { MarginMaximizationRecord } from '../../src/claims/margin-maximization/plan.js';
import { planarProblem } from '../../src/experiments/index.js';
import { descend, type StepRule } from '../../src/flows/index.js';
import { measure } from '../../src/metrics/index.js';
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

const judge = (record: MarginMaximizationRecord) => marginMaximization.judge(record);
const verdict = (record: MarginMaximizationRecord) =>
  judgeClaim(marginMaximization, record).verdict;

describe('the claim that margins grow to a KKT point', () => {
  let real: MarginMaximizationRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = (await realRecords()).margin;
  });

  const withFlow = (change: (run: FlowRecord) => FlowRecord, k = 0) =>
    withFlowChanged(real, change, k);
  const withKinked = (change: (run: FlowRecord) => FlowRecord): MarginMaximizationRecord => ({
    ...real,
    kinked: change(real.kinked),
  });
  const everywhere = (change: (run: FlowRecord) => FlowRecord) => [
    withFlow(change, 0),
    withFlow(change, 1),
    withKinked(change),
  ];

  it('is supported by a quick run', () => {
    expect(dissent(judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(marginMaximization.expected);
  });

  it('is judged on the record alone', () => {
    expect(judge(real)).to.deep.equal(judge(real));
  });

  it('is contradicted by a smoothed margin that falls', () => {
    const falling = (by: number) => (run: FlowRecord) =>
      withColumns(run, ({ smoothedMargin }) => ({
        smoothedMargin: smoothedMargin.map((value, k) =>
          k === smoothedMargin.length - 1 ? smoothedMargin[k - 1] * (1 - by) : value,
        ),
      }));
    for (const record of everywhere(falling(1e-5))) {
      expect(dissent(judge(record)).length).to.equal(1);
      expect(verdict(record)).to.equal('contradicted');
    }
    for (const record of everywhere(falling(1e-8)))
      expect(verdict(record)).to.equal('inconclusive');
    for (const record of everywhere(falling(1e-10))) expect(verdict(record)).to.equal('supported');
    for (const record of everywhere(falling(NaN))) expect(verdict(record)).to.equal('inconclusive');
  });

  it('is contradicted by one that falls little by little', () => {
    const drifting = withFlow((run) =>
      withColumns(run, ({ smoothedMargin }) => ({
        smoothedMargin: smoothedMargin.map((value, k) => {
          const late = k - (smoothedMargin.length - 100);
          return late > 0 ? smoothedMargin[smoothedMargin.length - 100] * (1 - 2e-8 * late) : value;
        }),
      })),
    );
    const { value } = evidenceOf(judge(drifting), /^largest relative decrease .*, planar squared/);
    expect(value).to.be.closeTo(2e-8 * 99, 1e-10);
    expect(verdict(drifting)).to.equal('contradicted');
  });

  it('does not mind a smoothed margin that falls before α > 0', () => {
    const early = withFlow((run) =>
      withColumns(run, ({ alpha, smoothedMargin }) => ({
        smoothedMargin: smoothedMargin.map((value, k) => (alpha[k] > 0 ? value : -k)),
      })),
    );
    expect(verdict(early)).to.equal('supported');
  });

  it('is left open where the data were never fitted', () => {
    const never = withFlow((run) =>
      withColumns(run, ({ alpha }) => ({ alpha: alpha.map(() => -1) })),
    );
    expect(dissent(judge(never))).to.deep.equal([
      'largest relative decrease of the smoothed margin, planar squared-relu: inconclusive',
    ]);
  });

  describe('against descent with far too long steps', () => {
    /** The real run with the measurements of descent from the same start. */
    const descended = (rule: StepRule) =>
      withFlow((run) => {
        const { objective, theta0 } = planarProblem('squared-relu', smoke.seed);
        const options = { rule, untilAlpha: 1000, maxSteps: 20_000, saveFactor: 1.001 };
        const { trajectory } = descend(objective, theta0, options);
        return { ...run, measurements: measure(objective, trajectory) };
      });
    const decrease = (record: MarginMaximizationRecord) =>
      evidenceOf(judge(record), /^largest relative decrease .*, planar squared/);

    it('is contradicted: the smoothed margin falls again and again', () => {
      const record = descended({ kind: 'relative', c: 0.5, cap: 0.02 });
      expect(decrease(record).value).to.be.above(1e-3);
      expect(decrease(record).verdict).to.equal('contradicted');
      expect(verdict(record)).to.equal('contradicted');
    });

    it('is not supported where a constant step blows up', () => {
      const record = descended({ kind: 'constant', step: 0.2 });
      expect(decrease(record).verdict).to.not.equal('supported');
      expect(verdict(record)).to.not.equal('supported');
    });
  });

  it('is judged on the gap of the normalized margin to that of the limit', () => {
    const gaps = (...shares: number[]) => {
      const record = withFlow((run) => {
        const { margin } = run.certificate.limit;
        const late = run.decadePoints.slice(-3).map((point, k) => ({
          ...point,
          smallestMargin: margin * (1 - shares[k]),
        }));
        return { ...run, decadePoints: [...run.decadePoints.slice(0, -3), ...late] };
      });
      return evidenceOf(judge(record), /^gap of the normalized margin .*, planar squared/).verdict;
    };
    expect(gaps(0.1, 0.05, 0.03)).to.equal('supported');
    expect(gaps(0.1, 0.09, 0.01)).to.equal('inconclusive');
    expect(gaps(0.1, 0.05, NaN)).to.equal('inconclusive');
    expect(gaps(0.1, 0.1, 0.1)).to.equal('contradicted');
    // A margin beyond that of the limit is a gap as well.
    expect(gaps(-0.1, -0.2, -0.4)).to.equal('contradicted');
  });

  it('is judged on the KKT residual of the flow itself', () => {
    const pattern = /^fall of the KKT residual .*, planar squared/;
    const residuals = (...own: number[]) =>
      withFlow((run) => {
        const first = run.decadeMeasures.length - own.length;
        const decadeMeasures = run.decadeMeasures.map((at, k) =>
          k < first ? at : { ...at, kktResidual: own[k - first] },
        );
        return { ...run, decadeMeasures };
      });
    const said = (...own: number[]) => evidenceOf(judge(residuals(...own)), pattern).verdict;
    expect(said(0.1, 0.05, 0.06, 0.01)).to.equal('supported');
    expect(said(0.1, 0.09, 0.08, 0.07)).to.equal('inconclusive');
    expect(said(0.1, 0.1, 0.1, 0.1)).to.equal('contradicted');
    expect(verdict(residuals(0.1, 0.1, 0.1, 0.1))).to.equal('contradicted');
    expect(said(0.1, NaN, 0.1, 0.01)).to.equal('inconclusive');
    const { value } = evidenceOf(judge(real), pattern);
    expect(value).to.be.within(0.4, 0.6);
    // A record that was made before it was measured.
    const old = withFlow((run) => ({
      ...run,
      decadeMeasures: run.decadeMeasures.map(({ kktResidual: _, ...at }) => at),
    }));
    expect(dissent(judge(old))).to.deep.equal([
      'fall of the KKT residual of the flow itself, planar squared-relu: inconclusive',
    ]);
  });

  it('is left open by a KKT residual that stays near a KKT point that is not stable', () => {
    const still = withFlow((run) => {
      const decadeMeasures = run.decadeMeasures.map((at) => ({ ...at, kktResidual: 0.1 }));
      const stability = { lambda: 1.9, unstable: 1, flat: 0, tangent: 61 };
      return withCertificate({ ...run, decadeMeasures }, {}, { stability });
    });
    const piece = evidenceOf(judge(still), /^fall of the KKT residual .*, planar squared/);
    expect(piece.verdict).to.equal('inconclusive');
    expect(verdict(still)).to.equal('inconclusive');
  });

  it('is left open by a limit that is not certified', () => {
    for (const limit of [
      { converged: false },
      { smallestMultiplier: -0.2 },
      { slack: -1e-3 },
      { residual: 1e-11 },
      { residual: NaN },
      { feasibility: 1e-11 },
    ]) {
      for (const record of everywhere((run) => withCertificate(run, {}, limit))) {
        expect(verdict(record), JSON.stringify(limit)).to.equal('inconclusive');
      }
    }
    const agreement = [0.3, 0.1, 0];
    expect(verdict(withFlow((run) => withCertificate(run, { agreement })))).to.equal(
      'inconclusive',
    );
    const marginAgreement = agreement;
    expect(verdict(withKinked((run) => withCertificate(run, { marginAgreement })))).to.equal(
      'inconclusive',
    );
  });

  it("is not supported by a limit that is not the flow's", () => {
    const unstable = { stability: { lambda: 1.9, unstable: 1, flat: 0, tangent: 48 } };
    for (const record of [
      ...everywhere((run) => withCertificate(run, {}, unstable)),
      ...everywhere((run) => withCertificate(run, { doubts: ['it is not known'] })),
      ...everywhere((run) => withCertificate(run, { measuredRatios: [1.1, 1.2] })),
      ...everywhere((run) =>
        withCertificate(run, {}, { margin: 0.99 * run.certificate.limit.margin }),
      ),
    ]) {
      expect(verdict(record)).to.equal('inconclusive');
    }
  });

  it('is left open by a gap that stays near a KKT point that is not stable', () => {
    const record = withFlow((run) => {
      const { margin } = run.certificate.limit;
      const at = { margin, stability: { lambda: 1.9, unstable: 1, flat: 0, tangent: 61 } };
      const decadePoints = run.decadePoints.map((point) => ({
        ...point,
        smallestMargin: 0.9 * margin,
      }));
      return withCertificate({ ...run, decadePoints }, {}, at);
    });
    const { note } = evidenceOf(judge(record), /^gap of the normalized margin .*, planar squared/);
    expect(note).to.match(/; it rests near a KKT point of margin \S+, unstable, λ = 1\.900$/);
    expect(verdict(record)).to.equal('inconclusive');
  });

  describe('on kinks', () => {
    const slopes = (...multipliers: number[]) =>
      withKinked((run) =>
        withCertificate(
          run,
          {},
          { kinks: multipliers.map((multiplier, unit) => ({ example: 0, unit, multiplier })) },
        ),
      );

    it('is supported by Clarke multipliers in [0, 1]', () => {
      expect(verdict(slopes(0, 0.5, 1))).to.equal('supported');
      expect(verdict(slopes(0.3, NaN))).to.equal('supported');
      const { kinks } = real.kinked.certificate.limit;
      expect(kinks.filter(({ multiplier }) => multiplier >= 0 && multiplier <= 1)).to.not.be.empty;
    });

    it('is left open by one outside, for then the solver has failed', () => {
      for (const wrong of [
        [0.5, 1.5],
        [-0.5, 0.5],
        [0.5, 1.0005],
        [-0.0005, 0.5],
      ]) {
        expect(verdict(slopes(...wrong)), wrong.join()).to.equal('inconclusive');
      }
    });

    it('has nothing to say without kinks', () => {
      const evidence = judge(slopes());
      expect(evidence.filter(({ metric }) => metric.includes('Clarke'))).to.deep.equal([]);
      expect(verdict(slopes(NaN))).to.equal('supported');
    });
  });

  it('reports a KKT residual of the flow that is small on kinks as well', () => {
    for (const { problem } of [...real.flows, real.kinked]) {
      const metric = new RegExp(`^KKT residual of the flow itself, ${problem.name}$`);
      const { value, note } = evidenceOf(judge(real), metric);
      expect(value, problem.name).to.be.below(0.02);
      expect(note.includes('kinks it slides on')).to.equal(problem.activation === 'relu');
    }
  });

  it('tells how far the margin has grown since α = 1', () => {
    for (const run of [...real.flows, real.kinked]) {
      const { value } = evidenceOf(
        judge(real),
        new RegExp(`^growth of the normalized margin .*, ${run.problem.name}$`),
      );
      expect(value).to.be.above(1);
    }
  });
});
