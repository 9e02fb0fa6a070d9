import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import {
  committedDataFolder,
  findPlainOrGzip,
  readBytes,
  readCsvDataset,
} from '../../../src/datasets/node/files.js';

describe('files', () => {
  let folder: string;
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads plain and gzipped files, whatever they are called', () => {
    expect([...readBytes(write('plain', Uint8Array.of(1, 2, 3)))]).to.deep.equal([1, 2, 3]);
    expect([...readBytes(write('packed', gzipSync(Uint8Array.of(4, 5))))]).to.deep.equal([4, 5]);
    expect([...readBytes(write('empty', ''))]).to.deep.equal([]);
  });

  it('names a missing file', () => {
    const path = join(folder, 'nothing');
    expect(() => readBytes(path)).to.throw(`${path}: no such file.`);
  });

  it('names a path that cannot be read', () => {
    expect(() => readBytes(folder)).to.throw(`${folder}: cannot be read (EISDIR).`);
  });

  it('names a damaged gzip file', () => {
    const path = write('cut.gz', gzipSync(Uint8Array.of(1, 2, 3)).subarray(0, 15));
    expect(() => readBytes(path)).to.throw(`${path}: expected a complete gzip file (`);
  });

  it('finds the plain file before the gzipped one', () => {
    expect(findPlainOrGzip(folder, 'a')).to.equal(undefined);
    const packed = write('a.gz', '');
    expect(findPlainOrGzip(folder, 'a')).to.equal(packed);
    const plain = write('a', '');
    expect(findPlainOrGzip(folder, 'a')).to.equal(plain);
  });

  it('reads CSV files, gzipped or not', () => {
    const table = 'x,y\n1,no\n2,yes\n';
    const { dataset } = readCsvDataset(write('a.csv', table), { name: 'mine' });
    expect([...dataset.inputs, ...dataset.labels]).to.deep.equal([1, 2, -1, 1]);
    const packed = readCsvDataset(write('a.csv.gz', gzipSync(table)), { name: 'mine' });
    expect(packed.dataset.inputs).to.deep.equal(dataset.inputs);
  });

  it('names the file, line and column of a CSV error', () => {
    const path = write('b.csv', 'x,y\n1,no\nabc,yes\n');
    expect(() => readCsvDataset(path)).to.throw(
      `${path}, line 3, column 'x': expected a number, found 'abc'.`,
    );
  });

  it('finds the folder of the committed data', () => {
    expect(basename(committedDataFolder())).to.equal('datasets');
    expect(findPlainOrGzip(committedDataFolder(), 'README.md')).to.be.a('string');
  });
});
