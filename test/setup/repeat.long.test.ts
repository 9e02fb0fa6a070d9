import { expect } from 'chai';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { copySetup, type Copy } from './copy.js';

/** An npm that counts its calls, takes a moment, and leaves what the set-up looks for. */
const countingNpm = (seconds: number) =>
  [
    'echo called >> calls',
    `/bin/sleep ${seconds}`,
    '/bin/mkdir -p node_modules/typescript/bin',
    ': > node_modules/.package-lock.json',
    ': > node_modules/typescript/bin/tsc',
  ].join('\n');

/** The formatter needs the packages alone; with the copy's empty npm it then fails, which is all right. */
const packagesOnly = ['format'];

describe('set-up, when all is current', () => {
  it('does nothing', () => {
    // Where TensorFlow cannot be had, this command tries again each time.
    const isLeftOut = existsSync(join('.afterfit', 'tensorflow-problem.txt'));
    const env = isLeftOut ? { ...process.env, AFTERFIT_TFJS: 'off' } : process.env;
    const setup = () =>
      spawnSync(process.execPath, ['src/setup/run.mjs', 'setup'], { encoding: 'utf8', env });
    // A source edited since this test run began would be a true reason to build; take it away.
    setup();
    const { status, stderr } = setup();
    expect(status).to.equal(0);
    expect(stderr).to.equal('Everything is set up.\n');
  });
});

describe('set-up, repeated and interrupted', () => {
  let copy: Copy;
  beforeEach(() => {
    copy = copySetup();
    copy.addProgram('npm', countingNpm(0.4));
  });
  afterEach(() => copy.remove());

  const calls = () => readFileSync(join(copy.folder, 'calls'), 'utf8').trim().split('\n').length;
  const start = () => {
    const entry = join(copy.folder, 'src', 'setup', 'run.mjs');
    const env = { PATH: join(copy.folder, '..', 'bin') };
    return spawn(process.execPath, [entry, ...packagesOnly], { env, stdio: 'ignore' });
  };
  const lock = () => join(copy.folder, '.afterfit', 'setup.lock');
  const installer = () =>
    (JSON.parse(readFileSync(lock(), 'utf8')) as { installer: number }).installer;
  /** Waits until npm is at work and the lock says so. */
  const npmCalled = async () => {
    const patience = Date.now() + 8000;
    while (!existsSync(join(copy.folder, 'calls')) || installer() === 0) {
      if (Date.now() > patience) throw new Error('npm was not called within eight seconds');
      await sleep(10);
    }
  };

  it('carries a step out once, and again when an input changes', () => {
    copy.run(packagesOnly);
    copy.run(packagesOnly);
    expect(calls()).to.equal(1);
    writeFileSync(join(copy.folder, 'package-lock.json'), '{}');
    copy.run(packagesOnly);
    expect(calls()).to.equal(2);
  });

  it('lets a second set-up wait for the first, and find its work done', async () => {
    const both = [start(), start()];
    await Promise.all(both.map((child) => once(child, 'exit')));
    expect(calls()).to.equal(1);
    expect(existsSync(lock())).to.equal(false);
  });

  it('ends at a signal without a stamp or a lock, and starts the step afresh', async () => {
    const child = start();
    await npmCalled();
    child.kill('SIGINT');
    const [status] = (await once(child, 'exit')) as [number];
    expect(status).to.equal(130);
    expect(existsSync(lock())).to.equal(false);
    copy.run(packagesOnly);
    expect(calls()).to.equal(2);
  });

  it('after an outright kill waits for the installer left behind, then goes on', async () => {
    copy.addProgram('npm', countingNpm(2));
    const child = start();
    await npmCalled();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(lock())).to.equal(true);
    const { lines } = copy.run(packagesOnly);
    expect(lines[0]).to.match(/^Another set-up \(process \d+\) is at work here; waiting for it\.$/);
    expect(calls()).to.equal(2);
    expect(existsSync(lock())).to.equal(false);
  });

  it('takes over the lock of a process that is gone', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    mkdirSync(join(copy.folder, '.afterfit'));
    writeFileSync(lock(), JSON.stringify({ pid, host: hostname(), installer: 0 }));
    copy.run(packagesOnly);
    expect(calls()).to.equal(1);
  });
});
