import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findCifar10, findFashionMnist } from '../datasets/index.js';
import { FULL_SETS, imageSetNames, type ImageSetName } from '../specs/image-sets.js';
import type { DataReaders, DatasetSpec } from '../specs/index.js';
import { nodeReaders } from '../specs/node/readers.js';
import { Unfinished } from './settings.js';

/** The sets of images of which a description asks for one; undefined where it names none. */
function setsOf(data: DatasetSpec): readonly ImageSetName[] | undefined {
  if (data.kind === 'first-found') return data.sets ?? FULL_SETS;
  return imageSetNames.some((name) => name === data.kind) ? [data.kind as ImageSetName] : undefined;
}

/** Whether a description asks for images that do not come with the project, so that a machine may lack them. */
export function mayBeMissing(data: DatasetSpec): boolean {
  return setsOf(data)?.some((name) => name !== 'fashion-mnist-tiny') ?? false;
}

/** What reads the images of a description. Throws `Unfinished` where this machine lacks them. */
export function imageReaders(data: DatasetSpec): DataReaders {
  const readers = nodeReaders();
  const sets = setsOf(data);
  if (sets && !sets.some((name) => readers.hasImages?.(name))) throw new Unfinished(NONE);
  return readers;
}

const NONE = 'not run: install dataset-fashion-mnist or set AFTERFIT_DATA';

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

/** How many images of each class a description asks for, or 'all', for the names of folders. */
export function sizeName(data: DatasetSpec): string {
  return 'perClass' in data && data.perClass !== undefined ? String(data.perClass) : 'all';
}
