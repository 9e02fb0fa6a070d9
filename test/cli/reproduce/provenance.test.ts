import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { provenanceOf } from '../../../src/cli/reproduce/provenance.js';
import { temporaryFolder } from './made-up-parts.js';

const newFolder = temporaryFolder();
const settings = { scale: 'smoke', seed: 1 } as const;

/** A project of three files. */
function project(): string {
  const root = newFolder();
  for (const folder of ['datasets', 'dist', 'node_modules/zod']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  const write = (name: string, text: string) => writeFileSync(join(root, name), text);
  write('package.json', '{"version": "1.2.3", "dependencies": {"zod": "4", "absent": "1"}}');
  write('node_modules/zod/package.json', '{"version": "4.5.6"}');
  write('datasets/points.csv', 'a\n');
  write('datasets/README.md', 'words\n');
  write('dist/a.js', 'code');
  write('.gitignore', 'node_modules\ndist\n');
  return root;
}

function git(root: string, ...args: string[]): void {
  const who = ['-c', 'user.name=n', '-c', 'user.email=e@example.org'];
  const { status, stderr } = spawnSync('git', ['-C', root, ...who, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

describe('the provenance of a run', () => {
  it('names versions, installed or not, and the bytes of the committed data', () => {
    const root = project();
    const { afterfit, versions, data, commit, dirty } = provenanceOf(
      root,
      join(root, 'out'),
      settings,
    );
    expect(afterfit).to.equal('1.2.3');
    expect(versions).to.deep.equal({ absent: null, zod: '4.5.6' });
    expect(data).to.deep.equal({
      'datasets/points.csv': '87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7',
    });
    expect([commit, dirty]).to.deep.equal([null, null]);
  });

  it('names the commit, and whether anything but the output differs from it', () => {
    const root = project();
    git(root, 'init', '--quiet');
    git(root, 'add', '.');
    git(root, 'commit', '--quiet', '--message', 'first');
    const out = join(root, 'out');
    const now = () => provenanceOf(root, out, settings);
    expect(now().commit).to.match(/^[0-9a-f]{40}$/);
    expect(now().dirty).to.equal(false);
    mkdirSync(out);
    writeFileSync(join(out, 'results.json'), '{}');
    expect(now().dirty).to.equal(false);
    writeFileSync(join(root, 'datasets', 'points.csv'), 'b\n');
    expect(now().dirty).to.equal(true);
  });
});
