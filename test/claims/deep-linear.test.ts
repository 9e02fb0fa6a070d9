import { expect } from 'chai';
import { deepLinearClaim, judgeClaim, type Verdict } from '../../src/claims/index.js';
import { deepLinearPlan } from '../../src/claims/deep-linear/plan.js';
import { deepMarginShare, oneMinusInner } from '../../src/claims/deep-linear/measures.js';
import { runExperiment, runPlan } from '../../src/experiments/index.js';
import type { DeepLinearRecord } from '../../src/records/index.js';
import { madeUpDeepLinears } from './linear-records.js';
import { dissent, evidenceOf, replaced, RUN_TIME, smoke } from './records.js';

describe('the claim that deep linear networks align their layers', () => {
  const made = madeUpDeepLinears();
  /** The verdict where the network of four layers has other numbers. */
  const verdict = (change: (run: DeepLinearRecord) => Partial<DeepLinearRecord>): Verdict => {
    const run = made.networks[3];
    const networks = replaced(made.networks, 3, { ...run, ...change(run) });
    return judgeClaim(deepLinearClaim, { ...made, networks }).verdict;
  };
  const everywhere = ({ alpha }: DeepLinearRecord, value: number) => alpha.map(() => value);

  it('is supported by real runs, with the numbers of the theory', async function () {
    this.timeout(RUN_TIME);
    const record = await runPlan(deepLinearPlan(smoke));
    const evidence = deepLinearClaim.judge(record);
    expect(dissent(evidence)).to.deep.equal([]);
    expect(judgeClaim(deepLinearClaim, record).verdict).to.equal(deepLinearClaim.expected);
    const control = evidenceOf(evidence, /not spanning/);
    expect(control.verdict).to.equal('supported');
    expect(control.value).to.be.below(0.01);
    for (const run of record.networks) {
      expect(run.maximum.margin).to.be.closeTo(0.5, 1e-12);
      expect(run.maximum.gap).to.be.below(1e-12);
    }
  });

  it('knows where margins go: γ L^(−L/2)', () => {
    const shares = [1, 2, 3, 4, 5, 6].map(deepMarginShare);
    [1, 0.5, 0.19245, 0.0625, 0.01789, 0.00463].forEach((share, k) => {
      expect(shares[k]).to.be.closeTo(share, 1e-5);
    });
  });

  it('computes 1 − cos from the sine without losing it', () => {
    expect(oneMinusInner(Math.sin(1))).to.be.closeTo(1 - Math.cos(1), 1e-15);
    expect(oneMinusInner(1e-9) / 5e-19).to.be.closeTo(1, 1e-12);
  });

  it('is supported by made-up runs that follow the laws, and judged on them alone', () => {
    expect(dissent(deepLinearClaim.judge(made))).to.deep.equal([]);
    expect(deepLinearClaim.judge(made)).to.deep.equal(deepLinearClaim.judge(made));
    expect(verdict(() => ({}))).to.equal('supported');
  });

  it('is contradicted by a margin that ends elsewhere, and left open by one not yet there', () => {
    const scaled = (factor: number) =>
      verdict(({ margin }) => ({ margin: margin.map((value) => factor * value) }));
    expect(scaled(0.5)).to.equal('contradicted');
    expect(scaled(1.5)).to.equal('contradicted');
    expect(scaled(0.999)).to.equal('inconclusive');
    expect(scaled(NaN)).to.equal('inconclusive');
  });

  it('is contradicted by layers that do not align, or not as the conserved difference says', () => {
    const turned = (change: (sine: Float64Array) => Float64Array) =>
      verdict(({ neighbours }) => ({
        neighbours: replaced(neighbours, 1, {
          ...neighbours[1],
          sine: change(neighbours[1].sine),
        }),
      }));
    expect(turned((sine) => sine.map(() => 0.9))).to.equal('contradicted');
    expect(turned((sine) => sine.map((value) => 2 * value))).to.equal('contradicted');
    expect(turned((sine) => sine.map((value) => value / 2))).to.equal('contradicted');
    expect(turned((sine) => sine.map((value) => 1.02 * value))).to.equal('inconclusive');
    expect(turned((sine) => sine.map(() => NaN))).to.equal('inconclusive');
  });

  it('is contradicted by a layer that stays of rank two, or beyond its bound', () => {
    const layers = ({ layers: own }: DeepLinearRecord, rest: Float64Array) =>
      replaced(own, 0, { ...own[0], rest });
    const two = (run: DeepLinearRecord) => ({
      layers: layers(
        run,
        run.layers[0].spectralNorm.map((value) => value ** 2),
      ),
    });
    expect(verdict(two)).to.equal('contradicted');
    expect(verdict((run) => ({ layers: layers(run, everywhere(run, 0.02)) }))).to.equal(
      'contradicted',
    );
    expect(verdict((run) => ({ layers: layers(run, everywhere(run, 0.0105)) }))).to.equal(
      'inconclusive',
    );
  });

  it('says nothing where the solver loses what the flow conserves', () => {
    const drifting = (drift: number) => (run: DeepLinearRecord) => ({
      neighbours: run.neighbours.map((pair) => ({ ...pair, drift: everywhere(run, drift) })),
      layers: run.layers.map((layer) => ({ ...layer, rest: everywhere(run, 0.02) })),
    });
    expect(verdict(drifting(0.01))).to.equal('inconclusive');
    expect(verdict(drifting(1)), 'nothing is conserved').to.equal('contradicted');
  });

  it('asks for 1/α of the product where support vectors span the space, and not elsewhere', () => {
    const falling = (power: number, conditioning = 0.3) =>
      verdict(({ alpha }) => ({
        productAngle: alpha.map((value) => 0.1 * value ** power),
        conditioning,
      }));
    expect(falling(-1.01)).to.equal('supported');
    expect(falling(-0.5)).to.equal('inconclusive');
    expect(falling(0)).to.equal('contradicted');
    expect(falling(0, 0.001)).to.equal('inconclusive');
    expect(falling(-1, 0.001)).to.equal('supported');
  });

  it('asks for −1/L of the product where they do not span it', () => {
    const falling = (power: number, conditioning = 0) => {
      const { alpha } = made.notSpanning;
      const productAngle = alpha.map((value) => 0.1 * value ** power);
      const notSpanning = { ...made.notSpanning, productAngle, conditioning };
      return judgeClaim(deepLinearClaim, { ...made, notSpanning }).verdict;
    };
    expect(falling(-1 / 6)).to.equal('supported');
    expect(falling(-0.2)).to.equal('inconclusive');
    expect(falling(-1)).to.equal('contradicted');
    expect(falling(0)).to.equal('contradicted');
    expect(falling(-1, 0.2), 'the support spans').to.equal('inconclusive');
  });

  it('refuses networks that are not linear', async () => {
    const plan = deepLinearPlan(smoke).networks[1];
    const network = { kind: 'deep', widths: [3, 2, 1], activation: 'relu' } as const;
    let message = '';
    await runExperiment({ ...plan, problem: { ...plan.problem, network } }).catch(
      (error: Error) => (message = error.message),
    );
    expect(message).to.equal(
      '2 layers: expected a linear network with one score, got relu and 1 score.',
    );
  });
});
