import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileHashes } from '../../src/files/hashes.js';

describe('the hashes of a folder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-hashes-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are those of all its files, by their paths, in one order', () => {
    mkdirSync(join(folder, 'b', 'deep'), { recursive: true });
    const texts = { 'a.txt': 'one', 'b/c.txt': 'two', 'b/deep/d.txt': 'three', 'z.txt': '' };
    for (const [path, text] of Object.entries(texts).reverse()) {
      writeFileSync(join(folder, path), text);
    }
    const expected = Object.entries(texts).map(([path, text]) => {
      return [path, createHash('sha256').update(text).digest('hex')];
    });
    expect(Object.entries(fileHashes(folder))).to.deep.equal(expected);
  });
});
