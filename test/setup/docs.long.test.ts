import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, unknown>;
};
const entries = Object.keys(exports)
  .filter((path) => path !== './package.json')
  .map((path) => (path === '.' ? 'afterfit' : path.slice(2)));

describe('the API reference', () => {
  it('is built without a warning and has a page for every entry of the package', function () {
    this.timeout(300_000);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['src/setup/run.mjs', 'docs'], {
      encoding: 'utf8',
    });
    const told = `${stdout}\n${stderr}`;
    expect(status, told).to.equal(0);
    expect(told).not.to.match(/\[warning\]/);
    const pages = entries.map((entry) => join('.build', 'api', 'modules', `${entry}.html`));
    expect(pages.filter((page) => !existsSync(page))).to.deep.equal([]);
  });
});
