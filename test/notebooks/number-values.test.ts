import { expect } from 'chai';
import { Matrix } from 'ml-matrix';
import { createRequire } from 'node:module';
import { mimeBundleOf, type MimeBundle } from '../../src/notebook/index.js';

function textOf(value: unknown): string {
  const forms = mimeBundleOf(value) as MimeBundle;
  expect(Object.keys(forms)).to.deep.equal(['text/plain']);
  return forms['text/plain'] as string;
}

/** The part of TensorFlow.js that makes tensors; its own declarations are six hundred files. */
interface TensorMaker {
  getBackend(): string | undefined;
  setBackend(name: string): Promise<boolean>;
  scalar(value: number): object;
  tensor1d(values: readonly unknown[], type?: string): object;
  tensor2d(values: readonly (readonly number[])[]): object & { dispose(): void };
  complex(real: number, imaginary: number): object;
  zeros(shape: readonly number[]): object;
  variable(value: object): object;
}

describe('a typed array in a cell', () => {
  it('is named with its length, and has its points in one column', () => {
    expect(textOf(Float64Array.of(0.5, -10.25, 3))).to.equal(
      'Float64Array(3) [ 0.50, -10.25, 3.00 ]',
    );
    expect(textOf(new Float32Array())).to.equal('Float32Array(0) []');
    expect(textOf(Uint8Array.of(1, 2, 255))).to.equal('Uint8Array(3) [ 1, 2, 255 ]');
    expect(textOf(Buffer.from('hi'))).to.equal('Buffer(2) [ 104, 105 ]');
  });

  it('shows six digits of its largest number, and no zeros that say nothing', () => {
    expect(textOf(Float64Array.of(Math.PI, 0.125, 0))).to.equal(
      'Float64Array(3) [ 3.14159, 0.12500, 0.00000 ]',
    );
    expect(textOf(Float64Array.of(123456.789, 1000.5))).to.equal(
      'Float64Array(2) [ 123457, 1001 ]',
    );
    expect(textOf(Float64Array.of(0.001, 0.0002))).to.equal('Float64Array(2) [ 0.0010, 0.0002 ]');
  });

  it('goes over to powers of ten for numbers of very different sizes', () => {
    expect(textOf(Float64Array.of(1e-9, 0.5, 1e9))).to.equal(
      'Float64Array(3) [ 1.0000e-9, 5.0000e-1, 1.0000e+9 ]',
    );
    expect(textOf(Float64Array.of(Number.MIN_VALUE, Number.MAX_VALUE))).to.equal(
      'Float64Array(2) [ 4.9407e-324, 1.7977e+308 ]',
    );
    // Rounding up reaches the next power.
    expect(textOf(Float64Array.of(9.9999999, 0.5))).to.equal('Float64Array(2) [ 10.0, 0.5 ]');
  });

  it('shows what is not a finite number as it is', () => {
    expect(textOf(Float64Array.of(NaN, Infinity, -Infinity, 0.5))).to.equal(
      'Float64Array(4) [ NaN, Infinity, -Infinity, 0.5 ]',
    );
    expect(textOf(BigInt64Array.of(1n, -20n))).to.equal('BigInt64Array(2) [ 1, -20 ]');
  });

  it('has lines of equal columns where one line is too short', () => {
    const text = textOf(Float64Array.from({ length: 40 }, (_, k) => k / 8));
    const lines = text.split('\n');
    expect(lines[0]).to.equal('Float64Array(40) [');
    expect(lines[1]).to.match(/^ {2}0\.000, 0\.125, /);
    expect(lines.every(({ length }) => length <= 88)).to.equal(true);
    expect(lines.at(-1)).to.equal(']');
    expect(text.match(/\d\.\d{3}/g)).to.have.length(40);
  });

  it('is shown in full up to 1,000 entries, and beyond by its ends, its range and its mean', () => {
    const full = textOf(Int32Array.from({ length: 1000 }, (_, k) => k));
    expect(full.match(/\d+(?=[,\n])/g)).to.have.length(1001);
    const text = textOf(Int32Array.from({ length: 1001 }, (_, k) => k));
    expect(text).to.equal(
      'Int32Array(1,001) [\n     0,    1,    2,    3,    4,    5,    6,    7,    8,    9,\n  …\n' +
        '   991,  992,  993,  994,  995,  996,  997,  998,  999, 1000\n]\nleast 0, largest 1000, mean 500',
    );
    const holed = Float64Array.from({ length: 2000 }, (_, k) => (k === 500 ? NaN : -1));
    expect(textOf(holed)).to.match(/\nleast -1, largest -1, mean -1, 1 NaN$/);
    expect(textOf(new Float64Array(2000).fill(NaN))).to.match(/\nall NaN$/);
    expect(textOf(new BigInt64Array(2000))).to.match(/ 0\n\]$/);
  });

  it('is shown so where a long plain array holds nothing but numbers', () => {
    const numbers = Array.from({ length: 101 }, (_, k) => k / 4);
    expect(textOf(numbers)).to.match(/^Array\(101\) \[\n {3}0\.00, {2}0\.25,/);
    expect(textOf([...numbers, 'x'])).to.match(/^\[\n +0, +0\.25,/);
  });
});

describe('a matrix in a cell', () => {
  const rows = [
    [1, 0.5],
    [-20, 3],
  ];
  const lines = '\n[   1.0  0.5 ]\n[ -20.0  3.0 ]';

  it('has its entries in columns, whatever holds it', () => {
    expect(textOf(new Matrix(rows))).to.equal(`Matrix 2 × 2${lines}`);
    expect(textOf(rows)).to.equal(`Array 2 × 2${lines}`);
    expect(textOf(rows.map((row) => Float64Array.from(row)))).to.equal(`Array 2 × 2${lines}`);
    const data = Float64Array.from(rows.flat());
    expect(textOf({ rows: 2, columns: 2, data })).to.equal(`Matrix 2 × 2${lines}`);
    class Grid {
      rows = 2;
      columns = 2;
      values = data;
    }
    expect(textOf(new Grid())).to.equal(`Grid 2 × 2${lines}`);
  });

  it('is no matrix where rows differ in length or hold something else', () => {
    expect(textOf([[1, 2], [3]])).to.equal('[ [ 1, 2 ], [ 3 ] ]');
    expect(
      textOf([
        [1, 'a'],
        [2, 3],
      ]),
    ).to.equal("[ [ 1, 'a' ], [ 2, 3 ] ]");
    expect(textOf([[], []])).to.equal('[ [], [] ]');
    expect(textOf({ rows: 2, columns: 3, data: Float64Array.of(1, 2) })).to.match(/^\{\s+rows: 2/);
    expect(textOf({ rows: 3, columns: 4, offset: 5, name: 'b' })).to.match(/^\{ rows: 3/);
  });

  it('is cut in the middle, so that lines fit a page', () => {
    const text = textOf(Matrix.zeros(100, 300)).split('\n');
    expect(text[0]).to.equal('Matrix 100 × 300');
    expect(text).to.have.length(12);
    expect(text[6]).to.equal('…');
    expect(text[1]).to.match(/^\[ (0 {2})+…( {2}0)+ \]$/);
    expect(text.every(({ length }) => length <= 100)).to.equal(true);
    const wide = Array.from({ length: 2 }, () => Array.from({ length: 40 }, () => 1e-7 / 3));
    const [, row] = textOf(wide).split('\n');
    expect(row.length).to.be.below(100);
  });
});

describe('an array of any rank in a cell', () => {
  it('is shown matrix by matrix', () => {
    const values = Float64Array.from({ length: 12 }, (_, k) => k);
    expect(textOf({ shape: [3, 2, 2], values, type: 'float32' })).to.equal(
      'Array float32 [3, 2, 2]\n[0, :, :]\n[ 0  1 ]\n[ 2  3 ]\n[1, :, :]\n[ 4  5 ]\n[ 6  7 ]\n… and 1 more',
    );
    expect(textOf({ dimensions: [2], values: Uint8Array.of(7, 8) })).to.equal(
      'Array [2]\n[ 7, 8 ]',
    );
    expect(textOf({ shape: [], values: Float64Array.of(3), type: 'float64' })).to.equal(
      'Array float64 [] 3',
    );
    expect(textOf({ shape: [0, 3], values: new Float64Array(), type: 'int8' })).to.equal(
      'Array int8 [0, 3]',
    );
  });

  it('is a tensor of TensorFlow with its type, or what is left of it', async function () {
    this.timeout(60_000);
    const tf = createRequire(import.meta.url)('@tensorflow/tfjs') as TensorMaker;
    const usual = tf.getBackend();
    await tf.setBackend('cpu');
    const matrix = tf.tensor2d([
      [1, 2],
      [3, 4.5],
    ]);
    expect(textOf(matrix)).to.equal('Tensor float32 [2, 2]\n[ 1.0  2.0 ]\n[ 3.0  4.5 ]');
    expect(textOf(tf.scalar(2))).to.equal('Tensor float32 [] 2');
    expect(textOf(tf.tensor1d([1, 2], 'int32'))).to.equal('Tensor int32 [2]\n[ 1, 2 ]');
    expect(textOf(tf.tensor1d(['a', 'b']))).to.equal('Tensor string [2]\n[ "a", "b" ]');
    expect(textOf(tf.tensor1d([true, false]))).to.equal('Tensor bool [2]\n[ 1, 0 ]');
    expect(textOf(tf.complex(1, 2))).to.equal('Tensor complex64 [], complex');
    expect(textOf(tf.variable(tf.zeros([1, 2])))).to.equal('Tensor float32 [1, 2]\n[ 0  0 ]');
    expect(textOf(tf.zeros([0, 2]))).to.equal('Tensor float32 [0, 2]');
    expect(textOf(tf.zeros([2000, 1000]))).to.equal(
      'Tensor float32 [2000, 1000], 2,000,000 values: slice it to see some.',
    );
    matrix.dispose();
    expect(textOf(matrix)).to.equal('Tensor float32 [2, 2], disposed');
    // The choice is the whole process's, and other tests follow.
    if (usual) await tf.setBackend(usual);
  });
});
