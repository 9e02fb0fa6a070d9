import { expect } from 'chai';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireWritable, writeAtomically } from '../../src/cli/files.js';

describe('files of the commands', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-files-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function file(): string {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    return path;
  }

  it('tell why they cannot be written, whatever comes of cleaning up', () => {
    const path = join(file(), 'result.json');
    expect(() => writeAtomically(path, '')).to.throw(`${path}: cannot be written (EEXIST).`);
  });

  it('go into a folder that is made and found to be writable, which leaves no trace', () => {
    const out = join(folder, 'a', 'b');
    requireWritable(out);
    expect(existsSync(out)).to.equal(true);
    expect(readdirSync(out)).to.deep.equal([]);
  });

  for (const parts of [[], ['a'], ['a', 'b']]) {
    it(`need a folder, not a file: file/${parts.join('/')}`, () => {
      const out = join(file(), ...parts);
      expect(() => requireWritable(out)).to.throw(
        `--out: ${out} is a file, or lies in one; expected a folder.`,
      );
    });
  }
});
