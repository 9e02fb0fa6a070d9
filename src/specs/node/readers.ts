import { resolve } from 'node:path';
import {
  cifar10,
  fashionMnist,
  fashionMnistTiny,
  findCifar10,
  findFashionMnist,
  readBytes,
  readNpz,
  type Dataset,
} from '../../datasets/index.js';
import type { ImageSetName } from '../image-sets.js';
import type { DataReaders } from '../readers.js';

type Split = 'train' | 'test';

const IMAGES: Readonly<Record<ImageSetName, (split: Split) => Dataset>> = {
  'fashion-mnist-tiny': (split) => fashionMnistTiny(split),
  'fashion-mnist': (split) => fashionMnist(split),
  'cifar-10': (split) => cifar10(split),
};

const HAS: Readonly<Record<ImageSetName, () => boolean>> = {
  'fashion-mnist-tiny': () => true,
  'fashion-mnist': () => findFashionMnist() !== undefined,
  'cifar-10': () => findCifar10() !== undefined,
};

/**
 * Reads the files of this machine; names without a folder are those of `folder`, the current one if left out. Its
 * functions throw one sentence that names a file which is missing or of another form.
 */
export function nodeReaders(folder = '.'): DataReaders {
  return {
    text: (file) => new TextDecoder().decode(readBytes(resolve(folder, file))),
    arrays: (file) => readNpz(resolve(folder, file)),
    images: (name, split) => IMAGES[name](split),
    hasImages: (name) => HAS[name](),
  };
}
