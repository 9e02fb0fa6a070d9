import { expect } from 'chai';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSameFile } from '../../src/files/paths.js';
import { writeAtomically } from '../../src/files/write.js';

describe('files that are written whole', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-files-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function file(): string {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    return path;
  }

  it('hold text, bytes, or parts one after another, and nothing is left beside them', () => {
    const path = join(folder, 'a', 'b');
    for (const content of ['αβ', Buffer.from('αβ'), [Buffer.from('α'), Buffer.from('β')]]) {
      writeAtomically(path, content);
      expect(readFileSync(path, 'utf8')).to.equal('αβ');
    }
    expect(readdirSync(join(folder, 'a'))).to.deep.equal(['b']);
  });

  it('stay readable for whom they were', () => {
    const path = file();
    chmodSync(path, 0o640);
    writeAtomically(path, 'new');
    expect(statSync(path).mode & 0o777).to.equal(0o640);
  });

  it('leave no draft where they cannot be put in their place', () => {
    const path = join(folder, 'a folder');
    mkdirSync(join(path, 'with something in it'), { recursive: true });
    expect(() => writeAtomically(path, 'new')).to.throw(
      /^.*a folder: cannot be written \(E\w+\)\.$/,
    );
    expect(readdirSync(folder)).to.deep.equal(['a folder']);
  });

  it('tell why they cannot be written, whatever comes of cleaning up', () => {
    const path = join(file(), 'result.json');
    expect(() => writeAtomically(path, '')).to.throw(`${path}: cannot be written (EEXIST).`);
  });

  it('leave a link in its place and write what it names, there already or not', () => {
    for (const target of [file(), join(folder, 'none yet')]) {
      const link = join(folder, 'link');
      symlinkSync(target, link);
      writeAtomically(link, 'new');
      expect(lstatSync(link).isSymbolicLink()).to.equal(true);
      expect(readFileSync(target, 'utf8')).to.equal('new');
      rmSync(link);
    }
  });

  it('may be a device, which stays one', () => {
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
  });
});
