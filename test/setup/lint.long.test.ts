import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

describe('the linters', () => {
  it('find nothing: no errors, no warnings, no file that Prettier would change', function () {
    this.timeout(180_000);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['src/setup/run.mjs', 'lint'], {
      encoding: 'utf8',
    });
    expect(status, `${stdout}\n${stderr}`).to.equal(0);
  });
});
