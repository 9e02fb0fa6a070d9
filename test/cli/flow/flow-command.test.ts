import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FlowRecord } from '../../../src/cli/flow/solve.js';
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
  readonly record: FlowRecord | undefined;
}

function flow(problem: string, ...options: string[]): Run {
  return flowTo(join(folder, 'results', 'result.json'), problem, options);
}

function flowTo(
  out: string,
  problem: string,
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Run {
  if (existsSync(out)) rmSync(out);
  const program = join(root, 'dist', 'cli', 'flow.js');
  const args = [program, problem, '--out', out, ...options];
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  const written = existsSync(out);
  const record = written ? (JSON.parse(readFileSync(out, 'utf8')) as FlowRecord) : undefined;
  return { status, stderr, record };
}

/** The squared-ReLU problem with some of it replaced, as a file. */
function variant(changes: object): string {
  const problem = JSON.parse(readFileSync(reference('squared-relu'), 'utf8')) as object;
  const path = join(folder, 'problem.json');
  writeFileSync(path, JSON.stringify({ ...problem, ...changes }));
  return path;
}

const bounds = {
  'squared-relu': { direction: 1e-6, rest: 1e-7 },
  relu: { direction: 2e-5, rest: 1e-6 },
} as const;

describe('the flow command', function () {
  this.timeout(60_000);

  for (const name of ['squared-relu', 'relu'] as const) {
    it(`reproduces the ${name} reference, and finds its limit`, () => {
      const { status, record } = flow(reference(name));
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
    const { limit, solver } = flow(variant({ targets: [10, 1e4] })).record!;
    expect(limit!.startAlphas[0]).to.be.closeTo(10, 1e-9);
    expect(limit!.startAlphas).to.have.length(2);
    expect(solver.message).to.contain('The limit is not certified: it takes 3 rows');
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
    const program = join(root, 'dist', 'cli', 'flow.js');
    const { status, stdout } = spawnSync(process.execPath, [program, '--help'], {
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
    const { status, record } = flow(variant(contradiction));
    expect(status).to.equal(1);
    expect(record!.solver.status).to.equal('stalled');
    expect(record!.solver.message).to.contain('α stopped rising at -0.693147');
    expect(record!.rows).to.deep.equal([]);
  });

  it('solves its own result again', () => {
    const first = flow(variant({ targets: [5] })).record!;
    const second = flow(variant(first)).record!;
    expect(second).to.deep.equal(first);
  });

  const deepRelu = {
    network: { kind: 'deep', widths: [3, 3, 3, 1], activation: 'relu' },
    theta0: Array.from({ length: 21 }, (_, i) => Math.sin(i + 1)),
    homogeneity: undefined,
  };
  const refused: [string, () => Run, RegExp][] = [
    ['a wrong label', () => flow(variant({ labels: Array(42).fill(3) })), /^problem\.json: labels\[0\] is 3; expected \+1 or -1\.\n$/],
    ['a file for a folder', () => flowTo(join(folder, 'problem.json', 'a', 'b.json'), reference('relu'), []), /^--out: .*a is a file, or lies in one; expected a folder\.\n$/],
    ['a missing file', () => flow(join(folder, 'none.json')), /none\.json: no such file\.\n$/],
    ['a tolerance too large for deep ReLU', () => flow(variant(deepRelu), '--tolerance', '1e-8'), /^--tolerance is 1e-8; expected at most 1e-9 with ReLU in several layers/],
    ['a tolerance in words', () => flow(variant({}), '--tolerance', 'small'), /^--tolerance is 'small'; expected a number/],
    ['no steps', () => flow(variant({}), '--max-steps', '0'), /^--max-steps is '0'; expected a whole number of at least 1\.\n$/],
    ['two problems', () => flow(variant({}), 'other.json'), /^Expected one problem file, got 2/],
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
