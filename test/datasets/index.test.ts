import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { committedDataFolder } from '../../src/datasets/files.js';
import * as datasets from '../../src/datasets/index.js';

const sources = join(dirname(committedDataFolder()), 'src', 'datasets');
const needsNode = ['cifar10.ts', 'fashion-mnist.ts', 'files.ts', 'index.ts', 'npz.ts'];

describe('the datasets module', () => {
  it('keeps Node out of every file but those that read files', () => {
    for (const file of readdirSync(sources).filter((name) => !needsNode.includes(name))) {
      const text = readFileSync(join(sources, file), 'utf8');
      expect(text, file).not.to.match(
        /from 'node:|from '\.\/(cifar10|fashion-mnist|files|index|npz)\.js'/,
      );
    }
  });

  it('exports its generators and readers by name', () => {
    expect(datasets).to.include.keys(
      'makeDataset',
      'teacherProblem',
      'xorBlobs',
      'circles',
      'twoPoints',
      'separableGaussian',
      'rotateIntoSpan',
      'fashionMnistTiny',
      'readCsvDataset',
      'cifar10',
      'readNpz',
    );
  });
});
