import { readWhole } from '../../files/read.js';
import type { NumericArray } from '../npy.js';
import { arraysIn } from '../npz.js';

/**
 * The arrays of a .npz file (what `np.savez` and `np.savez_compressed` write), in the file's order.
 * Throws an Error of one sentence that names the file when there is none, when it is no complete zip
 * archive, and the array as well when that is damaged or of another type.
 */
export function readNpz(path: string): Map<string, NumericArray> {
  return arraysIn(readWhole(path), path);
}
