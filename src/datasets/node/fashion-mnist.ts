import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { makeDataset, type Dataset } from '../dataset.js';
import {
  committedDataFolder,
  environmentDataFolder,
  findPlainOrGzip,
  readBytes,
  requireFolder,
  unitPixels,
} from './files.js';
import { readIdx } from '../idx.js';

/** The 60,000 images that are trained on, or the 10,000 that test. */
export type FashionMnistSplit = 'train' | 'test';

/** What the labels 0..9 stand for. */
export const fashionMnistClassNames: readonly string[] = [
  't-shirt',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
];

/** Where Debian's package dataset-fashion-mnist puts the four files. */
export const debianFashionMnistFolder = '/usr/share/datasets/fashion-mnist';

const FILES: Readonly<Record<FashionMnistSplit, { images: string; labels: string }>> = {
  train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
};

/** SHA-256 of the unpacked files: the same whoever packed them. */
const DIGESTS: Readonly<Record<string, string>> = {
  'train-images-idx3-ubyte': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  'train-labels-idx1-ubyte': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  't10k-images-idx3-ubyte': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  't10k-labels-idx1-ubyte': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
};

/**
 * The committed subset: the first 100 training (or 20 test) images of each class, n×784, pixels in [0, 1],
 * labels 0..9. Source: Zalando's Fashion-MNIST (Xiao et al. 2017), MIT licence. Throws one sentence when
 * the project's folder `datasets/` is not there or damaged.
 */
export function fashionMnistTiny(split: FashionMnistSplit): Dataset {
  const folder = join(committedDataFolder(), 'fashion-mnist-tiny');
  return readFashionMnist(folder, split, { name: `fashion-mnist-tiny-${split}`, verify: false });
}

/**
 * The full set: 60,000 training or 10,000 test images, n×784, pixels in [0, 1], labels 0..9. The
 * files are looked for in AFTERFIT_DATA (that folder, or `fashion-mnist` in it), then where Debian
 * puts them, and checked by their SHA-256. The training set takes 376 MB.
 *
 * Throws `not run: install dataset-fashion-mnist or set AFTERFIT_DATA` when they are nowhere, and one
 * sentence that names the file when one is missing, damaged or different.
 */
export function fashionMnist(split: FashionMnistSplit, places?: FashionMnistPlaces): Dataset {
  const folder = findFashionMnist(places);
  if (folder === undefined) {
    throw new Error('not run: install dataset-fashion-mnist or set AFTERFIT_DATA');
  }
  return readFashionMnist(folder, split, { name: `fashion-mnist-${split}`, verify: true });
}

/** Where to look for the full set, instead of the usual places. */
export interface FashionMnistPlaces {
  /** Used in place of the environment variable AFTERFIT_DATA. */
  readonly dataFolder?: string | undefined;
  /** Default: `debianFashionMnistFolder`. */
  readonly systemFolder?: string;
}

/**
 * The folder that holds the full set, or undefined when it is not on this machine.
 * Throws when AFTERFIT_DATA names a folder that is not there: that is a mistake, not an absence.
 */
export function findFashionMnist(
  places: FashionMnistPlaces = { dataFolder: environmentDataFolder() },
): string | undefined {
  const { dataFolder, systemFolder = debianFashionMnistFolder } = places;
  const candidates = [systemFolder];
  if (dataFolder !== undefined) {
    requireFolder(dataFolder, 'AFTERFIT_DATA: ');
    candidates.unshift(join(dataFolder, 'fashion-mnist'), dataFolder);
  }
  return candidates.find((folder) => findPlainOrGzip(folder, FILES.train.images) !== undefined);
}

/**
 * Reads one split from the four IDX files in `folder` (plain or .gz).
 *
 * `verify` compares the files with the published ones. Throws one sentence for a missing folder or
 * file, a wrong digest, a malformed IDX file, or labels that do not match the number of images.
 */
export function readFashionMnist(
  folder: string,
  split: FashionMnistSplit,
  options: { readonly name: string; readonly verify: boolean },
): Dataset {
  requireFolder(folder, '');
  const names = FILES[split];
  const imagesFile = requireFile(folder, names.images);
  const labelsFile = requireFile(folder, names.labels);
  const imageBytes = readBytes(imagesFile);
  const labelBytes = readBytes(labelsFile);
  if (options.verify) {
    verifyDigest(imageBytes, imagesFile, DIGESTS[names.images]);
    verifyDigest(labelBytes, labelsFile, DIGESTS[names.labels]);
  }
  const images = readIdx(imageBytes, imagesFile, 3);
  const labels = readIdx(labelBytes, labelsFile, 1);
  const count = images.dimensions[0];
  if (labels.dimensions[0] !== count) {
    throw new Error(
      `${labelsFile}: expected ${count} labels, one for each image of ${imagesFile}, found ${labels.dimensions[0]}.`,
    );
  }
  return makeDataset({
    name: options.name,
    source: `Fashion-MNIST (Zalando, MIT licence), ${split} images of ${basename(folder)}, pixels / 255`,
    dimension: images.dimensions[1] * images.dimensions[2],
    classes: fashionMnistClassNames.length,
    inputs: unitPixels(images.values),
    labels: Float64Array.from(labels.values),
    image: { channels: 1, height: images.dimensions[1], width: images.dimensions[2] },
  });
}

function requireFile(folder: string, name: string): string {
  const path = findPlainOrGzip(folder, name);
  if (path === undefined) throw new Error(`${folder}: expected a file ${name} or ${name}.gz.`);
  return path;
}

function verifyDigest(bytes: Uint8Array, file: string, expected: string): void {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== expected) {
    throw new Error(
      `${file}: expected the unpacked SHA-256 ${expected}, found ${found}, so this is not the published file.`,
    );
  }
}
