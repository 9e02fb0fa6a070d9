import { expect } from 'chai';
import { planarDescentPlan } from '../../src/claims/common/flow-plans.js';
import type { DirectionalConvergenceRecord } from '../../src/claims/directional-convergence/plan.js';
import { directionalConvergence, judgeClaim } from '../../src/claims/index.js';
import { planarProblem, runExperiment } from '../../src/experiments/index.js';
import { flowRecord } from '../../src/experiments/measure-flow.js';
import { lengthPerDecade, sampledPathLength } from '../../src/metrics/index.js';
import { dot } from '../../src/numerics/vectors.js';
import type { FlowRecord } from '../../src/records/index.js';
import { gradientByDifferences } from '../helpers/finite-differences.js';
import { alphasPerDecade, madeUpTrajectory } from '../metrics/made-up-trajectory.js';
import {
  decadesOf,
  dissent,
  evidenceOf,
  realRecords,
  RUN_TIME,
  smoke,
  withCertificate,
  withFlowChanged,
} from './records.js';
import { visit } from './certificates.js';
import { embedded, flowAlongSpiral, onSpiral, valley } from './spiral.js';

const judge = (record: DirectionalConvergenceRecord) => directionalConvergence.judge(record);
const verdict = (record: DirectionalConvergenceRecord) =>
  judgeClaim(directionalConvergence, record).verdict;

