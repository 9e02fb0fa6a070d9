import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planSweep, writeBatches } from '../../../src/experiments/sweep/index.js';
import { installNativeLinearAlgebra } from '../../../src/native/index.js';
import { useNativeLinearAlgebra } from '../../../src/numerics/index.js';
import { tinySweep } from '../../experiments/tiny-sweep.js';
import { temporaryFolder } from '../../notebooks/temporary-folder.js';
import { startSweep, sweepCommand, sweepFileIn } from './sweep-command.js';

/** Whether small disks can be made here. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

describe('the sweep command', function () {
  this.timeout(120_000);
  let folder: string;
  let file: string;
  before(() => {
    // Batches are planned here with what the command computes with.
    installNativeLinearAlgebra();
    folder = temporaryFolder('sweep-command-');
    file = sweepFileIn(folder, tinySweep(1));
  });
  after(() => {
    useNativeLinearAlgebra(undefined);
    rmSync(folder, { recursive: true, force: true });
  });

  it('lists the sweeps of the project, and says what there is to be done', () => {
    expect(sweepCommand([]).stdout.split('\n')).to.include.members(['directional-convergence', 'where-it-ends', 'rates', 'step-size']); // prettier-ignore
    const out = join(folder, 'never');
    const { status, stdout } = sweepCommand([file, '--dry-run', '--batch', '1', '--out', out]);
    expect([status, stdout]).to.deep.equal([0, 'tiny: 2 runs; 2 to do, in 2 batches.\n']);
    expect(existsSync(out)).to.equal(false);
  });

  const wrong: [string, string[], RegExp][] = [
    ['a name that is none', ['flows'], /^There is no sweep 'flows'; expected a file, or one of .*\.$/],
    ['two sweeps', ['rates', 'step-size'], /^Expected one sweep, got 2\.$/],
    ['another executor', ['rates', '--executor', 'pbs'], /^--executor is 'pbs'; expected one of local, slurm\.$/],
    ['no jobs', ['rates', '--jobs', '0'], /^--jobs is '0'; expected a whole number of at least 1\.$/],
  ]; // prettier-ignore
  for (const [title, args, message] of wrong) {
    it(`refuses ${title} in a sentence`, () => {
      const { status, stderr } = sweepCommand(args);
      expect(stderr.trim()).to.match(message);
      expect(status).to.equal(2);
    });
  }

  it('tells where a file makes no sense', () => {
    const path = join(folder, 'wrong.json');
    writeFileSync(path, JSON.stringify({ ...tinySweep(), axes: [] }));
    const { status, stderr } = sweepCommand([path]);
    expect(stderr).to.equal('wrong.json: axes is []; expected at least one axis.\n');
    expect(status).to.equal(2);
  });

  /** A batch of one's own, ready to be run. */
  async function batchIn(place: string, count = 1): Promise<string> {
    const plan = await planSweep(tinySweep(count), place, 100);
    writeBatches(plan, place);
    return join(place, 'batches', `${plan.batches[0].id}.json`);
  }

  it('leaves nothing of a batch whose process is killed', async () => {
    const place = join(folder, 'killed');
    mkdirSync(place);
    const batch = await batchIn(place, 400);
    const { child, ended } = startSweep(['--batch-file', batch]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(join(place, 'parts'))).to.equal(false);
  });

  it('ends a batch at a signal, with nothing written', async () => {
    const place = join(folder, 'stopped');
    mkdirSync(place);
    const batch = await batchIn(place, 400);
    const { child, ended } = startSweep(['--batch-file', batch]);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.kill('SIGTERM');
    const { status, stderr } = await ended;
    // A signal that comes before the command listens ends it all the same.
    expect([130, null]).to.include(status);
    if (status === 130) expect(stderr).to.equal('Interrupted; nothing was written.\n');
    expect(existsSync(join(place, 'parts'))).to.equal(false);
  });

  (canMount ? it : it.skip)('says that a disk is full, and leaves no half of a table', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const mount = spawnSync('/usr/bin/mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
    expect(mount.status, String(mount.stderr)).to.equal(0);
    try {
      const batch = await batchIn(disk);
      mkdirSync(join(disk, 'parts'));
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize));
      const { status, stderr } = sweepCommand(['--batch-file', batch]);
      expect(stderr).to.match(/^sweep: .*\.parquet: cannot be written \(ENOSPC\)\.\n$/);
      expect(status).to.equal(2);
      expect(readdirSync(join(disk, 'parts'))).to.deep.equal([]);
      const whole = sweepCommand([file, '--out', join(disk, 'new')]);
      expect(whole.stderr.trim()).to.match(/ENOSPC\)\.$/);
      expect(whole.status).to.equal(2);
    } finally {
      spawnSync('/usr/bin/umount', [disk]);
    }
  });
});
