import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromFloat16, toFloat16 } from '../../src/datasets/float16.js';
import { arrayTypes, readNpy, writeNpy, type NumericArray } from '../../src/datasets/npy.js';
import { readNpz } from '../../src/datasets/node/npz-file.js';
import { arraysIn, npzOf } from '../../src/datasets/npz.js';
import { projectRoot } from '../helpers/project-root.js';

/** Files that NumPy wrote: see make-arrays.py beside them. */
const fixture = (name: string) => join(projectRoot(), 'test', 'datasets', 'fixtures', name);

const counting = Array.from({ length: 24 }, (_, k) => k);
const floats = [0.1, -2.5, 1e-7, 65504, Infinity, -0, 0.333251953125];
const most = 2 ** 53 - 1;

/** Type, shape and values of every array that make-arrays.py saves. */
const expected: Record<string, [string, number[], number[]]> = {
  float16: ['float16', [7], [0.0999755859375, -2.5, 2 ** -23, 65504, Infinity, -0, 0.333251953125]],
  float32: ['float32', [7], floats.map(Math.fround)],
  float64: ['float64', [7], floats],
  'big.float32': ['float32', [7], floats.map(Math.fround)],
  'big.int64': ['int64', [2, 2], [1, -2, most, 4]],
  fortran: ['float64', [2, 3, 4], counting],
  'fortran.int16': ['int16', [3, 4], counting.slice(0, 12)],
  c: ['int64', [2, 3, 4], counting],
  bool: ['bool', [3], [1, 0, 1]],
  scalar: ['float64', [], [3.25]],
  nothing: ['float32', [0, 3], []],
  int8: ['int8', [4], [-128, 0, 7, 127]],
  int16: ['int16', [4], [-32768, 0, 7, 32767]],
  int32: ['int32', [4], [-(2 ** 31), 0, 7, 2 ** 31 - 1]],
  int64: ['int64', [4], [-most, 0, 7, most]],
  uint8: ['uint8', [4], [0, 0, 7, 255]],
  uint16: ['uint16', [4], [0, 0, 7, 65535]],
  uint32: ['uint32', [4], [0, 0, 7, 2 ** 32 - 1]],
  uint64: ['uint64', [4], [0, 0, 7, most]],
};

describe('an .npz file', () => {
  for (const name of ['arrays.npz', 'arrays-compressed.npz']) {
    it(`by NumPy is read in its order, whatever types and layouts: ${name}`, () => {
      const arrays = readNpz(fixture(name));
      expect([...arrays.keys()]).to.deep.equal(Object.keys(expected));
      for (const [key, [type, shape, values]] of Object.entries(expected)) {
        const array = arrays.get(key)!;
        expect([array.type, array.shape], key).to.deep.equal([type, shape]);
        expect([...array.values], key).to.deep.equal(values);
      }
    });
  }

  it('goes out and comes back, every type of it, and always as the same bytes', () => {
    const arrays = readNpz(fixture('arrays.npz'));
    const bytes = npzOf(arrays);
    expect([...arraysIn(bytes, 'mine')]).to.deep.equal([...arrays]);
    expect(Buffer.compare(bytes, npzOf(arrays))).to.equal(0);
    expect(new Set([...arrays.values()].map(({ type }) => type))).to.have.lengthOf(
      arrayTypes.length,
    );
  });

  it('keeps its order where names look like numbers', () => {
    const one = (value: number): NumericArray => ({
      shape: [1],
      values: Float64Array.of(value),
      type: 'float64',
    });
    const bytes = npzOf(new Map([['b', one(1)], ['10', one(2)], ['9', one(3)]])); // prettier-ignore
    const names = [...arraysIn(bytes, 'mine').values()].map(({ values }) => values[0]);
    expect(names).to.deep.equal([1, 2, 3]);
  });

  describe('that is damaged', () => {
    const bytes = readFileSync(fixture('arrays.npz'));
    const damaged = (change: (copy: Buffer) => Buffer | void) => {
      const copy = Buffer.from(bytes);
      const changed = change(copy) ?? copy;
      return () => arraysIn(changed, 'w.npz');
    };

    it('is refused where its end is missing, wherever it was cut', () => {
      for (const length of [0, 1, 30, 1000, bytes.length - 1000, bytes.length - 1]) {
        expect(damaged((copy) => copy.subarray(0, length))).to.throw(
          /^w\.npz: expected a complete \.npz archive, found .*\.$/,
        );
      }
    });

    it('is refused with the name of the array whose bytes changed', () => {
      const at = bytes.indexOf(Buffer.from('NUMPY', 'latin1'), bytes.indexOf('float64.npy'));
      expect(damaged((copy) => void (copy[at + 130] ^= 1))).to.throw(
        'w.npz: float64.npy: damaged, its bytes do not have the checksum of the archive.',
      );
    });

    it('is refused in one sentence whatever single byte changed', () => {
      for (let at = 0; at < bytes.length; at += 37) {
        try {
          damaged((copy) => void (copy[at] ^= 0x55))();
        } catch (error) {
          expect((error as Error).message).to.match(/^w\.npz: .*\.$/s);
        }
      }
    });

    it('is refused where it is compressed', () => {
      const packed = readFileSync(fixture('arrays-compressed.npz'));
      packed[packed.indexOf('float64.npy') + 60] ^= 0xff;
      expect(() => arraysIn(packed, 'w.npz')).to.throw(/^w\.npz: .*damaged/);
    });
  });

  it('that holds texts is refused with their type', () => {
    expect(() => readNpz(fixture('unsuited.npz'))).to.throw(
      "unsuited.npz: text.npy: expected floats, integers or booleans, found '<U1'.",
    );
  });

  it('that is none or not there is refused by name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'afterfit-'));
    const path = join(folder, 'w.npz');
    expect(() => readNpz(path)).to.throw(`${path}: no such file.`);
    expect(() => readNpz(folder)).to.throw(`${folder}: cannot be read (EISDIR).`);
    writeFileSync(path, 'not an archive, but long enough for one');
    expect(() => readNpz(path)).to.throw(`${path}: expected a complete .npz archive`);
    rmSync(folder, { recursive: true });
  });
});

