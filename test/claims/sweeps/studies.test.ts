import { expect } from 'chai';
import {
  convergenceStudy,
  differentLimits,
  judgeStudy,
  limitsByProblem,
  limitsStudy,
  linearSpread,
  ratesStudy,
  stepStudy,
  studies,
} from '../../../src/claims/index.js';
import type { SweepRow } from '../../../src/records/index.js';
import { knownSweeps } from '../../../src/cli/sweep/options.js';

const unfinished: SweepRow = { status: 'unfinished', message: 'planar: α stopped rising at -2.5: why.' }; // prettier-ignore

/** `count` rows that differ in their seeds. */
const repeated = (count: number, of: (k: number) => SweepRow) =>
  Array.from({ length: count }, (_, k): SweepRow => ({ seed: k, ...of(k) }));

describe('the studies of sweeps', () => {
  it('read the sweeps of docs/', () => {
    expect(studies.map(({ sweep }) => sweep)).to.have.members(knownSweeps());
    for (const { id, statement } of studies) {
      expect(id).to.match(/^sweep-/);
      expect(statement).to.match(/\.$/);
    }
  });

  it('read no columns but those that they name, and say what each kind of exception means', () => {
    for (const study of studies) {
      const read = new Set<string>();
      const axes = ['activation', 'width', 'scale', 'seed', 'network', 'problem', 'start'];
      const finished = { status: 'finished', problem: 'plane', network: 'linear, depth 2, width 4' }; // prettier-ignore
      const made = [finished, { ...finished, certified: true, sound: true }, unfinished];
      const rows = made.map(
        (row): SweepRow =>
          new Proxy(row, {
            get(cells, name) {
              read.add(String(name));
              return Reflect.get(cells, name) as unknown;
            },
          }),
      );
      judgeStudy(study, rows);
      study.figures(rows);
      for (const { kind } of study.exceptions(rows)) expect(study.kinds).to.include.keys(kind);
      expect([...axes, 'status', 'message', ...study.columns]).to.include.members([...read]);
    }
  });

  it('come to no verdict where there are no rows', () => {
    for (const study of studies) expect(judgeStudy(study, []).verdict).to.equal('inconclusive');
  });

  it('come to no verdict where no run came to its goal', () => {
    const rows = repeated(20, () => ({ network: 'linear, depth 2, width 4', problem: 'plane', ...unfinished })); // prettier-ignore
    for (const study of studies) {
      expect(judgeStudy(study, rows).verdict, study.id).to.equal('inconclusive');
      expect(study.exceptions(rows)).to.have.length(20);
      expect(study.figures(rows), study.id).not.to.be.empty;
    }
  });
});

