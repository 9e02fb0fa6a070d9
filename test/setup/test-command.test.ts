import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';

const url = new URL('../../../src/setup/test-command.mjs', import.meta.url);
const { testArguments, testRuns } = (await import(url.href)) as {
  testArguments(args: string[]): string[];
  testRuns(args: string[]): string[][];
};

const built = join(projectRoot(), '.build', 'test');
const everything = join(built, '**', '*.test.js');
const long = join(built, '**', '*.long.test.js');

describe('the tests that npm test runs', () => {
  it('are all but the long ones', () => {
    expect(testArguments([])).to.deep.equal(['--ignore', long, everything]);
    expect(testArguments(['--bail'])).to.deep.equal(['--ignore', long, '--bail', everything]);
  });

  it('are all with --all', () => {
    expect(testArguments(['--all'])).to.deep.equal([everything]);
  });

  it('are those of a folder or file, a long one where it is named', () => {
    const folder = join(built, 'setup', '**', '*.test.js');
    expect(testArguments(['test/setup'])).to.deep.equal(['--ignore', long, folder]);
    expect(testArguments(['--all', 'test/setup'])).to.deep.equal([folder]);
    const file = join(built, 'setup', 'lint.long.test.js');
    expect(testArguments(['test/setup/lint.long.test.ts'])).to.deep.equal([file]);
  });

  it('run beside each other where none is named, the long ones alone and last', () => {
    const [first, ...others] = testRuns(['--bail']);
    expect(first.slice(0, 2)).to.deep.equal(['--parallel', '--jobs']);
    expect(Number(first[2])).to.be.within(2, 4);
    expect(first.slice(3)).to.deep.equal(testArguments(['--bail']));
    expect(others).to.deep.equal([]);
    expect(testRuns(['--all', '--bail'])).to.deep.equal([first, ['--bail', long]]);
  });

  it('run one by one where they are named, and where that is asked for', () => {
    for (const args of [['test/setup'], ['--all', '--no-parallel'], ['--all', 'test/setup']]) {
      expect(testRuns(args)).to.deep.equal([testArguments(args)]);
    }
  });

  it('are counted in one line, those of all runs together', () => {
    const place = temporaryFolder('tally-');
    const reporter = join(projectRoot(), 'src', 'setup', 'mocha-reporter.cjs');
    const file = join(place, 'three.cjs');
    writeFileSync(
      file,
      "it('passes', () => {}); it('fails', () => { throw 1; }); it.skip('waits');",
    );
    const mocha = join(projectRoot(), 'node_modules', 'mocha', 'bin', 'mocha.js');
    const env = { ...process.env, AFTERFIT_TEST_TALLY: join(place, 'tally.json') };
    const counts = [1, 2].map(() => {
      const args = [mocha, '--no-config', '--reporter', reporter, file];
      const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
      return stdout.trim().split('\n').at(-1);
    });
    expect(counts).to.deep.equal([
      '1 passed, 1 failed, 1 skipped',
      '2 passed, 2 failed, 2 skipped',
    ]);
    rmSync(place, { recursive: true, force: true });
  });
});
