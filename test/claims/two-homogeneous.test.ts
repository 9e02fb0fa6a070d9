import { expect } from 'chai';
import { judgeClaim, twoHomogeneousClaim, type Verdict } from '../../src/claims/index.js';
import { BEST_MARGIN } from '../../src/claims/two-homogeneous/claim.js';
import {
  twoHomogeneousPlan,
  twoHomogeneousSpec,
  type TwoHomogeneousRecords,
} from '../../src/claims/two-homogeneous/plan.js';
import { suboptimalLimit } from '../../src/datasets/index.js';
import { runExperiment, runPlan } from '../../src/experiments/index.js';
import type { TwoHomogeneousRecord } from '../../src/records/index.js';
import { madeUpTwoHomogeneousRecords } from './linear-records.js';
import { dissent, evidenceOf, RUN_TIME, smoke } from './records.js';

const judge = (record: TwoHomogeneousRecords) => twoHomogeneousClaim.judge(record);
const verdict = (record: TwoHomogeneousRecords): Verdict =>
  judgeClaim(twoHomogeneousClaim, record).verdict;

describe('the claim that wide two-layer networks find the best margin of any width', () => {
  const made = madeUpTwoHomogeneousRecords();
  /** The verdict where the wide squared ReLU network has another limit or other numbers. */
  const withWide = (
    limit: Partial<TwoHomogeneousRecord['limit']>,
    change: Partial<TwoHomogeneousRecord> = {},
  ): Verdict => {
    const { squared } = made;
    return verdict({
      ...made,
      squared: { ...squared, limit: { ...squared.limit, ...limit }, ...change },
    });
  };

  it('is supported by real runs, with the numbers of the theory', async function () {
    this.timeout(RUN_TIME);
    const record = await runPlan(twoHomogeneousPlan(smoke));
    expect(dissent(judge(record))).to.deep.equal([]);
    expect(verdict(record)).to.equal(twoHomogeneousClaim.expected);
    const { limit, optimum } = suboptimalLimit();
    expect(record.stuck.limit.margin).to.be.closeTo(limit.margin, 1e-9);
    expect(record.freed.limit.margin).to.be.closeTo(optimum.margin, 1e-9);
    expect(record.stuck.limit.bound).to.be.closeTo(BEST_MARGIN, 1e-12);
    // The gain per unit of mass: of a unit on an example, and of the flow's own.
    expect(record.stuck.limit.bound / record.stuck.perGain).to.be.closeTo(0.515, 5e-4);
    expect(record.stuck.limit.margin / record.stuck.perGain).to.be.closeTo(0.25, 1e-9);
    const narrow = evidenceOf(judge(record), /margin of the limit, squared ReLU, 4 units/);
    expect(narrow.verdict).to.equal('reported');
    expect(narrow.value, 'seed 1 gets stuck with four units').to.be.above(1.3);
    if (record.notSplit.kind === 'split-units')
      expect(record.notSplit.apart.at(-1)).to.be.above(0.1);
  });

  it('is supported by made-up records, and judged on them alone', () => {
    expect(dissent(judge(made))).to.deep.equal([]);
    expect(judge(made)).to.deep.equal(judge(made));
    expect(verdict(made)).to.equal('supported');
  });

  it('is contradicted by a wide network that ends clearly below its bound', () => {
    expect(withWide({ bound: 0.15 })).to.equal('contradicted');
    expect(withWide({ bound: 0.1105 })).to.equal('inconclusive');
    expect(withWide({ bound: NaN })).to.equal('inconclusive');
  });

  it('is left open by a point that the flow would leave, or that is none', () => {
    expect(withWide({ bound: 0.15, unstable: 1 })).to.equal('inconclusive');
    expect(withWide({ bound: 0.15, converged: false })).to.equal('inconclusive');
    expect(withWide({ converged: false })).to.equal('inconclusive');
    expect(withWide({}, { exact: false }), 'a bound that may be too small').to.equal(
      'inconclusive',
    );
    const far = made.squared.margin.map((value) => 0.9 * value);
    expect(withWide({}, { margin: far }), 'not there yet').to.equal('inconclusive');
  });

  it('is contradicted by a margin above a bound', () => {
    const low = made.squared.bound.map((value) => 0.9 * value);
    expect(withWide({}, { bound: low })).to.equal('contradicted');
  });

  it('asks for the closed-form margins of the two points', () => {
    const ending = (name: 'stuck' | 'freed', margin: number, share = 1): Verdict => {
      const run = made[name];
      const own = run.margin.map((value) => (share * value * margin) / run.limit.margin);
      return verdict({
        ...made,
        [name]: { ...run, limit: { ...run.limit, margin }, margin: own },
      });
    };
    expect(ending('stuck', 0.2)).to.equal('contradicted');
    expect(ending('freed', 0.125)).to.equal('contradicted');
    expect(ending('stuck', 0.1251)).to.equal('inconclusive');
    expect(ending('stuck', 0.2, 0.5), 'far from it').to.equal('inconclusive');
  });

  it('is contradicted by units that do not stay split', () => {
    const apart = (value: number) => {
      const [first, second] = made.splits;
      return verdict({
        ...made,
        splits: [{ ...first, apart: first.apart.map(() => value) }, second],
      });
    };
    expect(apart(1e-5)).to.equal('supported');
    expect(apart(0.01)).to.equal('inconclusive');
    expect(apart(0.5)).to.equal('contradicted');
  });

  it('refuses units of another degree, and fixed output weights other than ±1', async () => {
    const spec = twoHomogeneousSpec('squared-relu', 2, { seed: 1 });
    const messageOf = async (network: object) => {
      const problem = { ...spec.problem, network } as typeof spec.problem;
      return runExperiment({ ...spec, problem }).then(
        () => '',
        (error: Error) => error.message,
      );
    };
    const both = { kind: 'two-layer', width: 2, activation: 'squared-relu' };
    expect(await messageOf(both)).to.equal(
      'squared ReLU, 2 units: expected a two-layer network of degree 2, got degree 3.',
    );
    expect(
      await messageOf({ ...both, trained: ['hidden'], fixed: { output: [[2, -1]] } }),
    ).to.equal('squared ReLU, 2 units: expected fixed output weights of 1 and −1, got 2, -1.');
  });
});
