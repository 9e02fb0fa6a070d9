import { expect } from 'chai';
import * as datasets from '../../src/datasets/index.js';
import * as portable from '../../src/datasets/portable.js';

describe('the datasets module', () => {
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

  it('keeps readers of files from what runs in a browser, and nothing else', () => {
    const files = Object.keys(datasets).filter((name) => !(name in portable));
    expect(files).to.have.members([
      'cifar10',
      'cifar10ClassNames',
      'committedDataFolder',
      'debianFashionMnistFolder',
      'fashionMnist',
      'fashionMnistClassNames',
      'fashionMnistTiny',
      'findCifar10',
      'findFashionMnist',
      'findPlainOrGzip',
      'readBytes',
      'readCifar10',
      'readCsvDataset',
      'readFashionMnist',
      'readNpz',
    ]);
  });
});
