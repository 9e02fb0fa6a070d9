import { KERNEL_STEP, simdModule, type KernelName } from './simd-module.js';

/** Kernels for the arrays of one memory, by byte addresses in it: they can see nothing else. */
type Kernels = Readonly<
  Record<KernelName, (x: number, factor: number, y: number, end: number) => void>
>;

/** The part of the global WebAssembly that is used; TypeScript declares it with the DOM only. */
interface Wasm {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number; maximum: number }) => { buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { exports: unknown };
}

const PAGE = 65_536;
const MOST_PAGES = 65_535;
/** A cache line, in numbers: where each array begins. */
const LINE = 8;

/** Below so many numbers in all, loops are as good and a memory is not worth its making. */
const FEWEST_TOGETHER = 16_384;
const FEWEST_AT_ONCE = 512;

const kernelsOf = new WeakMap<ArrayBufferLike, Kernels>();
let compiled: object | undefined;
/** False after a first failure: asking again and again has the engine collect garbage each time. */
let available = true;

/**
 * Zeroed arrays of the given lengths. Where they are large they share one memory that `runKernel`
 * reaches; else, and where the engine has no WebAssembly with vectors, they are ordinary arrays.
 */
export function arraysTogether(lengths: readonly number[]): Float64Array[] {
  const rounded = lengths.map((length) => LINE * Math.ceil(length / LINE));
  const total = rounded.reduce((sum, length) => sum + length, 0);
  const buffer = total < FEWEST_TOGETHER ? undefined : memoryOf(8 * total);
  if (buffer === undefined) return lengths.map((length) => new Float64Array(length));
  let at = 0;
  return lengths.map((length, i) => {
    const array = new Float64Array(buffer, 8 * at, length);
    at += rounded[i];
    return array;
  });
}

/** A memory with kernels for it; undefined where there can be none. */
function memoryOf(bytes: number): ArrayBuffer | undefined {
  const wasm = (globalThis as { WebAssembly?: Wasm }).WebAssembly;
  const pages = Math.ceil(bytes / PAGE);
  if (!available || wasm === undefined || pages > MOST_PAGES) return undefined;
  try {
    compiled ??= new wasm.Module(simdModule());
    const memory = new wasm.Memory({ initial: pages, maximum: pages });
    const { exports } = new wasm.Instance(compiled, { numbers: { memory } });
    kernelsOf.set(memory.buffer, exports as Kernels);
    return memory.buffer;
  } catch {
    available = false; // No vectors in this engine, or no room for the addresses of a memory.
    return undefined;
  }
}

/**
 * into ← kernel(x, factor) on the first numbers of arrays from one `arraysTogether`. Returns how
 * many of the n it did: all but the last few, or 0 where arrays are small or lie elsewhere. The
 * caller's loop does the rest.
 */
export function runKernel(
  name: KernelName,
  n: number,
  x: Float64Array,
  factor: Float64Array,
  into: Float64Array,
): number {
  // First the size: asking for the buffer of a small array makes the engine move it.
  if (n < FEWEST_AT_ONCE) return 0;
  const { buffer } = x;
  const kernels = kernelsOf.get(buffer);
  if (kernels === undefined || factor.buffer !== buffer || into.buffer !== buffer) return 0;
  const count = n - (n % KERNEL_STEP);
  const from = x.byteOffset;
  kernels[name](from, factor.byteOffset, into.byteOffset, from + 8 * count);
  return count;
}
