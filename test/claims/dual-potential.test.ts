import { expect } from 'chai';
import { dualPotentialClaim, judgeClaim, type Verdict } from '../../src/claims/index.js';
import { boundShare, largestRise } from '../../src/claims/dual-potential/measures.js';
import { dualPotentialPlan, dualPotentialSpec } from '../../src/claims/dual-potential/plan.js';
import { runExperiment, runPlan } from '../../src/experiments/index.js';
import type { DualPotentialRecord } from '../../src/records/index.js';
import { madeUpDualPotential } from './dual-potential-records.js';
import { dissent, evidenceOf, RUN_TIME, smoke } from './records.js';

describe('the claim that the dual potential meets the margin from above', () => {
  const made = madeUpDualPotential();
  const verdict = (
    name: 'linear' | 'deep' | 'squared',
    change: (run: DualPotentialRecord) => Partial<DualPotentialRecord>,
  ): Verdict => {
    const run = { ...made[name], ...change(made[name]) };
    return judgeClaim(dualPotentialClaim, { ...made, [name]: run }).verdict;
  };
  const scaled = (values: Float64Array, factor: (row: number) => number) =>
    values.map((value, row) => value * factor(row));

  it('is supported by real runs: the identity to 10⁻¹², and a potential that rises', async function () {
    this.timeout(RUN_TIME);
    const record = await runPlan(dualPotentialPlan(smoke));
    const evidence = dualPotentialClaim.judge(record);
    expect(dissent(evidence)).to.deep.equal([]);
    expect(judgeClaim(dualPotentialClaim, record).verdict).to.equal(dualPotentialClaim.expected);
    const rise = evidenceOf(evidence, /^rise of 𝒥, linear, 3 layers/);
    expect(rise.verdict).to.equal('reported');
    expect(rise.value).to.be.above(0.1);
    expect(record.linear.descent!.margin).to.be.closeTo(0.3, 1e-12);
  });

  it('has the time s of one layer from above: dα/ds = 2𝒥, which tends to γ²', async function () {
    this.timeout(RUN_TIME);
    const { alpha, descent } = await runExperiment(dualPotentialSpec(1, smoke));
    const s = descent!.clock.at(-1)!;
    expect((s * 0.09) / alpha.at(-1)!).to.be.closeTo(1, 1e-4);
  });

  it('is supported by made-up runs, and judged on them alone', () => {
    expect(dissent(dualPotentialClaim.judge(made))).to.deep.equal([]);
    expect(dualPotentialClaim.judge(made)).to.deep.equal(dualPotentialClaim.judge(made));
  });

  it('is contradicted by a potential that is not what the identity says', () => {
    const off = (factor: number) =>
      verdict('squared', ({ potential }) => ({ potential: scaled(potential, () => factor) }));
    expect(off(1 + 1e-14)).to.equal('supported');
    expect(off(1 + 1e-9)).to.equal('inconclusive');
    expect(off(1.01)).to.equal('contradicted');
    expect(off(NaN)).to.equal('inconclusive');
  });

  it('is left open by a run that ends before the two meet', () => {
    const early = verdict('squared', (run) => ({
      potential: scaled(run.potential, () => 1.1),
      cosine: scaled(run.cosine, () => 1 / Math.sqrt(1.1)),
    }));
    expect(early).to.equal('inconclusive');
  });

  it('is contradicted by a potential of one layer that rises, or that exceeds its bound', () => {
    const risen = (by: number) =>
      verdict('linear', (run) => ({
        potential: scaled(run.potential, (row) => (row === 20 ? 1 + by : 1)),
        cosine: scaled(run.cosine, (row) => (row === 20 ? 1 / Math.sqrt(1 + by) : 1)),
      }));
    expect(risen(1e-12)).to.equal('supported');
    expect(risen(0.01)).to.equal('contradicted');
    const bounded = (divergence: number) =>
      verdict('linear', ({ descent }) => ({ descent: { ...descent!, divergence } }));
    const largest = 2 * Math.max(...boundShare(made.linear));
    expect(bounded(1.05 * largest)).to.equal('supported');
    expect(bounded(0.95 * largest)).to.equal('inconclusive');
    expect(bounded(0.5 * largest)).to.equal('contradicted');
  });

  it('is left open where no flow with more layers rises', () => {
    const { linear, squared } = made;
    const { descent: _, ...flat } = linear;
    const record = { ...made, deep: { ...flat, name: 'deep' }, squared };
    expect(dissent(dualPotentialClaim.judge(record))).to.deep.equal([
      'largest rise of 𝒥 with more than one layer: inconclusive',
    ]);
  });

  it('measures rises from what was reached before', () => {
    const alpha = Float64Array.of(-1, 1, 2, 3, 4);
    const potential = Float64Array.of(0.1, 3, 1, 2, 1.5);
    expect(largestRise({ alpha, potential }, 0)).to.deep.equal({ rise: 1, low: 1, high: 2 });
    expect(largestRise({ alpha, potential }, -2).rise).to.be.closeTo(29, 1e-12);
    expect(largestRise({ alpha, potential }, 9).rise).to.be.NaN;
  });

  it('refuses another loss', async () => {
    const spec = dualPotentialSpec(1, smoke);
    const logistic = { ...spec, problem: { ...spec.problem, loss: 'logistic' as const } };
    const message = await runExperiment(logistic).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(message).to.equal("linear, 1 layer: expected the exponential loss, got 'logistic'.");
  });
});
