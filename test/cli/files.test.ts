import { expect } from 'chai';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireFile, requireWritable } from '../../src/cli/files.js';

describe('files of the commands', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-files-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function file(): string {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    return path;
  }

  it('go into a folder that is made and found to be writable, which leaves no trace', () => {
    const out = join(folder, 'a', 'b');
    requireWritable(out);
    expect(existsSync(out)).to.equal(true);
    expect(readdirSync(out)).to.deep.equal([]);
  });

  it('may be links, to what is there already or not, and devices, but no folders', () => {
    const link = join(folder, 'link');
    symlinkSync(join(folder, 'none yet'), link);
    for (const path of [link, '/dev/null']) requireFile(path, '--out');
    expect(() => requireFile(folder, '--html')).to.throw(
      `--html is the folder ${folder}; expected`,
    );
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
