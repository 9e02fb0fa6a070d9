import { expect } from 'chai';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';

const url = new URL('../../../src/setup/test-command.mjs', import.meta.url);
const { testArguments } = (await import(url.href)) as {
  testArguments(args: string[]): string[];
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
});
