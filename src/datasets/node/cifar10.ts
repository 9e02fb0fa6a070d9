import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeDataset, type Dataset } from '../dataset.js';
import { environmentDataFolder, readBytes, requireFolder, unitPixels } from './files.js';

/** The 50,000 images that are trained on, or the 10,000 that test. */
export type Cifar10Split = 'train' | 'test';

/** What the labels 0..9 stand for. */
export const cifar10ClassNames: readonly string[] = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/** The folder that the official archive of binary files unpacks to. */
const ARCHIVE_FOLDER = 'cifar-10-batches-bin';

const FILES: Readonly<Record<Cifar10Split, readonly string[]>> = {
  train: [1, 2, 3, 4, 5].map((k) => `data_batch_${k}.bin`),
  test: ['test_batch.bin'],
};

const IMAGE = { channels: 3, height: 32, width: 32 };
const PIXELS = IMAGE.channels * IMAGE.height * IMAGE.width;
/** A byte for the label, then red, green and blue, each row by row. */
const RECORD = 1 + PIXELS;

/** Where to look for the files, instead of the usual place. */
export interface Cifar10Places {
  /** Used in place of the environment variable AFTERFIT_DATA. */
  readonly dataFolder?: string | undefined;
}

/**
 * CIFAR-10: 50,000 training or 10,000 test images, n×3072 (3×32×32), pixels in [0, 1], labels 0..9, in
 * the order of the official binary files. They are looked for in AFTERFIT_DATA: that folder, or
 * `cifar-10-batches-bin` in it. The training set takes 1.2 GB.
 *
 * Throws `not run: …` when they are nowhere, and one sentence that names the file and the place in it
 * when one is missing or damaged.
 */
export function cifar10(split: Cifar10Split, places?: Cifar10Places): Dataset {
  const folder = findCifar10(places);
  if (folder === undefined) {
    throw new Error(
      'not run: unpack the binary version of CIFAR-10 and set AFTERFIT_DATA to the folder that holds cifar-10-batches-bin',
    );
  }
  return readCifar10(folder, split);
}

/**
 * The folder that holds the binary files, or undefined when they are not on this machine. Throws when
 * AFTERFIT_DATA names a folder that is not there: that is a mistake, not an absence.
 */
export function findCifar10(
  places: Cifar10Places = { dataFolder: environmentDataFolder() },
): string | undefined {
  const { dataFolder } = places;
  if (dataFolder === undefined) return undefined;
  requireFolder(dataFolder, 'AFTERFIT_DATA: ');
  const isThere = (folder: string) =>
    [...FILES.train, ...FILES.test].some((name) => existsSync(join(folder, name)));
  return [join(dataFolder, ARCHIVE_FOLDER), dataFolder].find(isThere);
}

/**
 * Reads one split from the binary files in `folder`; files of any number of records are taken, so that
 * a part of the set can be used. Throws one sentence for a missing folder or file, a length that is no
 * whole number of records, or a label above 9.
 */
export function readCifar10(folder: string, split: Cifar10Split): Dataset {
  requireFolder(folder, '');
  const files = FILES[split].map((name) => join(folder, name));
  const batches = files.map(readBytes);
  batches.forEach((bytes, k) => requireRecords(bytes, files[k]));
  const examples = batches.reduce((sum, { length }) => sum + length / RECORD, 0);
  const inputs = new Float64Array(examples * PIXELS);
  const labels = new Float64Array(examples);
  let at = 0;
  batches.forEach((bytes, k) => {
    for (let from = 0; from < bytes.length; from += RECORD, at++) {
      labels[at] = labelIn(bytes[from], files[k], from / RECORD);
      inputs.set(unitPixels(bytes.subarray(from + 1, from + RECORD)), at * PIXELS);
    }
  });
  return makeDataset({
    name: `cifar10-${split}`,
    source: `CIFAR-10 (Krizhevsky 2009), ${split} images of ${basename(folder)}, pixels / 255`,
    dimension: PIXELS,
    classes: cifar10ClassNames.length,
    inputs,
    labels,
    image: IMAGE,
  });
}

function requireRecords({ length }: Uint8Array, file: string): void {
  const rest = length % RECORD;
  if (length > 0 && rest === 0) return;
  const after = length > 0 ? `${(length - rest) / RECORD} and ${rest} bytes after them` : 'none';
  throw new Error(`${file}: expected records of ${RECORD} bytes, found ${after}.`);
}

function labelIn(label: number, file: string, record: number): number {
  if (label < cifar10ClassNames.length) return label;
  throw new Error(
    `${file}: expected a label from 0 to 9, found ${label} in record ${record} (byte ${record * RECORD}).`,
  );
}
