import { expect } from 'chai';
import type { NumericArray } from '../../src/datasets/index.js';
import { hasTest, splitIn } from '../../src/specs/npz-splits.js';

const array = (
  shape: number[],
  values: number[],
  type: NumericArray['type'] = 'float64',
): NumericArray => ({
  shape,
  values: Float64Array.from(values),
  type,
});
const images = array([2, 1, 1, 2], [0, 1, 2, 3]);
const form = { file: 'd.npz', image: { channels: 1, height: 1, width: 2 } };
const of = (entries: Record<string, NumericArray>) => new Map(Object.entries(entries));
const split = (entries: Record<string, NumericArray>, classes?: number) =>
  splitIn(of(entries), { ...form, classes }, 'train');

describe('the arrays of a data set', () => {
  it('are found by the names that people use', () => {
    const labels = array([2], [2, 0]);
    for (const [x, y] of [
      ['inputs', 'labels'],
      ['x_train', 'y_train'],
      ['images', 'targets'],
      ['X', 'y'],
    ]) {
      // prettier-ignore
      const data = split({ [x]: images, [y]: labels });
      expect([...data.labels]).to.deep.equal([2, 0]);
      expect(data.classes).to.equal(3);
    }
    expect(hasTest(of({ x_test: images }))).to.equal(true);
    expect(hasTest(of({ inputs: images, labels }))).to.equal(false);
    expect(() => split({ toString: images })).to.throw(
      'd.npz: expected an array inputs (or x_train, X_train, train_images, images, X, x), found toString.',
    );
  });

  it('have labels as a row, a column, one-hot rows, or 0 and 1 of two classes', () => {
    expect([...split({ inputs: images, labels: array([2, 1], [1, 2]) }).labels]).to.deep.equal([1, 2]); // prettier-ignore
    const hot = array([2, 3], [0, 0, 1, 0, 1, 0]);
    expect([...split({ inputs: images, labels: hot }).labels]).to.deep.equal([2, 1]);
    expect([...split({ inputs: images, labels: array([2], [1, 0]) }).labels]).to.deep.equal([1, -1]); // prettier-ignore
    expect(() => split({ inputs: images, labels: array([2, 3], [0, 0, 2, 0, 1, 0]) })).to.throw(
      'd.npz: labels is 2×3; expected 2 labels, one for each input, or one-hot rows.',
    );
    expect(() => split({ inputs: images, labels: array([2, 3], [1, 1, 0, 0, 0, 0]) })).to.throw(
      'd.npz: row 1 of labels has no 1; expected one-hot rows.',
    );
    expect(() => split({ inputs: images, labels: array([2], [1, 3]) }, 3)).to.throw(
      'd.npz: labels runs from 1 to 3; expected 0 to 2: save labels - 1.',
    );
  });

  it('have pixels in [0, 1], and bytes are divided by 255', () => {
    const bytes = array([2, 1, 1, 2], [0, 255, 51, 102], 'uint8');
    const data = split({ inputs: bytes, labels: array([2], [0, 2]) });
    expect([...data.inputs]).to.deep.equal([0, 1, 0.2, 0.4]);
    expect(data.source).to.equal('inputs of d.npz, divided by 255');
  });

  it('have their channels first', () => {
    const labels = array([1], [0]);
    const last = array([1, 1, 2, 3], [0, 1, 2, 3, 4, 5]);
    const three = { file: 'd.npz', image: { channels: 3, height: 1, width: 2 } };
    expect(() => splitIn(of({ inputs: last, labels }), three, 'train')).to.throw(
      'd.npz: inputs is 1×1×2×3; expected n×3×1×2: its channels come last, save it as inputs.transpose(0, 3, 1, 2).',
    );
    const flat = array([1, 6], [0, 1, 2, 3, 4, 5]);
    expect(splitIn(of({ inputs: flat, labels }), three, 'train').dimension).to.equal(6);
    const other = array([1, 5], [0, 1, 2, 3, 4]);
    expect(() => splitIn(of({ inputs: other, labels }), three, 'train')).to.throw(
      'd.npz: inputs is 1×5; expected n×3×1×2, or n rows of as many numbers.',
    );
  });
});
