import { expect } from 'chai';
import { csvFormatRows } from 'd3-dsv';
import fc from 'fast-check';
import { datasetFromCsv } from '../../src/datasets/csv.js';
import { readIdx } from '../../src/datasets/idx.js';
import { arrayTypes, readNpy, writeNpy, type NumericArray } from '../../src/datasets/npy.js';
import { arraysIn, npzOf } from '../../src/datasets/npz.js';
import { always } from '../helpers/always.js';

/** Reads, or is refused by an Error of the project's own: a sentence that begins with the file. */
function readsOrRefuses(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    const { constructor, message } = error as Error;
    expect(constructor, message).to.equal(Error);
    expect(message).to.match(/^a\.file\b[^]*\.$/);
  }
}

/** The same bytes with a few of them changed, or the end cut off. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
  return fc.tuple(fc.array(change, { maxLength: 4 }), fc.nat(bytes.length)).map(([all, cut]) => {
    const copy = Uint8Array.from(bytes);
    for (const [at, value] of all) copy[at] = value;
    return cut % 2 === 0 ? copy : copy.subarray(0, cut);
  });
}

const shapes = fc.array(fc.nat(4), { maxLength: 4 });
const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
const double = fc.double({ noNaN: true });
/** Values that each type holds exactly. */
const valuesFor: Readonly<Record<NumericArray['type'], fc.Arbitrary<number>>> = {
  float16: fc.integer({ min: -2048, max: 2048 }).map((value) => value / 8),
  float32: fc.float({ noNaN: true }),
  float64: double,
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32768, max: 32767 }),
  int32: fc.integer(),
  int64: fc.maxSafeInteger(),
  uint8: fc.nat(255),
  uint16: fc.nat(65535),
  uint32: fc.nat(4294967295),
  uint64: fc.maxSafeNat(),
  bool: fc.nat(1),
};
const arrays: fc.Arbitrary<NumericArray> = fc
  .tuple(fc.constantFrom(...arrayTypes), shapes)
  .chain(([type, shape]) => {
    const length = sizeOf(shape);
    const values = fc.array(valuesFor[type], { minLength: length, maxLength: length });
    return values.map((list) => ({ type, shape, values: Float64Array.from(list) }));
  });

describe('whatever NumPy’s file holds', () => {
  it('is read as it was written, of any type and shape', () => {
    always(
      fc.property(arrays, (array) => {
        expect(readNpy(writeNpy(array, 'a.file'), 'a.file')).to.deep.equal(array);
      }),
    );
  });

  it('is read from an archive by its names, in their order', () => {
    const named = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z][a-z0-9._]{0,8}$/), arrays), {
      selector: ([name]) => name,
      maxLength: 5,
    });
    always(
      fc.property(named, (entries) => {
        expect([...arraysIn(npzOf(entries), 'a.file')]).to.deep.equal(entries);
      }),
      100,
    );
  });

  it('is read or refused in a sentence where it is damaged', () => {
    const array: NumericArray = { type: 'int16', shape: [2, 3], values: new Float64Array(6) };
    const npy = writeNpy(array, 'x');
    const npz = npzOf([['x', array]]);
    always(
      fc.property(damaged(npy), (bytes) => readsOrRefuses(() => readNpy(bytes, 'a.file'))),
      1000,
    );
    always(
      fc.property(damaged(npz), (bytes) => readsOrRefuses(() => arraysIn(bytes, 'a.file'))),
      1000,
    );
    always(
      fc.property(fc.uint8Array(), (bytes) => readsOrRefuses(() => arraysIn(bytes, 'a.file'))),
    );
  });
});

describe('whatever an IDX file holds', () => {
  const files = fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }).map((dimensions) => {
    const header = dimensions.flatMap((size) => [0, 0, 0, size]);
    const values = Array.from({ length: sizeOf(dimensions) }, (_, k) => (7 * k) % 256);
    const bytes = Uint8Array.from([0, 0, 8, dimensions.length, ...header, ...values]);
    return { dimensions, values, bytes };
  });

  it('is read as it is', () => {
    always(
      fc.property(files, ({ dimensions, values, bytes }) => {
        const read = readIdx(bytes, 'a.file', dimensions.length);
        expect(read.dimensions).to.deep.equal(dimensions);
        expect([...read.values]).to.deep.equal(values);
      }),
    );
  });

  it('is read or refused in a sentence where it is damaged', () => {
    const cases = files.chain(({ dimensions, bytes }) =>
      fc.tuple(damaged(bytes), fc.constant(dimensions.length)),
    );
    always(
      fc.property(cases, ([bytes, rank]) => readsOrRefuses(() => readIdx(bytes, 'a.file', rank))),
      1000,
    );
  });
});

describe('whatever a table holds', () => {
  const cells = fc.oneof(double.map(String), fc.string(), fc.constantFrom('', ' ', '"', '\n', 'a'));

  it('is read with every number as it was, whatever the words of the labels', () => {
    const word = fc.string({ minLength: 1 }).map((text) => `w${text.trim()}`);
    // Of -0 its text keeps no sign.
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const rows = fc.array(fc.tuple(finite, word), {
      minLength: 1,
      maxLength: 6,
    });
    always(
      fc.property(rows, (drawn) => {
        const all = [...drawn, [0, 'one'], [1, 'two']] as [number, string][];
        const text = csvFormatRows([['x', 'kind'], ...all.map(([x, kind]) => [`${x}`, kind])]);
        const { dataset, labelMapping } = datasetFromCsv(text, 'a.file');
        expect([...dataset.inputs]).to.deep.equal(all.map(([x]) => x));
        const words = new Map(labelMapping.map(({ text, label }) => [label, text]));
        expect([...dataset.labels].map((label) => words.get(label))).to.deep.equal(
          all.map(([, kind]) => kind.trim()),
        );
      }),
    );
  });

  it('is read or refused in a sentence', () => {
    const tables = fc.array(fc.array(cells, { minLength: 1, maxLength: 3 }), { maxLength: 4 });
    const texts = fc.oneof(
      tables.map((rows) => csvFormatRows([['x', 'y'], ...rows])),
      tables.map((rows) => rows.map((row) => row.join(',')).join('\n')),
      fc.string({ unit: 'binary' }),
    );
    always(
      fc.property(texts, (text) => readsOrRefuses(() => datasetFromCsv(text, 'a.file'))),
      1000,
    );
  });
});
