import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { runFolder, RUNS_FOLDER, withFolderLock } from '../../src/experiments/run-folders.js';

describe('folders of trainings', () => {
  let parent: string;
  let folder: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'runs-'));
    folder = join(parent, 'a-run');
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  const nobodyWaits = () => expect.fail('Nobody holds the lock.');
  const lock = () => join(folder, 'lock');
  const origin = { code: 'a', described: 'images' };

  it('are named after the training and the code, in the folder that the environment names', () => {
    const before = process.env[RUNS_FOLDER];
    try {
      process.env[RUNS_FOLDER] = parent;
      expect(dirname(runFolder('small-smoke-1', origin))).to.equal(parent);
      expect(basename(runFolder('small-smoke-1', origin))).to.match(/^small-smoke-1-[0-9a-f]{12}$/);
      expect(runFolder('small-smoke-1', origin)).to.equal(runFolder('small-smoke-1', origin));
      const others = [
        { ...origin, code: 'b' },
        { ...origin, described: 'others' },
      ];
      const all = [origin, ...others].map((one) => runFolder('small-smoke-1', one));
      expect(new Set(all).size).to.equal(3);
      delete process.env[RUNS_FOLDER];
      expect(dirname(runFolder('small', origin))).to.match(/\.afterfit[\\/]runs$/);
    } finally {
      if (before === undefined) delete process.env[RUNS_FOLDER];
      else process.env[RUNS_FOLDER] = before;
    }
  });

  it('are locked while somebody works in them, and free afterwards', async () => {
    const result = await withFolderLock(folder, nobodyWaits, async () => {
      expect(existsSync(lock())).to.equal(true);
      return 7;
    });
    expect(result).to.equal(7);
    expect(existsSync(lock())).to.equal(false);
  });

  it('are free after work that failed', async () => {
    const failing = withFolderLock(folder, nobodyWaits, () => Promise.reject(new Error('no')));
    expect(await failing.catch(({ message }: Error) => message)).to.equal('no');
    expect(existsSync(lock())).to.equal(false);
  });

  it('let a second caller wait until the first is done', async () => {
    const order: string[] = [];
    let waits = 0;
    const first = withFolderLock(folder, nobodyWaits, async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      order.push('first');
    });
    const second = withFolderLock(
      folder,
      () => waits++,
      async () => void order.push('second'),
    );
    await Promise.all([first, second]);
    expect(order).to.deep.equal(['first', 'second']);
    expect(waits).to.be.within(1, 4);
  });

  it('are taken over from a process that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await withFolderLock(folder, nobodyWaits, async () => undefined);
    writeFileSync(lock(), `${pid}`);
    let waits = 0;
    expect(
      await withFolderLock(
        folder,
        () => waits++,
        async () => 'done',
      ),
    ).to.equal('done');
    expect(waits).to.be.at.most(1);
  });

  it('are taken over from a lock without a number once it is old', async () => {
    await withFolderLock(folder, nobodyWaits, async () => undefined);
    writeFileSync(lock(), '');
    let waits = 0;
    const waiting = () => {
      // It might be one that is being written; then it grows old.
      expect(existsSync(lock())).to.equal(waits < 2);
      if (++waits === 2) utimesSync(lock(), new Date(0), new Date(0));
    };
    expect(await withFolderLock(folder, waiting, async () => 'done')).to.equal('done');
    expect(waits).to.be.within(2, 3);
  });
});
