import { cifar10, fashionMnist, fashionMnistTiny, type Dataset } from '../datasets/index.js';

/** The sets of images that commands know by name. */
export const imageData = {
  'fashion-mnist-tiny': (split: 'train' | 'test'): Dataset => fashionMnistTiny(split),
  'fashion-mnist': (split: 'train' | 'test'): Dataset => fashionMnist(split),
  'cifar-10': (split: 'train' | 'test'): Dataset => cifar10(split),
} as const;

export type ImageDataName = keyof typeof imageData;

export const imageDataNames = Object.keys(imageData) as ImageDataName[];
