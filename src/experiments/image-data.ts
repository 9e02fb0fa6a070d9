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

/** Which full data set there is on this machine. */
export function fullDataFound(): string {
  if (findCifar10()) return 'CIFAR-10';
  return findFashionMnist() ? 'Fashion-MNIST' : 'none';
}

/** The same of Fashion-MNIST alone, for training, with one mean and one standard deviation. */
export function trainingImages(perClass: number): Dataset {
  if (perClass === 0 && !findFashionMnist()) throw new Unfinished(NONE);
  const images =
    perClass === 0 ? fashionMnist('train') : firstOfEachClass(fashionMnistTiny('train'), perClass);
  return centerAndScale(images, 'channel').dataset;
}

const NONE = 'not run: install dataset-fashion-mnist or set AFTERFIT_DATA';
