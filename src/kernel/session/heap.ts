import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * How much V8 lets the heap grow between two looks at it, in percent; 0 leaves that to V8. The compiler makes
 * much that lives for one cell, of which V8 would let hundreds of megabytes gather; cells are not to pay for that.
 */
export const growBy = (percent: number): void =>
  setFlagsFromString(`--heap-growing-percent=${percent}`);

/** Bytes that may gather beyond a third of what was in use after the last look. */
const SPARE = 16e6;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
// Cells are not to find it.
setFlagsFromString('--no-expose-gc');

const used = () => getHeapStatistics().used_heap_size;
let settled = 0;

/**
 * Between two cells: lets V8 collect what has gathered, where that is much. While a cell runs V8 decides, whose
 * limit after a busy cell would let the compiler's leavings pile up through hundreds of small ones.
 */
export function tidyHeap(): void {
  if (settled > 0) {
    if (used() < (4 / 3) * settled + SPARE) return;
    collect();
  }
  settled = used();
}
