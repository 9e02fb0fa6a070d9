import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import {
  fashionMnist,
  fashionMnistClassNames,
  fashionMnistTiny,
  findFashionMnist,
  readFashionMnist,
} from '../../../src/datasets/node/fashion-mnist.js';

const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102);
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 3, 9);
const absent = 'not run: install dataset-fashion-mnist or set AFTERFIT_DATA';

describe('fashionMnistTiny', () => {
  for (const [split, each] of [
    ['train', 100],
    ['test', 20],
  ] as const) {
    it(`has ${each} ${split} images of each class with pixels in [0, 1]`, () => {
      const dataset = fashionMnistTiny(split);
      expect([dataset.examples, dataset.dimension, dataset.classes]).to.deep.equal([
        10 * each,
        784,
        10,
      ]);
      expect(dataset.image).to.deep.equal({ channels: 1, height: 28, width: 28 });
      const counts = fashionMnistClassNames.map(
        (_, k) => dataset.labels.filter((label) => label === k).length,
      );
      expect(counts).to.deep.equal(Array(10).fill(each));
      const range = dataset.inputs.reduce(
        ([least, most], v) => [Math.min(least, v), Math.max(most, v)],
        [1, 0],
      );
      expect(range).to.deep.equal([0, 1]);
    });
  }
});

describe('the full Fashion-MNIST', () => {
  let folder: string;
  const write = (name: string, content: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const read = (verify = false) => readFashionMnist(folder, 'train', { name: 'mine', verify });
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads plain and gzipped files and divides pixels by 255', () => {
    write('train-images-idx3-ubyte.gz', gzipSync(images));
    write('train-labels-idx1-ubyte', labels);
    const dataset = read();
    expect([dataset.examples, dataset.dimension, dataset.classes]).to.deep.equal([2, 2, 10]);
    expect([...dataset.inputs]).to.deep.equal([0, 1, 0.2, 0.4]);
    expect([...dataset.labels]).to.deep.equal([3, 9]);
  });

  it('refuses labels that do not match the number of images', () => {
    const imagesFile = write('train-images-idx3-ubyte', images);
    const three = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 3, 9, 1);
    const labelsFile = write('train-labels-idx1-ubyte', three);
    expect(() => read()).to.throw(
      `${labelsFile}: expected 2 labels, one for each image of ${imagesFile}, found 3.`,
    );
  });

  it('refuses files that are not the published ones', () => {
    const imagesFile = write('train-images-idx3-ubyte', images);
    write('train-labels-idx1-ubyte', labels);
    expect(() => read(true)).to.throw(
      `${imagesFile}: expected the unpacked SHA-256 c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888, found `,
    );
  });

  it('names a missing file and a missing folder', () => {
    write('train-images-idx3-ubyte', images);
    expect(() => read()).to.throw(
      `${folder}: expected a file train-labels-idx1-ubyte or train-labels-idx1-ubyte.gz.`,
    );
    const nowhere = join(folder, 'nowhere');
    expect(() => readFashionMnist(nowhere, 'test', { name: 'mine', verify: false })).to.throw(
      `${nowhere}: no such folder.`,
    );
  });

  it('is looked for in AFTERFIT_DATA, in fashion-mnist below it, then in the system folder', () => {
    const systemFolder = join(folder, 'system');
    const dataFolder = join(folder, 'data');
    for (const name of ['system', 'data', 'data/fashion-mnist']) mkdirSync(join(folder, name));
    const found = () => findFashionMnist({ dataFolder, systemFolder });
    expect(found()).to.equal(undefined);
    write('system/train-images-idx3-ubyte.gz', images);
    expect(found()).to.equal(systemFolder);
    write('data/train-images-idx3-ubyte', images);
    expect(found()).to.equal(dataFolder);
    write('data/fashion-mnist/train-images-idx3-ubyte', images);
    expect(found()).to.equal(join(dataFolder, 'fashion-mnist'));
    expect(findFashionMnist({ systemFolder })).to.equal(systemFolder);
  });

  it('refuses an AFTERFIT_DATA that is not a folder', () => {
    const dataFolder = join(folder, 'nowhere');
    expect(() => findFashionMnist({ dataFolder, systemFolder: folder })).to.throw(
      `AFTERFIT_DATA: ${dataFolder}: no such folder.`,
    );
  });

  it('says what to do when it is nowhere', () => {
    expect(() => fashionMnist('test', { systemFolder: folder })).to.throw(absent);
  });

  it('has 10,000 test images with the published digests, where it is installed', function () {
    if (findFashionMnist() === undefined) {
      console.log(`      ${absent}`);
      this.skip();
    }
    const dataset = fashionMnist('test');
    expect([dataset.examples, dataset.dimension, dataset.classes]).to.deep.equal([10000, 784, 10]);
    for (let k = 0; k < 10; k++) {
      expect(dataset.labels.filter((label) => label === k)).to.have.length(1000);
    }
  });
});
