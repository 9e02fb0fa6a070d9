import { sentenceOf } from '../files.js';

/** What `make` gives; a sentence that it throws begins with the name of the file that it is about. */
export function withFileName<T>(name: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new Error(`${name}: ${sentenceOf(error)}`, { cause: error });
  }
}