describe('how universal directional convergence is', () => {
  const good: SweepRow = { status: 'finished', verdict: 'supported', certified: true, activation: 'relu', width: 8, margin: 0.1, limit_lambda: 0.2, unstable: 0, saddles: 0, length_after_separation: 1, lengths: [0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001], saddle_left_at: [], alpha_last: 1e7 }; // prettier-ignore
  const open: SweepRow = { ...good, verdict: 'inconclusive', lengths: [0.1, 0.05, 0.02, 0.01, 0.03, 0.03, 0.01] }; // prettier-ignore

  it('is supported where runs are, but for a few that are open or never classified their data', () => {
    const rows = [...repeated(19, () => good), open, unfinished];
    expect(judgeStudy(convergenceStudy, rows).verdict).to.equal('supported');
    const [late, never] = convergenceStudy.exceptions(rows);
    expect(late.kind).to.equal('turned in its last decades');
    expect(late.why).to.match(/0\.0300, 0\.0300, 0\.0100 rad/);
    expect(never.kind).to.equal('came to rest before its data were classified');
  });

  it('is contradicted by one run that contradicts', () => {
    const rows = [...repeated(99, () => good), { ...good, verdict: 'contradicted', reason: 'why' }];
    expect(judgeStudy(convergenceStudy, rows).verdict).to.equal('contradicted');
    expect(convergenceStudy.exceptions(rows).map(({ kind }) => kind)).to.deep.equal(['contradicts']); // prettier-ignore
  });

  it('is left open where many are open, or have no certified limit', () => {
    expect(judgeStudy(convergenceStudy, [...repeated(8, () => good), open, open]).verdict).to.equal('inconclusive'); // prettier-ignore
    const doubted = { ...good, certified: false };
    expect(judgeStudy(convergenceStudy, [...repeated(8, () => good), doubted, doubted]).verdict).to.equal('inconclusive'); // prettier-ignore
  });

  it('tells runs near a saddle, and those that left one late, from those that turned', () => {
    const near = { ...open, unstable: 1, limit_lambda: 1.2 };
    const left = { ...open, saddle_left_at: [1e2, 1e6] };
    const long = { ...open, saddle_left_at: [1e2] };
    const kinds = convergenceStudy.exceptions([near, left, long]).map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['still near a saddle', 'left a saddle late', 'turned in its last decades']); // prettier-ignore
  });

  it('tells which number is open where lengths shrink, in few digits', () => {
    const rate = { ...good, verdict: 'inconclusive', reason: 'rate at which the angle falls ÷ predicted rate, planar: 1.9644309787106633 (why)' }; // prettier-ignore
    const near = { ...rate, reason: 'distance of the predictions to their limit, planar: 1.25 (why)' }; // prettier-ignore
    const [first, second] = convergenceStudy.exceptions([rate, near]);
    expect(first).to.include({ kind: 'another rate than λ says', why: 'rate at which the angle falls ÷ predicted rate, planar: 1.96 (why)' }); // prettier-ignore
    expect(second.kind).to.equal('predictions hardly nearer');
  });

  it('counts data sets whose runs end at one margin', () => {
    const rows = [good, { ...good, width: 16 }, { ...good, seed: 2 }, { ...good, seed: 2, width: 16, margin: 0.11 }].map((row) => ({ seed: 1, ...row })); // prettier-ignore
    const { evidence } = judgeStudy(convergenceStudy, rows);
    expect(evidence.find(({ metric }) => metric === 'data sets with one margin')?.value).to.equal(0.5); // prettier-ignore
  });
});

describe('where flows end', () => {
  const end = (problem: string, margin: number, bound: number): SweepRow => ({ problem, status: 'finished', certified: true, degree: 2, margin, bound, limit_margins: [margin, 2 * margin], limit_scores: [margin] }); // prettier-ignore
  const plane = repeated(30, () => end('plane', 0.1, 0.1));
  const random = repeated(30, () => end('random labels', 0.03, 0.03));
  const few = repeated(30, (k) => end('random labels, 5 units', 0.02 + 0.001 * (k % 4), 0.03));

  it('is the largest margin, and other ones for few units', () => {
    const { verdict, evidence } = judgeStudy(limitsStudy, [...plane, ...random, ...few, { problem: 'plane', ...unfinished }]); // prettier-ignore
    expect(verdict).to.equal('supported');
    expect(evidence.find(({ metric }) => /^different limits, .*units/.test(metric))?.value).to.equal(4); // prettier-ignore
    expect(differentLimits(few).map(({ starts }) => starts)).to.deep.equal([8, 8, 7, 7]);
    const [first] = limitsByProblem([...plane, { problem: 'plane', ...unfinished }]);
    expect(first).to.include({ starts: 31, lost: 1, different: 1, together: 1, global: 1 });
    expect(first.gaps[0]).to.be.closeTo(0, 1e-15);
  });

  it('is contradicted by wide networks that end below it, and by one limit of few units', () => {
    const below = repeated(30, (k) => end('plane', 0.1 - 0.001 * (k % 3), 0.1));
    expect(judgeStudy(limitsStudy, [...below, ...random, ...few]).verdict).to.equal('contradicted');
    const one = repeated(30, () => end('random labels, 5 units', 0.02, 0.03));
    expect(judgeStudy(limitsStudy, [...plane, ...random, ...one]).verdict).to.equal('contradicted');
  });

  it('is left open where no limit meets its bound, a few do not, or there are few', () => {
    const below = repeated(30, () => end('plane', 0.09, 0.1));
    expect(judgeStudy(limitsStudy, [...below, ...random, ...few]).verdict).to.equal('inconclusive');
    const some = repeated(30, (k) => end('plane', k < 5 ? 0.09 : 0.1, 0.1));
    expect(judgeStudy(limitsStudy, [...some, ...random, ...few]).verdict).to.equal('inconclusive');
    expect(judgeStudy(limitsStudy, [...plane, ...random, ...few.slice(0, 9)]).verdict).to.equal('inconclusive'); // prettier-ignore
  });
});

