import { expect } from 'chai';
import { arraysTogether, runKernel } from '../../src/numerics/simd.js';
import { kernelNames, type KernelName } from '../../src/numerics/simd-module.js';
import { randomStream } from '../../src/numerics/random.js';

const kernels: Record<KernelName, (x: number, factor: number) => number> = {
  relu: (x) => (x > 0 ? x : 0),
  reluSlope: (x, factor) => (x > 0 ? factor : 0),
  squaredRelu: (x) => (x > 0 ? x * x : 0),
  squaredReluSlope: (x, factor) => factor * (x > 0 ? 2 * x : 0),
};

/** Three arrays in one memory, the first two with numbers of both signs, and what is special. */
function together(length: number) {
  const [x, factor, into] = arraysTogether([length, length, length]);
  const stream = randomStream('kernels');
  for (let i = 0; i < length; i++) {
    x[i] = stream.normal();
    factor[i] = stream.normal();
  }
  x.set([0, -0, Infinity, -Infinity, 1e-310, -1e-310, 1e200, -1e200]);
  return { x, factor, into: into.fill(7) };
}

describe('SIMD kernels', () => {
  for (const name of kernelNames) {
    it(`compute ${name} to the bit, and leave the last few numbers alone`, () => {
      for (const n of [8000, 8001, 8002, 8003]) {
        const { x, factor, into } = together(8003);
        const count = runKernel(name, n, x, factor, into);
        expect(count).to.equal(8000);
        for (let i = 0; i < count; i++) {
          if (into[i] !== kernels[name](x[i], factor[i])) throw new Error(`${x[i]} at ${i}`);
        }
        expect([...into.subarray(count)]).to.deep.equal([7, 7, 7]);
      }
    });
  }

  it('let NaN through', () => {
    const { x, factor, into } = together(8000);
    x[5] = NaN;
    for (const name of ['relu', 'squaredRelu', 'squaredReluSlope'] as const) {
      runKernel(name, 8000, x, factor, into);
      expect(into[5], name).to.be.NaN;
    }
  });

  it('do nothing to arrays that are small or lie elsewhere', () => {
    const { x, into } = together(8000);
    const elsewhere = together(8000).into;
    expect(runKernel('relu', 100, x, x, into)).to.equal(0);
    expect(runKernel('relu', 8000, x, x, elsewhere)).to.equal(0);
    expect(runKernel('relu', 8000, elsewhere, x, into)).to.equal(0);
    expect(runKernel('reluSlope', 8000, x, elsewhere, into)).to.equal(0);
    const ordinary = new Float64Array(8000);
    expect(runKernel('relu', 8000, ordinary, ordinary, ordinary)).to.equal(0);
  });
});

describe('arraysTogether', () => {
  it('gives zeroed arrays of the lengths asked for that do not overlap', () => {
    for (const factor of [1, 10_000]) {
      const lengths = [3, 0, 1, 8, 5].map((length) => factor * length);
      const arrays = arraysTogether(lengths);
      expect(arrays.map(({ length }) => length)).to.deep.equal(lengths);
      expect(arrays.every((array) => array.every((value) => value === 0))).to.be.true;
      arrays.forEach((array, i) => array.fill(i + 1));
      expect(arrays.every((array, i) => array.every((value) => value === i + 1))).to.be.true;
    }
  });

  it('puts large arrays into one memory, each from a cache line on', () => {
    const arrays = arraysTogether([10_001, 10_002, 7]);
    expect(new Set(arrays.map(({ buffer }) => buffer)).size).to.equal(1);
    expect(arrays.every(({ byteOffset }) => byteOffset % 64 === 0)).to.be.true;
  });

  it('gives ordinary arrays where there is no WebAssembly', () => {
    const scope = globalThis as { WebAssembly?: unknown };
    const kept = scope.WebAssembly;
    try {
      scope.WebAssembly = undefined;
      const { x, into } = together(8000);
      expect(x.buffer).not.to.equal(into.buffer);
      expect(runKernel('relu', 8000, x, x, into)).to.equal(0);
    } finally {
      scope.WebAssembly = kept;
    }
  });
});