describe('an .npy file', () => {
  const array: NumericArray = { shape: [2, 1], values: Float64Array.of(1, -2), type: 'float32' };
  const bytes = writeNpy(array, 'a');

  it('begins its values at a multiple of 64 bytes, as NumPy does', () => {
    expect(bytes.length % 64).to.equal(8);
    expect(readNpy(bytes, 'a')).to.deep.equal(array);
  });

  it('is refused with other bytes, a cut header, a wrong length', () => {
    expect(() => readNpy(Uint8Array.of(1, 2), 'a')).to.throw('a: expected an array of NumPy');
    expect(() => readNpy(bytes.subarray(0, 40), 'a')).to.throw('a: truncated, the header ends at');
    expect(() => readNpy(bytes.subarray(0, bytes.length - 1), 'a')).to.throw(
      'a: expected 2×1 of float32, 8 bytes after the header, found 7.',
    );
  });

  it('is refused where a header says nothing, or an integer is too large for float64', () => {
    const odd = Uint8Array.from(bytes);
    odd.set(new TextEncoder().encode('shade'), Buffer.from(odd).indexOf('shape'));
    expect(() => readNpy(odd, 'a')).to.throw('a: expected a header with descr');
    const large = writeNpy({ shape: [], values: Float64Array.of(1), type: 'int64' }, 'a');
    large[large.length - 2] = 0x7f;
    expect(() => readNpy(large, 'a')).to.throw('a: expected integers up to 2^53, found');
  });

  it('is not written where values do not fit the shape or the type', () => {
    const write = (change: Partial<NumericArray>) => () => writeNpy({ ...array, ...change }, 'a');
    expect(write({ shape: [3] })).to.throw('a: expected 3 of values, found 2.');
    expect(write({ type: 'uint8' })).to.throw('a: number 1 is -2, which is no uint8.');
    expect(write({ type: 'int64', values: Float64Array.of(0.5, 1) })).to.throw('number 0 is 0.5');
  });
});

describe('half precision', () => {
  it('goes back to the same bits, all of them', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = fromFloat16(bits);
      if (Number.isNaN(value)) expect(fromFloat16(toFloat16(value))).to.be.NaN;
      else expect(toFloat16(value)).to.equal(bits);
    }
  });

  it('rounds to the nearest, ties to even', () => {
    const rounded = (value: number) => fromFloat16(toFloat16(value));
    expect(rounded(2049)).to.equal(2048);
    expect(rounded(2051)).to.equal(2052);
    expect(rounded(2 ** -25)).to.equal(0);
    expect(rounded(1.0001 * 2 ** -25)).to.equal(2 ** -24);
    expect(rounded(65519.99)).to.equal(65504);
    expect(rounded(-65520)).to.equal(-Infinity);
  });
});
