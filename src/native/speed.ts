import { plainLinearAlgebra, type LinearAlgebra } from '../numerics/index.js';

/** How fast an implementation is on this machine. */
export interface Speed {
  /** 10⁹ floating-point operations a second in a 512×512×512 matrix product. */
  readonly gigaflops: number;
  /** Microseconds for a product of 1×1 matrices: what a call costs. */
  readonly callMicroseconds: number;
}

/** From where on an implementation beats plain TypeScript; undefined where it does at no size tried. */
export interface Crossover {
  /** Multiply-adds of a matrix product. */
  readonly multiplyAdds: number | undefined;
  /** Order of a system that is factored and solved. */
  readonly luOrder: number | undefined;
}

/** Measures for about `seconds`, or longer where that is too short; the fastest repetition counts. */
export function measureSpeed(algebra: LinearAlgebra, seconds = 0.3): Speed {
  const large = microseconds(productOf(algebra, 512), seconds / 2);
  const call = microseconds(productOf(algebra, 1), seconds / 2);
  return { gigaflops: (2 * 512 ** 3) / large / 1e3, callMicroseconds: call };
}

const ORDERS: readonly number[] = [2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 48, 64];

/** Compares an implementation with plain TypeScript at growing sizes, each for about `seconds`. */
export function measureCrossover(algebra: LinearAlgebra, seconds = 0.01): Crossover {
  const order = firstWon(algebra, productOf, seconds);
  return {
    multiplyAdds: order === undefined ? undefined : order ** 3,
    luOrder: firstWon(algebra, systemOf, seconds),
  };
}

type Problem = (algebra: LinearAlgebra, n: number) => () => void;

/** The order from which on the implementation wins at every order tried. */
function firstWon(algebra: LinearAlgebra, problem: Problem, seconds: number): number | undefined {
  // The engine compiles a loop once it has run for a while; before, it would lose unfairly.
  microseconds(problem(plainLinearAlgebra, 16), 5 * seconds);
  const lost = ORDERS.findLastIndex(
    (n) =>
      microseconds(problem(plainLinearAlgebra, n), seconds) <=
      microseconds(problem(algebra, n), seconds),
  );
  return ORDERS[lost + 1];
}

function productOf(algebra: LinearAlgebra, n: number): () => void {
  const [a, b, c] = [entries(n * n), entries(n * n), new Float64Array(n * n)];
  return () => algebra.gemm(false, false, n, n, n, 1, a, 0, n, b, 0, n, 0, c, 0, n);
}

function systemOf(algebra: LinearAlgebra, n: number): () => void {
  const matrix = entries(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] += n;
  const factors = new Float64Array(n * n);
  const pivots = new Int32Array(n);
  const right = entries(n);
  return () => {
    factors.set(matrix);
    algebra.luFactor(n, factors, pivots);
    algebra.luSolve(n, factors, pivots, right);
  };
}

function entries(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => Math.sin(i + 1));
}

/** A batch or two may be interrupted by other programs; not so many in a row. */
const FEWEST_BATCHES = 5;

/** Microseconds a call of `f`, the fastest of the batches that fit into the given time. */
function microseconds(f: () => void, seconds: number): number {
  const end = performance.now() + seconds * 1e3;
  let batch = 1;
  let fastest = Infinity;
  for (let batches = 0; batches < FEWEST_BATCHES || performance.now() < end; batches++) {
    const start = performance.now();
    for (let i = 0; i < batch; i++) f();
    const elapsed = performance.now() - start;
    fastest = Math.min(fastest, (elapsed / batch) * 1e3);
    // The clock may tick once in 0.1 ms only, so that a batch must last longer than that.
    if (elapsed < 1) batch *= 2;
  }
  return fastest;
}
