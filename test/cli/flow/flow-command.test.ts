import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FlowResultFile } from '../../../src/cli/flow/solve.js';
import { angleBetween } from '../../../src/numerics/vectors.js';
import { referenceFlow } from '../../helpers/reference-flow.js';
import { projectRoot } from '../../helpers/project-root.js';

const root = projectRoot();
const reference = (name: string) => join(root, 'datasets', 'reference', `flow-${name}.json`);

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-flow-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly status: number | null;
  readonly stderr: string;
  /** The result; undefined where nothing was written. */
  readonly record: FlowResultFile | undefined;
}

function flow(problem: string, ...options: string[]): Run {
  return flowTo(join(folder, 'results', 'result.json'), problem, options);
}

function flowTo(
  out: string,
  problem: string | undefined,
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Run {
  if (existsSync(out)) rmSync(out);
  const program = join(root, 'dist', 'cli', 'main.js');
  const args = [program, 'flow', ...(problem ? [problem] : []), '--out', out, ...options];
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  const written = existsSync(out);
  const record = written ? (JSON.parse(readFileSync(out, 'utf8')) as FlowResultFile) : undefined;
  return { status, stderr, record };
}

/** The squared-ReLU problem with some of it replaced, as a file. */
function variant(changes: object): string {
  const problem = JSON.parse(readFileSync(reference('squared-relu'), 'utf8')) as object;
  const path = join(folder, 'problem.json');
  writeFileSync(path, JSON.stringify({ ...problem, ...changes }));
  return path;
}

const runs = new Map<string, Run>();

/** The run of a reference, or one to α = 5, solved a single time. */
function solved(name: 'squared-relu' | 'relu' | 'short'): Run {
  const run = () => flow(name === 'short' ? variant({ targets: [5] }) : reference(name));
  runs.set(name, runs.get(name) ?? run());
  return runs.get(name)!;
}
const short = () => solved('short').record!;

interface Checked {
  readonly norm: number;
  readonly residual: number;
  readonly feasibility: number;
  readonly slack: number;
  readonly smallestMultiplier: number;
  readonly sumOfMultipliers: number;
  readonly slopes: readonly number[];
  readonly marginOverFlow: number;
}

/** What a Python program finds from the result file alone. */
function checkLimit(result: string): Checked {
  const python = join(root, '.venv', 'bin', 'python');
  const script = join(root, 'test', 'helpers', 'check_limit.py');
  const { status, stdout, stderr } = spawnSync(python, [script, result], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Checked;
}

const bounds = {
  'squared-relu': { direction: 1e-6, rest: 1e-7 },
  relu: { direction: 2e-5, rest: 1e-6 },
} as const;

describe('the flow command', function () {
  this.timeout(60_000);

  for (const name of ['squared-relu', 'relu'] as const) {
    it(`reproduces the ${name} reference, and finds its limit`, () => {
      const { status, record } = solved(name);
      expect(status).to.equal(0);
      const { rows, limit, solver } = record!;
      const expected = referenceFlow(name).rows;
      expect(rows.map(({ target }) => target)).to.deep.equal(expected.map(({ target }) => target));
      expected.forEach((row, k) => {
        const angle = angleBetween(
          Float64Array.from(rows[k].direction),
          Float64Array.from(row.direction),
        );
        expect(angle).to.be.below(bounds[name].direction);
        expect(rows[k].normalizedMargin).to.be.closeTo(row.normalizedMargin, bounds[name].rest);
        expect(rows[k].alignment).to.be.closeTo(row.alignment, bounds[name].rest);
        expect(rows[k].logT).to.be.closeTo(row.logT, 1e-4);
        row.kinks?.forEach(([example, unit, slope], j) => {
          expect(rows[k].kinks![j].slice(0, 2)).to.deep.equal([example, unit]);
          expect(rows[k].kinks![j][2]).to.be.closeTo(slope, 1e-4);
        });
      });
      expect(solver.status).to.equal('finished');
      expect(limit!.converged).to.equal(true);
      expect(solver.message).not.to.contain('certified');
      expect(limit!.residual).to.be.below(1e-12);
      expect(Math.max(...limit!.marginAgreement)).to.be.below(1e-12);
      expect(limit!.margin).to.be.above(rows[rows.length - 1].normalizedMargin);
    });
  }

  it('gives no row for a target passed before the start, and says so', () => {
    const { status, record } = flow(variant({ targets: [1, 2, 5] }));
    expect(status).to.equal(0);
    expect(record!.rows.map(({ target }) => target)).to.deep.equal([5]);
    expect(record!.solver.message).to.contain(
      'The targets 1, 2 were passed before the start, where α = 2.18667, and have no row.',
    );
    expect(record!.limit).to.equal(null);
    expect(record!.solver.message).to.contain('No limit was looked for');
  });

  it('takes the row at 10 for a start, and does not certify a limit on two of them', () => {
    const { limit, solver } = flow(variant({ targets: [10, 1e4] }), '--stop-at-last').record!;
    expect(limit!.startAlphas[0]).to.be.closeTo(10, 1e-9);
    expect(limit!.startAlphas).to.have.length(2);
    expect(solver.message).to.contain(
      'The limit is not certified: it takes 5 rows from 0.206 rad away',
    );
  });

  it('goes on from its last target until its limit is certified, which a check by another program confirms', () => {
    const out = join(folder, 'settled.json');
    const { status, record } = flowTo(out, variant({ targets: [10, 100] }), []);
    expect(status).to.equal(0);
    const { limit, solver, rows } = record!;
    expect(limit!.certified).to.be.true;
    expect(rows.length).to.be.above(3);
    expect(solver.message).to.contain(
      'It went on from its last target, 100, for a limit that can be certified.',
    );
    const checked = checkLimit(out);
    expect(checked.residual).to.be.below(1e-10);
    expect(checked.feasibility).to.be.below(1e-10);
    expect(checked.slack).to.be.above(-1e-10);
    expect(checked.smallestMultiplier).to.be.at.least(0);
    expect(checked.sumOfMultipliers).to.be.closeTo(1, 1e-12);
    expect(checked.norm).to.be.closeTo(1, 1e-14);
    expect(checked.marginOverFlow).to.be.at.least(1 - 1e-12);
  });

  it('has kinks and slopes in its limit that the same check confirms', () => {
    const { record } = solved('relu');
    expect(record!.limit!.certified).to.be.true;
    const out = join(folder, 'kinked.json');
    writeFileSync(out, JSON.stringify(record));
    const checked = checkLimit(out);
    expect(checked.residual).to.be.below(1e-10);
    expect(checked.slopes.length).to.be.above(5);
    for (const slope of checked.slopes) expect(slope).to.be.within(0, 1);
    expect(checked.marginOverFlow).to.be.at.least(1 - 1e-12);
  });

  it('warns of an environment that makes no sense, and works nevertheless', () => {
    const environment = { AFTERFIT_THREADS: 'many', AFTERFIT_BLAS: '/no/such/library.so' };
    const out = join(folder, 'warned.json');
    const { status, stderr } = flowTo(out, variant({ targets: [5] }), [], environment);
    expect(status).to.equal(0);
    expect(stderr).to.contain("AFTERFIT_THREADS is 'many', not a whole number of at least 1;");
    expect(stderr).to.contain("AFTERFIT_BLAS is '/no/such/library.so', which is of no use (");
  });

  it('shows its options and exit statuses', () => {
    const program = join(root, 'dist', 'cli', 'main.js');
    const { status, stdout } = spawnSync(process.execPath, [program, 'flow', '--help'], {
      encoding: 'utf8',
    });
    expect(status).to.equal(0);
    for (const part of ['--out', '--tolerance', '--max-steps', '130 after Ctrl-C']) {
      expect(stdout).to.contain(part);
    }
  });

  it('writes what it reached, and exits with 1, when it runs out of steps', () => {
    const { status, record } = flow(variant({}), '--max-steps', '100');
    expect(status).to.equal(1);
    expect(record!.solver.status).to.equal('max-steps');
    expect(record!.rows.map(({ target }) => target)).to.deep.equal([10]);
  });

  it('says that α stopped rising where two examples contradict each other', () => {
    const contradiction = {
      network: { kind: 'linear', inputs: 2 },
      homogeneity: 1,
      inputs: [
        [1, 0],
        [1, 0],
        [0, 1],
      ],
      labels: [1, -1, 1],
      theta0: [0.3, 0.2],
    };
    const { status, stderr, record } = flow(variant(contradiction));
    expect(status).to.equal(1);
    const sentence =
      'No linear network separates these data: a combination of the inputs of examples 1, 2 (counted from 1)';
    expect(stderr).to.contain(sentence);
    expect(record!.solver.message).to.contain(sentence);
    expect(record!.solver.status).to.equal('stalled');
    expect(record!.solver.message).to.contain('α stopped rising at -0.693147');
    expect(record!.rows).to.deep.equal([]);
  });

  it('solves its own result again where it is asked to', () => {
    const first = short();
    const second = flow(variant(first), '--from-start').record!;
    expect(second).to.deep.equal(first);
  });

  for (const name of ['squared-relu', 'relu'] as const) {
    it(`goes on from the last point of a result, as if it had never stopped (${name})`, () => {
      const problem = JSON.parse(readFileSync(reference(name), 'utf8')) as object;
      const targets = [10, 100, 1e3, 1e4];
      const whole = flow(
        variant({ ...problem, targets: [...targets, 1e5] }),
        '--stop-at-last',
      ).record!;
      const half = flow(variant({ ...problem, targets }), '--stop-at-last').record!;
      const second = flow(variant(half), '--decades', '1', '--stop-at-last').record!;
      expect(second.targets).to.deep.equal(whole.targets);
      expect(second.rows.slice(0, 4)).to.deep.equal(half.rows);
      expect(second.rows.map(({ target }) => target)).to.deep.equal(whole.targets);
      expect(second.last.logT).to.be.closeTo(whole.last.logT, 1e-5);
      expect(second.last.logNorm).to.be.closeTo(whole.last.logNorm, 1e-7);
      expect(second.last.pathLength).to.be.closeTo(whole.last.pathLength, 1e-6);
      expect(second.limit!.margin).to.be.closeTo(whole.limit!.margin, 1e-10);
      expect(second.solver.message).to.equal(whole.solver.message);
      expect(second.solver.startAlpha).to.equal(whole.solver.startAlpha);
      expect(second.solver.slides).to.equal(whole.solver.slides);
      expect(second.solver.counts.accepted).to.be.above(half.solver.counts.accepted);
    });
  }

  it('goes on with the targets that were not reached, where nothing else is said', () => {
    const short = flow(variant({ targets: [10, 100] }), '--max-steps', '100').record!;
    expect(short.last.alpha).to.be.within(10, 100);
    expect(short.last.margins).to.have.length(42);
    expect(Math.min(...short.last.margins)).to.equal(short.last.normalizedMargin);
    const { status, record } = flow(variant(short), '--stop-at-last');
    expect(status).to.equal(0);
    expect(record!.rows.map(({ target }) => target)).to.deep.equal([10, 100]);
  });

  it('solves the problem of a table, and its result again', () => {
    const table = join(folder, 'table.csv');
    writeFileSync(table, 'length,species\n1,old\n2,old\n4,new\n5,new\n');
    const words = ['--csv', table, '--network', 'linear', '--targets', '10,100'];
    const { status, record } = flowTo(join(folder, 'table.json'), undefined, words);
    expect(status).to.equal(0);
    expect(record!.data!.labels).to.deep.equal([
      { text: 'new', label: -1 },
      { text: 'old', label: 1 },
    ]);
    const again = flow(variant({ ...record!, homogeneity: 1 }), '--from-start').record!;
    expect(again).to.deep.equal(record);
  });

  it('holds the last point of a run that came to no target at all', () => {
    const { last, rows } = flow(variant({}), '--max-steps', '1').record!;
    expect(rows).to.deep.equal([]);
    expect(last.direction).to.have.length(64);
    expect(last.alpha).to.be.a('number');
  });

  const lastOf = (direction: number[]) => ({
    logT: 0,
    logNorm: 0,
    alpha: 1,
    normalizedMargin: 0,
    smoothedMargin: 0,
    alignment: 0,
    direction,
    pathLength: 0,
    margins: [],
  });
  it('follows a deep ReLU network on its kinks, at any tolerance', () => {
    const deepRelu = {
      network: { kind: 'deep', widths: [3, 3, 3, 1], activation: 'relu' },
      theta0: Array.from({ length: 21 }, (_, i) => Math.sin(i + 1)),
      homogeneity: undefined,
    };
    const { record } = flow(variant({ ...deepRelu, targets: [-1] }), '--tolerance', '1e-8');
    expect(record!.homogeneity).to.equal(3);
    expect(record!.solver.tolerance).to.equal(1e-8);
    expect(record!.solver).not.to.have.property('rampWidth');
  });

  const refused: [string, () => Run, RegExp][] = [
    ['a wrong label', () => flow(variant({ labels: Array(42).fill(3) })), /^problem\.json: labels\[0\] is 3; expected \+1 or -1\.\n$/],
    ['a file for a folder', () => flowTo(join(folder, 'problem.json', 'a', 'b.json'), reference('relu'), []), /^--out: .*a is a file, or lies in one; expected a folder\.\n$/],
    ['a missing file', () => flow(join(folder, 'none.json')), /none\.json: no such file\.\n$/],
    ['a tolerance in words', () => flow(variant({}), '--tolerance', 'small'), /^--tolerance is 'small'; expected a number/],
    ['no steps', () => flow(variant({}), '--max-steps', '0'), /^--max-steps is '0'; expected a whole number of at least 1\.\n$/],
    ['two problems', () => flow(variant({}), 'other.json'), /^Expected one problem file, got 2/],
    ['targets that fall', () => flow(variant({}), '--targets', '1e6,1e5'), /^--targets is '1e6,1e5'; expected increasing numbers such as 1e6,1e8\.\n$/],
    ['a result that is done', () => flow(variant(short())), /^problem\.json: its run has come to α = 5\.00000, and its last target was 5; --targets or --decades names further ones, and --from-start solves it again\.\n$/],
    ['a new target that was passed', () => flow(variant(short()), '--targets', '3,7'), /^problem\.json: its run has come to α = 5\.00000; expected --targets beyond it, found 3\.\n$/],
    ['a last point of another network', () => flow(variant({ ...short(), last: { ...lastOf([1, 2]) }, targets: [9] })), /^problem\.json: last\.direction has 2 numbers; expected 64, as in theta0\.\n$/],
    ['a last point without a norm', () => flow(variant({ ...short(), last: { ...lastOf([1, 2]), logNorm: 'much' } })), /^problem\.json: last\.logNorm is "much"; expected a finite number\.\n$/],
    ['an unknown option', () => flow(variant({}), '--fast'), /^Unknown option '--fast'; the options are/],
  ]; // prettier-ignore
  for (const [title, run, expected] of refused) {
    it(`refuses ${title} with exit status 2, writing nothing`, () => {
      const { status, stderr, record } = run();
      expect(stderr).to.match(expected);
      expect(stderr.trim().split('\n')).to.have.length(1);
      expect(status).to.equal(2);
      expect(record).to.equal(undefined);
    });
  }
});
