import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readText, readWhole } from '../../src/files/read.js';

describe('files that are read', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-files-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are their bytes, or their text without a byte-order mark', () => {
    const path = join(folder, 'a');
    writeFileSync(path, '\uFEFFαβ\r\n');
    expect(readWhole(path)).to.have.length(9);
    expect(readText(path)).to.equal('αβ\r\n');
  });

  it('say in a sentence that they are not there, or what stands in the way', () => {
    const path = join(folder, 'none');
    expect(() => readText(path)).to.throw(`${path}: no such file.`);
    expect(() => readWhole(folder)).to.throw(`${folder}: cannot be read (EISDIR).`);
  });
});
