import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  cifar10,
  cifar10ClassNames,
  findCifar10,
  readCifar10,
} from '../../../src/datasets/node/cifar10.js';

const batches = [1, 2, 3, 4, 5].map((k) => `data_batch_${k}.bin`);

/** A record whose pixels are `first`, `first` + 1, … modulo 256. */
function record(label: number, first: number): Uint8Array {
  const bytes = Uint8Array.from({ length: 3073 }, (_, k) => (first + k - 1) % 256);
  bytes[0] = label;
  return bytes;
}

describe('CIFAR-10', () => {
  let folder: string;
  const write = (name: string, ...records: Uint8Array[]): string => {
    const path = join(folder, name);
    writeFileSync(path, Buffer.concat(records));
    return path;
  };
  const writeTraining = () => batches.forEach((name, k) => write(name, record(k, k), record(9, 0)));
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has the five batches one after the other, pixels in [0, 1], channels first', () => {
    writeTraining();
    const dataset = readCifar10(folder, 'train');
    expect([dataset.examples, dataset.dimension, dataset.classes]).to.deep.equal([10, 3072, 10]);
    expect(dataset.image).to.deep.equal({ channels: 3, height: 32, width: 32 });
    expect([...dataset.labels]).to.deep.equal([0, 9, 1, 9, 2, 9, 3, 9, 4, 9]);
    expect([...dataset.inputs.subarray(4 * 3072, 4 * 3072 + 3)]).to.deep.equal(
      [2, 3, 4].map((v) => v / 255),
    );
    expect(dataset.inputs[1024]).to.equal(0);
    expect(dataset.inputs[1023]).to.equal(1);
    expect(dataset.source).to.contain('CIFAR-10').and.to.contain('pixels / 255');
    expect(cifar10ClassNames).to.have.length(10);
  });

  it('takes test files with any number of records', () => {
    for (const count of [1, 3]) {
      write('test_batch.bin', ...Array.from({ length: count }, (_, k) => record(k, 0)));
      expect(readCifar10(folder, 'test').examples).to.equal(count);
    }
  });

  it('is looked for in AFTERFIT_DATA, and before that in cifar-10-batches-bin below it', () => {
    const found = () => findCifar10({ dataFolder: folder });
    expect(found()).to.equal(undefined);
    write('test_batch.bin', record(3, 0));
    expect(found()).to.equal(folder);
    mkdirSync(join(folder, 'cifar-10-batches-bin'));
    expect(found()).to.equal(folder);
    write('cifar-10-batches-bin/data_batch_1.bin', record(3, 0));
    expect(found()).to.equal(join(folder, 'cifar-10-batches-bin'));
    expect(findCifar10({})).to.equal(undefined);
  });

  it('says what to do when it is nowhere', () => {
    expect(() => cifar10('train', { dataFolder: folder })).to.throw(
      'not run: unpack the binary version of CIFAR-10 and set AFTERFIT_DATA',
    );
    const nowhere = join(folder, 'nowhere');
    expect(() => cifar10('train', { dataFolder: nowhere })).to.throw(
      `AFTERFIT_DATA: ${nowhere}: no such folder.`,
    );
  });

  it('names a missing batch and a missing folder', () => {
    writeTraining();
    rmSync(join(folder, batches[3]));
    expect(() => cifar10('train', { dataFolder: folder })).to.throw(
      `${join(folder, batches[3])}: no such file.`,
    );
    expect(() => readCifar10(join(folder, 'nowhere'), 'test')).to.throw('nowhere: no such folder.');
  });

  it('names the file that has another length, and what is left over', () => {
    const path = write('test_batch.bin', record(1, 0), Uint8Array.of(1, 2, 3));
    expect(() => readCifar10(folder, 'test')).to.throw(
      `${path}: expected records of 3073 bytes, found 1 and 3 bytes after them.`,
    );
    write('test_batch.bin');
    expect(() => readCifar10(folder, 'test')).to.throw(
      `${path}: expected records of 3073 bytes, found none.`,
    );
  });

  it('names the place of a label above 9', () => {
    const path = write('test_batch.bin', record(9, 0), record(10, 0));
    expect(() => readCifar10(folder, 'test')).to.throw(
      `${path}: expected a label from 0 to 9, found 10 in record 1 (byte 3073).`,
    );
  });
});
