import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSweep } from '../../../src/records/index.js';
import { tinySweep } from '../../experiments/tiny-sweep.js';
import { projectRoot } from '../../helpers/project-root.js';
import { temporaryFolder } from '../../notebooks/temporary-folder.js';
import { hasSlurm, startSlurm } from './own-slurm.js';
import { startSweep, sweepCommand, sweepFileIn } from './sweep-command.js';

/** The processes that run batches of a folder. */
function batchProcesses(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words.includes('--batch-file') && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`AFTERFIT_TEST_SWEEP=${folder}`); // prettier-ignore
      } catch {
        // It has ended meanwhile.
        return false;
      }
    });
}

const waited = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a sweep by the workflow', function () {
  // The first call installs the workflow engine.
  this.timeout(600_000);
  let folder: string;
  let file: string;
  let bytes: Buffer;
  const tables = (out: string) => readdirSync(join(out, 'parts')).filter((name) => name.endsWith('.parquet')); // prettier-ignore

  before(() => {
    folder = temporaryFolder('sweep-workflow-');
    file = sweepFileIn(folder, { ...tinySweep(), batch: 3 });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has a row for each run, and does nothing where all are there', () => {
    const out = join(folder, 'local');
    const { status, stdout, stderr } = sweepCommand([file, '--out', out]);
    expect(status, stderr).to.equal(0);
    expect(stdout).to.equal(`tiny: 6 runs; 6 to do, in 2 batches.\nThe rows of 6 runs are in ${join(out, 'tiny.parquet')}\n`); // prettier-ignore
    bytes = readFileSync(join(out, 'tiny.parquet'));
    const again = sweepCommand([file, '--out', out]);
    expect(again.stdout).to.contain('tiny: 6 runs, all of them done.\n');
    expect(readFileSync(join(out, 'tiny.parquet')).equals(bytes)).to.equal(true);
  });

  it('is read by DuckDB as by us', async () => {
    const path = join(folder, 'local', 'tiny.parquet');
    const python = join(projectRoot(), '.afterfit', 'sweep-venv', 'bin', 'python');
    const query = `select run, width, seed, status, margin, certified, lengths from '${path}' order by run`; // prettier-ignore
    const code = `import duckdb, json; print(json.dumps(duckdb.sql("""${query}""").fetchall()))`;
    const { stdout, stderr } = spawnSync(python, ['-c', code], { encoding: 'utf8' });
    expect(stderr).to.equal('');
    const { rows } = await decodeSweep(bytes);
    expect(JSON.parse(stdout)).to.deep.equal(
      rows.map(({ run, width, seed, status: at, margin, certified, lengths }) => [run, width, seed, at, margin, certified, lengths]), // prettier-ignore
    );
  });

  it('answers the question that the page on sweeps asks of it', () => {
    const page = readFileSync(join(projectRoot(), 'docs', 'sweeps.md'), 'utf8');
    const [, script] = /^```python\n([\s\S]*?)^```/m.exec(page)!;
    const python = join(projectRoot(), '.afterfit', 'sweep-venv', 'bin', 'python');
    const asked = script.replace('widths.parquet', join(folder, 'local', 'tiny.parquet'));
    const { stdout, stderr } = spawnSync(python, ['-c', asked], { encoding: 'utf8' });
    expect(stderr).to.equal('');
    expect(stdout).to.match(/width .*count_star\(\) .*avg\(margin\)/);
  });

  it('tells of a job that was killed, and computes again what is missing, the same bytes', async () => {
    const out = join(folder, 'killed');
    const large = sweepFileIn(folder, { ...tinySweep(40, 'large'), batch: 40 });
    process.env.AFTERFIT_TEST_SWEEP = out;
    const { ended } = startSweep([large, '--out', out]);
    delete process.env.AFTERFIT_TEST_SWEEP;
    let victims: number[] = [];
    while (victims.length === 0) {
      await waited(20);
      victims = batchProcesses(out);
    }
    // Once they are at work: an engine that is told to end before would not have begun.
    await waited(300);
    process.kill(victims[0], 'SIGKILL');
    const { status, stderr } = await ended;
    expect(status).to.equal(1);
    expect(stderr.trim().split('\n').at(-1)).to.match(
      /^40 of 80 runs are missing: batches failed or were ended from outside\. .*workflow\.log says more; .*\.$/,
    );
    expect(tables(out)).to.have.length(1);
    expect(existsSync(join(out, 'large.parquet'))).to.equal(false);
    const again = sweepCommand([large, '--out', out]);
    expect(again.stdout).to.contain('large: 80 runs, 40 of them done; 40 to do, in one batch.\n');
    expect(again.status, again.stderr).to.equal(0);
  });

  it('stops at a signal, keeps what is done, and goes on from there', async () => {
    const out = join(folder, 'stopped');
    const large = sweepFileIn(folder, { ...tinySweep(40, 'large'), batch: 20 });
    const { child, ended } = startSweep([large, '--out', out, '--jobs', '1']);
    while (!existsSync(join(out, 'parts')) || tables(out).length === 0) await waited(20);
    child.kill('SIGINT');
    const { status, stderr } = await ended;
    expect(status).to.equal(130);
    expect(stderr.trim().split('\n').at(-1)).to.match(
      /^Interrupted; \d+ of 80 runs are kept, and the same command goes on from there\.$/,
    );
    expect(readdirSync(join(out, 'parts')).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]); // prettier-ignore
    expect(sweepCommand([large, '--out', out]).status).to.equal(0);
    const [one, other] = ['killed', 'stopped'].map((name) => readFileSync(join(folder, name, 'large.parquet'))); // prettier-ignore
    expect(one.equals(other)).to.equal(true);
  });

  (hasSlurm ? it : it.skip)('is the same bytes on a cluster (slurm-wlm and munge)', async () => {
    const out = join(folder, 'cluster');
    const profile = join(folder, 'profile');
    mkdirSync(profile);
    writeFileSync(
      join(profile, 'config.yaml'),
      [
        'slurm-init-seconds-before-status-checks: 1',
        'seconds-between-status-checks: 1',
        // Without accounting there is no `sacct`.
        'slurm-status-command: squeue',
        'slurm-no-account: true',
        'set-resources:',
        '  batch:',
        '    mem_mb: 500',
      ].join('\n'),
    );
    const slurm = await startSlurm(folder);
    try {
      const args = [file, '--out', out, '--executor', 'slurm', '--profile', profile];
      const { status, stderr } = sweepCommand(args, slurm.env);
      const log = readFileSync(join(out, 'workflow.log'), 'utf8');
      expect(status, `${stderr}${log}`).to.equal(0);
      expect(log).to.match(/SLURM jobid|slurm/i);
    } finally {
      await slurm.stop();
    }
    expect(readFileSync(join(out, 'tiny.parquet')).equals(bytes)).to.equal(true);
  });
});
