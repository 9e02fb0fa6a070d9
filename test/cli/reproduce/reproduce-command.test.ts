import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claims } from '../../../src/claims/index.js';
import { projectRoot } from '../../helpers/project-root.js';
import { temporaryFolder } from './made-up-parts.js';

const newFolder = temporaryFolder();

function command(...args: string[]) {
  const program = join(projectRoot(), 'dist', 'cli', 'main.js');
  return spawnSync(process.execPath, [program, 'reproduce', ...args], { encoding: 'utf8' });
}

describe('the reproduce command', () => {
  it('lists its claims', () => {
    const { status, stdout } = command('--list');
    expect(status).to.equal(0);
    const ids = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(':')[0]);
    expect(ids).to.deep.equal(claims.map(({ id }) => id));
  });

  it('shows its options and exit statuses', () => {
    const { status, stdout } = command('--help');
    expect(status).to.equal(0);
    for (const part of ['--scale', '--seed', '--out', '--kernel', '--fresh', '130 after Ctrl-C']) {
      expect(stdout).to.contain(part);
    }
  });

  it('ends with status 2 and one sentence, before any work, where --out is a file', () => {
    const out = newFolder();
    writeFileSync(out, '');
    const { status, stdout, stderr } = command('--out', out);
    expect(stderr).to.equal(`--out: ${out} is a file, or lies in one; expected a folder.\n`);
    expect(stdout).to.equal('');
    expect(status).to.equal(2);
  });

  for (const args of [
    ['nonsense'],
    ['--scale', 'huge'],
    ['--seed', '1.5'],
    ['--kernel', 'deno'],
    ['--quick'],
  ]) {
    it(`ends with status 2 and one sentence for ${args.join(' ')}, writing nothing`, () => {
      const out = newFolder();
      const { status, stdout, stderr } = command(...args, '--out', out);
      expect(status).to.equal(2);
      expect(stdout).to.equal('');
      expect(stderr.trim().split('\n')).to.have.length(1);
      expect(existsSync(out)).to.equal(false);
    });
  }
});
