import { expect } from 'chai';
import {
  judgeClaim,
  lengthPerAlphaDecade,
  lengthPerUnit,
  log10Alpha,
  noConvergence,
  rowsFrom,
} from '../../src/claims/index.js';
import { runExperiment } from '../../src/experiments/index.js';
import type { SpiralColumns, SpiralRecord } from '../../src/records/index.js';
import { dissent, evidenceOf, RUN_TIME } from './records.js';

const judge = (spiral: SpiralRecord) => noConvergence.judge({ spiral });
const verdict = (spiral: SpiralRecord) => judgeClaim(noConvergence, { spiral }).verdict;

/** A run whose path is `lengthAt` at log log ‖θ‖, on a curve of radius nearly 1. */
function madeUp(lengthAt: (logLogNorm: number) => number, turns = 4): SpiralColumns {
  const logLogNorm = Float64Array.from({ length: 400 }, (_, k) => k / 16);
  const pathLength = logLogNorm.map(lengthAt);
  return {
    logLogNorm,
    pathLength,
    phi: logLogNorm.map((_, k) => 2 + (2 * Math.PI * turns * k) / 399),
    s: logLogNorm.map((_, k) => 2 + (2 * Math.PI * turns * k) / 399),
    minusLogGap: logLogNorm.map((value) => 1 + value),
  };
}

describe('the claim that directions need not converge', () => {
  let real: SpiralRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = await runExperiment(noConvergence.plan({ scale: 'smoke', seed: 7 }).spiral);
  });

  it('is supported by the run', () => {
    expect(dissent(judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(noConvergence.expected);
  });

  it('is the same for the same seed, and starts elsewhere for another', () => {
    expect(real.start).to.be.within(1.15, 1.45);
    expect(judge(real)).to.deep.equal(judge(real));
  });

  it('has the numbers of the counterexample', () => {
    const evidence = judge(real);
    expect(evidenceOf(evidence, /r = 0\.9/).value).to.be.closeTo(382, 0.05);
    expect(evidenceOf(evidence, /turns unstable/).note).to.include('r = 0.6256');
    const ratio = evidenceOf(evidence, /per decade of α, last ratio/).value;
    expect(ratio).to.be.within(0.88, 0.95);
  });

  const made = (run: SpiralColumns): SpiralRecord => ({
    ...real,
    curve: run,
    start: 2,
    free: run,
    leaves: 2,
  });

  it('is supported by lengths that stay, and contradicted by lengths of a path that ends', () => {
    expect(verdict(made(madeUp((x) => x)))).to.equal('supported');
    expect(verdict(made(madeUp((x) => -(0.5 ** x))))).to.equal('contradicted');
    expect(verdict({ ...real, curve: madeUp((x) => -(0.5 ** x)), start: 2 })).to.equal(
      'contradicted',
    );
    expect(
      verdict({ ...real, free: madeUp((x) => -Math.exp(-Math.exp(x / 4))), leaves: 2 }),
    ).to.equal('contradicted');
  });

  it('is left open by lengths that shrink slowly, or not always', () => {
    expect(verdict(made(madeUp((x) => Math.log(1 + x))))).to.equal('inconclusive');
    expect(verdict(made(madeUp((x) => x + Math.sin(3 * x))))).to.equal('inconclusive');
  });

  it('is left open by a run that does not turn far enough, or is too short', () => {
    expect(verdict(made(madeUp((x) => x, 2.9)))).to.equal('inconclusive');
    expect(verdict({ ...real, curve: rowsFrom(real.curve, 19) })).to.equal('inconclusive');
    expect(verdict({ ...real, free: rowsFrom(real.free, Infinity) })).to.equal('inconclusive');
  });

  it('is left open by runs that are no flow of this margin', () => {
    const fallen = real.curve.minusLogGap.slice();
    fallen[100] = fallen[99];
    const changes: Partial<SpiralRecord>[] = [
      { residual: 1e-6 },
      { residual: NaN },
      { leaves: 4.5 },
      { perturbed: real.perturbed.map((run) => ({ ...run, predicted: 1.05 * run.predicted })) },
      { perturbed: real.perturbed.map((run) => ({ ...run, predicted: NaN, leaves: NaN })) },
      { curve: { ...real.curve, minusLogGap: fallen } },
    ];
    for (const change of changes) expect(verdict({ ...real, ...change })).to.equal('inconclusive');
  });

  it('reads decades of α and units of log log ‖θ‖ off a run', () => {
    // γ̃ = 1 − e^{−1000} = 1 and L = 2: log₁₀ α = 2 e^x/log 10.
    const run = { ...madeUp((x) => 3 * x), minusLogGap: new Float64Array(400).fill(1000) };
    expect(log10Alpha(run, 2)[16]).to.be.closeTo((2 * Math.E) / Math.LN10, 1e-12);
    for (const length of lengthPerUnit(run, 5)) expect(length).to.be.closeTo(3, 1e-9);
    expect(lengthPerUnit(run, 40).length).to.equal(24);
    const lengths = lengthPerAlphaDecade(run, 2, 5);
    lengths.forEach((length, k) => {
      expect(length).to.be.closeTo(3 * Math.log((k + 2) / (k + 1)), 0.01);
    });
  });
});
