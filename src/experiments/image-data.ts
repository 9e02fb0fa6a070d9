import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  centerAndScale,
  cifar10,
  fashionMnist,
  fashionMnistTiny,
  findCifar10,
  findFashionMnist,
  firstOfEachClass,
  type Dataset,
} from '../datasets/index.js';
import { Unfinished } from './settings.js';

/**
 * The first so many images of each class of the committed subset, or for 0 a full data set: CIFAR-10 where it
 * is, or else Fashion-MNIST. A run without either says nothing.
 */
export function imagesOf(perClass: number): { readonly train: Dataset; readonly test: Dataset } {
  if (perClass > 0) {
    const train = firstOfEachClass(fashionMnistTiny('train'), perClass);
    return { train, test: fashionMnistTiny('test') };
  }
  if (findCifar10()) return { train: cifar10('train'), test: cifar10('test') };
  if (findFashionMnist()) return { train: fashionMnist('train'), test: fashionMnist('test') };
  throw new Unfinished(NONE);
}

/** Which full data sets there are on this machine, with names, sizes and dates of their files. */
export function fullDataFound(): string {
  const folders = [findCifar10(), findFashionMnist()].filter((folder) => folder !== undefined);
  const words = folders.flatMap((folder) =>
    readdirSync(folder)
      .sort()
      .map((name) => [name, statSync(join(folder, name))] as const)
      .filter(([, entry]) => entry.isFile())
      .map(([name, { size, mtimeMs }]) => `${name} ${size} ${mtimeMs}`),
  );
  return words.length === 0 ? 'none' : words.join(', ');
}

/** The same of Fashion-MNIST alone, for training, with one mean and one standard deviation. */
export function trainingImages(perClass: number): Dataset {
  if (perClass === 0 && !findFashionMnist()) throw new Unfinished(NONE);
  const images =
    perClass === 0 ? fashionMnist('train') : firstOfEachClass(fashionMnistTiny('train'), perClass);
  return centerAndScale(images, 'channel').dataset;
}

const NONE = 'not run: install dataset-fashion-mnist or set AFTERFIT_DATA';
