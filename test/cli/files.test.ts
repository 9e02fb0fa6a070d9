import { expect } from 'chai';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSameFile, requireFile, requireWritable, writeAtomically } from '../../src/cli/files.js';

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

  it('leave a link in its place and write what it names, there already or not', () => {
    for (const target of [file(), join(folder, 'none yet')]) {
      const link = join(folder, 'link');
      symlinkSync(target, link);
      requireFile(link, '--out');
      writeAtomically(link, 'new');
      expect(lstatSync(link).isSymbolicLink()).to.equal(true);
      expect(readFileSync(target, 'utf8')).to.equal('new');
      rmSync(link);
    }
  });

  it('may be a device, which stays one', () => {
    requireFile('/dev/null', '--out');
    writeAtomically('/dev/null', 'lost');
    expect(lstatSync('/dev/null').isCharacterDevice()).to.equal(true);
  });

  it('are the same through links of either kind', () => {
    const path = file();
    const [soft, hard] = [join(folder, 'soft'), join(folder, 'hard')];
    symlinkSync(path, soft);
    linkSync(path, hard);
    expect([isSameFile(path, soft), isSameFile(hard, soft)]).to.deep.equal([true, true]);
    expect(isSameFile(path, join(folder, 'other'))).to.equal(false);
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
