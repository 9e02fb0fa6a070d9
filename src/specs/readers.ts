import type { Dataset } from '../datasets/dataset.js';
import type { NumericArray } from '../datasets/npy.js';
import type { ImageSetName } from './image-sets.js';

/**
 * What fetches the content of files, so that descriptions themselves need no files: `nodeReaders` does on
 * a computer, a page has its own.
 */
export interface DataReaders {
  /** The text of a table. */
  text(file: string): string;
  /** The arrays of a NumPy archive. */
  arrays(file: string): ReadonlyMap<string, NumericArray>;
  /** A set of images that has a name. */
  images(name: ImageSetName, split: 'train' | 'test'): Dataset;
  /** Whether the images of that name can be had; left out, none of those that may be missing. */
  hasImages?(name: ImageSetName): boolean;
}

/** For descriptions that hold all their numbers, or draw them. */
export const noFiles: DataReaders = {
  text: (file) => refuse(`the file ${file}`),
  arrays: (file) => refuse(`the file ${file}`),
  images: (name) => refuse(`the images of ${name}`),
};

function refuse(what: string): never {
  throw new Error(`The description needs ${what}, and nothing was given that reads files.`);
}
