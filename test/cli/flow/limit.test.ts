import { expect } from 'chai';
import { pageOf } from '../../../src/cli/flow/page/page.js';
import { problemIn } from '../../../src/cli/flow/problem-file.js';
import { problemOf } from '../../../src/cli/flow/problem.js';
import { flowSummary } from '../../../src/cli/flow/summary.js';
import { solveProblem } from '../../../src/cli/flow/solve.js';
import { planarProblem } from '../../../src/experiments/index.js';
import { doubtsAbout, limitEntry } from '../../../src/cli/flow/limit.js';
import type { KktPoint, LimitCertificate } from '../../../src/flows/index.js';

const limit: KktPoint = {
  direction: Float64Array.of(1, 0),
  margin: 0.5,
  multipliers: Float64Array.of(1),
  support: [0],
  kinks: [{ example: 0, unit: 1, multiplier: 0.25 }],
  residual: 1e-14,
  feasibility: 1e-15,
  smallestMultiplier: 1,
  slack: Infinity,
  rounding: 1e-15,
  stability: { lambda: 0.25, unstable: 0, flat: 1, tangent: 3 },
  iterations: 5,
  converged: true,
  message: 'Converged.',
};

const certificate: LimitCertificate = {
  limit,
  startAlphas: [10, 100, 1000],
  angles: [1e-2, 5e-3, 2e-3],
  agreement: [0, 0, 0],
  marginAgreement: [0, 0, 0],
  expectedRatios: [],
  predictedRatio: 0.4,
  measuredRatios: [0.5, 0.4],
  doubts: [],
};

describe('the limit in a result of the flow command', () => {
  it('is certified where nothing speaks against it', () => {
    expect(doubtsAbout(certificate)).to.deep.equal([]);
    expect(limitEntry(certificate).certified).to.be.true;
  });

  it('is not, with all reasons in one sentence, where something does', () => {
    const doubted = { ...certificate, doubts: ['the angle rises', 'a multiplier is not positive'] };
    expect(doubtsAbout(doubted)).to.deep.equal([
      'The limit is not certified: the angle rises; a multiplier is not positive.',
    ]);
    expect(limitEntry(doubted).certified).to.be.false;
  });

  it('tells of its stability and rates in plain keys', () => {
    const entry = limitEntry(certificate);
    expect([entry.lambda, entry.flatDimensions, entry.unstableDirections]).to.deep.equal([
      0.25, 1, 0,
    ]);
    expect([entry.predictedRatio, ...entry.measuredRatios]).to.deep.equal([0.4, 0.5, 0.4]);
    expect(entry.kinks).to.deep.equal([[0, 1, 0.25]]);
    expect(entry).to.not.have.any.keys('stability', 'iterations');
  });
});

/** A planar flow that is still leaving a saddle at α = 10¹⁶. */
function creeping() {
  const { objective, theta0 } = planarProblem('relu', 600_050);
  const { inputs, labels, examples } = objective;
  const raw = {
    network: { kind: 'two-layer', inputs: 3, width: 16, activation: 'relu' },
    loss: 'exponential',
    targets: Array.from({ length: 11 }, (_, k) => 10 ** (k + 1)),
    inputs: Array.from({ length: examples }, (_, i) => [...inputs.subarray(3 * i, 3 * i + 3)]),
    labels: [...labels],
    theta0: [...theta0],
  };
  return problemOf(problemIn(raw, 'p.json'), 'p.json');
}

describe('a run that creeps', () => {
  it('is followed beyond its rows until its limit is certified, and says so', async function () {
    this.timeout(60_000);
    const problem = creeping();
    const seen: number[] = [];
    const record = await solveProblem(problem, {
      maxSteps: 5000,
      onProgress: (alpha) => void seen.push(alpha),
    });
    const { rows, beyond, limit, visits } = record;
    expect(limit?.certified).to.be.true;
    expect(rows[rows.length - 1].alpha / 1e16).to.be.closeTo(1, 1e-6);
    expect(beyond[0].alpha / 1e17).to.be.closeTo(1, 1e-6);
    expect(limit!.startAlphas.slice(-1)).to.deep.equal([beyond[beyond.length - 1].alpha]);
    expect(Math.max(...seen)).to.equal(beyond[beyond.length - 1].alpha);
    beyond.forEach(({ smoothedMargin, angle }, k) => {
      expect(smoothedMargin).to.be.below(limit!.margin);
      if (k === 0) return;
      expect(smoothedMargin).to.be.at.least(beyond[k - 1].smoothedMargin * (1 - 1e-11));
      expect(angle).to.be.below(beyond[k - 1].angle);
    });
    expect(visits).not.to.be.empty;
    expect(visits.filter(({ stays }) => stays)).to.deep.equal([]);
    expect(flowSummary(record)).to.match(
      /From its last row it was followed on to α = 1e\d\d, by the equation that the flow obeys as α → ∞\. In the last decade its direction turned by \S+ rad\.$/,
    );
    const page = await pageOf(record, problem, 'Creeping');
    expect(page).to.contain('Beyond the last row it is that of the equation');
  });

  it('says where it was interrupted beyond its rows, and keeps them', async function () {
    this.timeout(60_000);
    const signal = { aborted: false };
    const { solver, beyond, rows } = await solveProblem(creeping(), {
      maxSteps: 5000,
      signal,
      onProgress: (alpha) => (signal.aborted ||= alpha > 1e18),
    });
    expect(solver.status).to.equal('interrupted');
    expect(rows[rows.length - 1].alpha / 1e16).to.be.closeTo(1, 1e-6);
    expect(beyond).not.to.be.empty;
    expect(solver.message).to.contain('as α → ∞, where it was interrupted.');
  });

  it('is interrupted while its limit is looked for too, with the last point and what was found', async function () {
    this.timeout(60_000);
    const signal = { aborted: false };
    const problem = creeping();
    const last = problem.file.targets.at(-1)!;
    const record = await solveProblem(problem, {
      maxSteps: 5000,
      signal,
      onProgress: (alpha) => (signal.aborted ||= alpha > last * (1 - 1e-9)),
    });
    expect(record.solver.status).to.equal('interrupted');
    expect(record.solver.message).to.match(
      /^The run was interrupted at α = \S+, after its last target\./,
    );
    expect(record.last.alpha / last).to.be.closeTo(1, 1e-9);
    expect(record.rows).to.have.length(problem.file.targets.length);
    expect(record.beyond).to.deep.equal([]);
    const { limit, solver } = record;
    const told = 'The search for the limit was interrupted.';
    // What a second is enough for is found all the same.
    expect(limit === null ? solver.message.includes(told) : limit.margin > 0).to.be.true;
  });

  it('ends at its last row where it is told to, without a certificate', async function () {
    this.timeout(60_000);
    const { limit, beyond } = await solveProblem(creeping(), { maxSteps: 5000, stopAtLast: true });
    expect(limit?.certified).to.be.false;
    expect(beyond).to.deep.equal([]);
  });
});