describe('the claim that directions converge', () => {
  let real: DirectionalConvergenceRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = (await realRecords()).direction;
  });

  /** The real record with its first flow, on the plane, changed. */
  const withFlow = (change: (run: FlowRecord) => FlowRecord, k = 0) =>
    withFlowChanged(real, change, k);
  const withDecades = (lengths: readonly number[], k = 0) =>
    withFlow((run) => ({ ...run, decades: decadesOf(lengths) }), k);

  it('is supported by a quick run', () => {
    expect(dissent(judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(directionalConvergence.expected);
  });

  it('is judged on the record alone', () => {
    expect(judge(real)).to.deep.equal(judge(real));
  });

  it('looks at squared ReLU and ReLU, on the plane and on images', () => {
    const names = real.flows.map(({ problem }) => problem.name);
    expect(names).to.deep.equal(['planar squared-relu', 'planar relu', 'images squared-relu']);
    for (const name of names) {
      const own = judge(real).filter(({ metric }) => metric.endsWith(name));
      expect(own.length).to.be.above(5);
    }
  });

  for (const k of [0, 1, 2]) {
    it(`is contradicted by a length per decade that stays, in flow ${k}`, () => {
      expect(verdict(withDecades([0.3, 0.3, 0.3], k))).to.equal('contradicted');
      expect(verdict(withDecades([9, 0.3, 0.3, 0.31], k))).to.equal('contradicted');
    });
  }

  it('is left open by lengths that shrink too slowly, or not always', () => {
    for (const lengths of [[0.3, 0.27, 0.25], [0.3, 0.1, 0.1], [0.3, NaN, 0.1], [0.3, 0.1], []]) {
      expect(verdict(withDecades(lengths)), lengths.join()).to.equal('inconclusive');
    }
  });

  it('is left open by an angle to the limit that does not fall: it is not the limit then', () => {
    const rising = { angles: [0.2, 0.2, 0.3], measuredRatios: [1, 1.5] };
    const slow = { angles: [0.3, 0.2, 0.19], measuredRatios: [0.67, 0.95] };
    for (const change of [rising, slow, { ...rising, doubts: ['the angle to it rose'] }]) {
      expect(verdict(withFlow((run) => withCertificate(run, change)))).to.equal('inconclusive');
    }
  });

  describe('near a KKT point that is not stable', () => {
    const unstable = { stability: { lambda: 1.9, unstable: 1, flat: 0, tangent: 61 } };
    const resting = (lengths: readonly number[], change: (run: FlowRecord) => FlowRecord) =>
      withFlow((run) => change({ ...run, decades: decadesOf(lengths) }));
    const doubted = (run: FlowRecord) => withCertificate(run, { doubts: ['it is not known'] });
    const still = [0.3, 0.3, 0.3];

    it('is left open by lengths that stay, and says near what the run rests', () => {
      const record = resting(still, (run) => withCertificate(run, {}, unstable));
      const { note } = evidenceOf(judge(record), /^length per decade .*, planar squared-relu$/);
      expect(note).to.match(/; it rests near a KKT point of margin 0\.\d+, unstable, λ = 1\.900$/);
      expect(verdict(record)).to.equal('inconclusive');
      const visited = resting(still, (run) => ({
        ...doubted(run),
        visits: [{ ...visit, toAlpha: 1e6 }],
      }));
      expect(verdict(visited)).to.equal('inconclusive');
      const growing = resting(still, (run) => ({
        ...doubted(run),
        decadeMeasures: run.decadeMeasures.map((at) => ({ ...at, lambda: 1.02 })),
      }));
      expect(verdict(growing)).to.equal('inconclusive');
    });

    it('is not supported by lengths that shrink on the way there', () => {
      const record = resting([0.4, 0.2, 0.1], (run) => withCertificate(run, {}, unstable));
      expect(dissent(judge(record))).to.include(
        'λ at the limit, planar squared-relu: inconclusive',
      );
      expect(dissent(judge(record))).to.include(
        'length per decade of α, planar squared-relu: inconclusive',
      );
      expect(verdict(record)).to.equal('inconclusive');
    });

    it('is contradicted by lengths that stay where nothing unstable is near', () => {
      expect(verdict(resting(still, doubted))).to.equal('contradicted');
      expect(verdict(resting(still, (run) => run))).to.equal('contradicted');
      const before = resting(still, (run) => ({
        ...doubted(run),
        visits: [{ ...visit, toAlpha: 100 }],
      }));
      expect(verdict(before)).to.equal('contradicted');
    });
  });

  it('is left open by a limit that is not certified', () => {
    const changes: FlowRecord[] = [
      withCertificate(real.flows[0], {}, { converged: false }),
      withCertificate(real.flows[0], {}, { smallestMultiplier: -0.01 }),
      withCertificate(real.flows[0], {}, { residual: 1e-9 }),
      withCertificate(real.flows[0], { agreement: [0.4, 1e-12, 0] }),
      withCertificate(real.flows[0], { agreement: [NaN, 0, 0] }),
      withCertificate(real.flows[0], { doubts: ['it is not known'] }),
      // A limit below the margin that the flow has come to.
      withCertificate(real.flows[0], {}, { margin: 0.9 * real.flows[0].certificate.limit.margin }),
    ];
    for (const changed of changes)
      expect(verdict(withFlow(() => changed))).to.equal('inconclusive');
  });

  it('compares limits on a manifold by their margins, since twin neurons may trade mass', () => {
    expect(real.flows[1].certificate.limit.stability.flat).to.be.above(0);
    const { note } = evidenceOf(judge(real), /^angle to the certified limit, planar relu/);
    expect(note).to.include('on a manifold of limits of dimension');
    const apart = withFlow((run) => withCertificate(run, { agreement: [0.4, 0.2, 0] }), 1);
    expect(verdict(apart)).to.equal('supported');
    const margins = withFlow((run) => withCertificate(run, { marginAgreement: [0.4, 0.2, 0] }), 1);
    expect(verdict(margins)).to.equal('inconclusive');
  });

  /** The flow on the plane, measured anew where something else is said of its points or its limit. */
  const measuredAnew = async (change: (run: FlowRecord) => FlowRecord) => {
    const run = change(real.flows[0]);
    const reached = [run.decades[0].from, ...run.decades.map(({ to }) => to)];
    const record = await flowRecord(planarProblem('squared-relu', smoke.seed), { ...run, reached });
    return withFlow(() => record);
  };

  it('is judged alike where the flow is measured anew', async () => {
    expect(await measuredAnew((run) => run)).to.deep.equal(real);
  });

  it('is not supported where the predictions stay away from those of the limit', async () => {
    // Another limit: the predictions keep their distance, though the certificate's angles shrink.
    const other = await measuredAnew((run) =>
      withCertificate(run, {}, { direction: run.result.trajectory.directions.slice(0, 64) }),
    );
    const evidence = judge(other);
    for (const metric of [
      /distance of the predictions to their limit, planar squared/,
      /distance of the margin distribution to its limit, planar squared/,
    ]) {
      expect(evidenceOf(evidence, metric).verdict).to.not.equal('supported');
    }
    expect(verdict(other)).to.not.equal('supported');
  });

  it('is contradicted by predictions that move away from the limit', async () => {
    const away = await measuredAnew((run) => {
      const [a, b, c] = run.decadePoints.slice(-3);
      const swapped = [
        { ...a, direction: c.direction },
        { ...b, direction: b.direction },
        { ...c, direction: a.direction },
      ];
      return { ...run, decadePoints: [...run.decadePoints.slice(0, -3), ...swapped] };
    });
    const piece = evidenceOf(judge(away), /distance of the predictions .*, planar squared/);
    expect(piece.verdict).to.equal('contradicted');
    expect(verdict(away)).to.equal('contradicted');
  });

  it('is judged on descent too, by the sampled length and not by the raw one', () => {
    const { descent } = real;
    const steady = { ...descent, decades: decadesOf([0.2, 0.2, 0.2], 4) };
    expect(verdict({ ...real, descent: steady }), 'a theorem on flows').to.equal('inconclusive');
    const stopped = { ...descent, result: { ...descent.result, status: 'max-steps' as const } };
    expect(verdict({ ...real, descent: stopped })).to.equal('inconclusive');
    const short = { ...descent, decades: descent.decades.slice(0, 2) };
    expect(verdict({ ...real, descent: short })).to.equal('inconclusive');
    const chatter = { ...descent, rawDecades: decadesOf([0.2, 0.2, 0.2], 4) };
    expect(verdict({ ...real, descent: chatter })).to.equal('supported');
  });

  describe('against a direction that circles for ever', () => {
    const length = 64;
    const along = (phiOf: (alpha: number) => number, from: number, to: number) =>
      madeUpTrajectory(alphasPerDecade(from, to, 200), (alpha) =>
        embedded(onSpiral(phiOf(alpha)), length),
      );
    const decades = [1e3, 1e4, 1e5, 1e6, 1e7];

    it('has a curve that gradient flow of its margin keeps to', () => {
      for (const phi of [1.5, 2, 4, 9]) {
        const w = onSpiral(phi);
        const f = (point: Float64Array) => valley(point[0], point[1], phi);
        const gradient = gradientByDifferences(f, Float64Array.from(w), 1e-4 / phi);
        const radial = dot(gradient, Float64Array.from(w));
        const velocity = gradient.map((value, i) => radial * w[i] - value);
        const tangent = gradientByDifferences(([t]) => onSpiral(t)[0], Float64Array.of(phi));
        const others = [1, 2].map((i) =>
          gradientByDifferences(([t]) => onSpiral(t)[i], Float64Array.of(phi)),
        );
        const curve = Float64Array.of(tangent[0], others[0][0], others[1][0]);
        const cosine =
          dot(velocity, curve) / Math.sqrt(dot(velocity, velocity) * dot(curve, curve));
        expect(cosine).to.be.closeTo(1, 1e-6);
      }
    });

    it('is contradicted where it turns at a constant rate in log α', () => {
      const path = along((alpha) => 2 + Math.log(alpha), 3, 7);
      const lengths = lengthPerDecade(path, sampledPathLength(path), decades);
      expect(lengths.length).to.equal(4);
      for (const decade of lengths) expect(decade.length).to.be.within(2.1, 2.4);
      const record = withFlow((run) => ({ ...run, decades: lengths }));
      expect(verdict(record)).to.equal('contradicted');
    });

    it('is left open along its own flow, which turns like log log α', () => {
      const phis = flowAlongSpiral(1.05, 7);
      const path = madeUpTrajectory(alphasPerDecade(0, 7, 1), (_, row) => onSpiral(phis[row]));
      const lengths = lengthPerDecade(path, sampledPathLength(path), [1, 10, 100, ...decades]);
      expect(lengths.length).to.equal(7);
      const record = withFlow((run) => ({ ...run, decades: lengths }));
      expect(dissent(judge(record))).to.deep.equal([
        'length per decade of α, planar squared-relu: inconclusive',
      ]);
    });
  });

  it('finds no shrinking raw length in descent with far too long steps', async function () {
    this.timeout(RUN_TIME);
    const size = { c: 0.5, decades: 4, maxSteps: 200_000 };
    const coarse = await runExperiment(planarDescentPlan('squared-relu', size, smoke));
    const raw = coarse.rawDecades.map(({ length }) => length);
    const total = raw.reduce((a, b) => a + b, 0);
    expect(raw.length).to.equal(4);
    for (const length of raw) expect(length).to.be.above(0.5 * (total / 4));
    const record = { ...real, descent: { ...coarse, decades: coarse.rawDecades } };
    const piece = evidenceOf(judge(record), /^length per decade .*descent/);
    expect(piece.value).to.be.above(0.9);
    expect(verdict(record)).to.not.equal('supported');
  });
});