describe('rates by architecture', () => {
  const rate = (network: string, fitted: number, more: object = {}): SweepRow => ({ network, status: 'finished', sound: true, degree: 2, fitted, predicted: 0.5, slowest: 0.5, ...more }); // prettier-ignore
  const linear = repeated(10, () => rate('linear, depth 2, width 4', 0.5));

  it('are supported where exponents are as predicted, whatever ReLU does', () => {
    const relu = repeated(5, () => rate('relu, depth 2, width 8', 0.9));
    expect(judgeStudy(ratesStudy, [...linear, ...relu]).verdict).to.equal('supported');
    expect(ratesStudy.exceptions([...linear, ...relu])).to.have.length(5);
  });

  it('are contradicted by another exponent, and by one that is too slow', () => {
    expect(judgeStudy(ratesStudy, [...linear, rate('squared relu, depth 3, width 8', 0.7)]).verdict).to.equal('contradicted'); // prettier-ignore
    const slow = rate('linear, depth 3, width 4', 0.5, { slowest: 0.7 });
    expect(judgeStudy(ratesStudy, [...linear, slow]).verdict).to.equal('contradicted');
  });

  it('are left open where few can be judged', () => {
    const doubted = repeated(5, () => rate('linear, depth 2, width 4', 0.1, { sound: false }));
    expect(judgeStudy(ratesStudy, [...linear, ...doubted]).verdict).to.equal('inconclusive');
  });
});

describe('step size and alignment', () => {
  const run = (network: string, threshold: number, below = 0.999, above = 0.9): SweepRow => ({ network, status: 'finished', certified: true, complete: true, degree: 2, margin: 0.1, threshold, threshold_there: threshold, alignment: 0.999, alpha: 1e6, factors: [0.9, 1.1], alignments: [below, above] }); // prettier-ignore
  const depths = [2, 3, 4].flatMap((depth) =>
    repeated(7, (k) => run(`linear, depth ${depth}, width 4`, 0.01 * (k + 1))),
  );

  it('are as C* says, and C* of linear networks one number', () => {
    expect(linearSpread(depths)).to.equal(0);
    expect(judgeStudy(stepStudy, depths).verdict).to.equal('supported');
  });

  it('are contradicted by descents that do otherwise, and by a C* that depends on the depth', () => {
    const lost = depths.map((row) => ({ ...row, alignments: [0.9, 0.9] }));
    expect(judgeStudy(stepStudy, lost).verdict).to.equal('contradicted');
    expect(stepStudy.exceptions(lost)).to.have.length(depths.length);
    const other = { ...run('linear, depth 6, width 4', 0.02), seed: 0 };
    expect(judgeStudy(stepStudy, [...depths, other]).verdict).to.equal('contradicted');
  });

  it('say nothing of runs that were not near their limits where descents begin', () => {
    const far = { ...run('linear, depth 2, width 4', 0.01, 0.5, 0.99), seed: 0, threshold_there: 0.02 }; // prettier-ignore
    expect(judgeStudy(stepStudy, [...depths, far]).verdict).to.equal('supported');
    const [{ kind, why }] = stepStudy.exceptions([far]);
    expect(kind).to.equal('not near its limit where descents begin');
    expect(why).to.equal('the longest step at α = 1.00e+6 is 2.00 of C*');
    const none = depths.map((row) => ({ ...row, threshold_there: 2 }));
    expect(judgeStudy(stepStudy, none).verdict).to.equal('inconclusive');
  });

  it('are left open where a few do otherwise', () => {
    const few = depths.map((row, k) => (k < 3 ? { ...row, alignments: [0.99, 0.9] } : row));
    expect(judgeStudy(stepStudy, few).verdict).to.equal('inconclusive');
  });
});
