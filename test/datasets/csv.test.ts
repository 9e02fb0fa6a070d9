import { expect } from 'chai';
import { datasetFromCsv, type CsvOptions } from '../../src/datasets/csv.js';

const read = (text: string, options?: CsvOptions) =>
  datasetFromCsv(text, 'datasets/my.csv', options);
const labelsOf = (column: string) => [
  ...read(
    `x,y\n${column
      .split(' ')
      .map((label) => `0,${label}\n`)
      .join('')}`,
  ).dataset.labels,
];

describe('datasetFromCsv', () => {
  it('takes the last column as labels and the others as inputs', () => {
    const { dataset, columns, labelColumn } = read('x1,x2,y\n1,-2.5,-1\n3e2, .5 ,1\n');
    expect([dataset.examples, dataset.dimension, dataset.classes]).to.deep.equal([2, 2, 2]);
    expect([...dataset.inputs]).to.deep.equal([1, -2.5, 300, 0.5]);
    expect([...dataset.labels]).to.deep.equal([-1, 1]);
    expect(columns).to.deep.equal(['x1', 'x2']);
    expect(labelColumn).to.equal('y');
    expect(dataset.name).to.equal('datasets/my.csv');
  });

  it('takes the label column by name', () => {
    const { dataset, columns } = read('x1,kind,x2\n1,a,2\n3,b,4\n', {
      label: 'kind',
      name: 'mine',
    });
    expect([...dataset.inputs]).to.deep.equal([1, 2, 3, 4]);
    expect(columns).to.deep.equal(['x1', 'x2']);
    expect(dataset.name).to.equal('mine');
  });

  it('maps ±1, 0 and 1, and any two words to ±1', () => {
    expect(labelsOf('1 -1 1')).to.deep.equal([1, -1, 1]);
    expect(labelsOf('+1 -1 1.0')).to.deep.equal([1, -1, 1]);
    expect(labelsOf('0 1 0')).to.deep.equal([-1, 1, -1]);
    expect(labelsOf('spam ham spam')).to.deep.equal([1, -1, 1]);
  });

  it('maps k > 2 classes to 0..k−1, numbers in the order of numbers', () => {
    expect(labelsOf('10 9 2 9')).to.deep.equal([2, 1, 0, 1]);
    expect(labelsOf('c a b')).to.deep.equal([2, 0, 1]);
    expect(labelsOf('2 b 10')).to.deep.equal([1, 2, 0]);
  });

  it('records the mapping', () => {
    const { labelMapping, dataset } = read('x,y\n0,spam\n0,ham\n');
    expect(labelMapping).to.deep.equal([
      { text: 'ham', label: -1 },
      { text: 'spam', label: 1 },
    ]);
    expect(dataset.source).to.equal(
      "datasets/my.csv, labels from column 'y': 'ham' as -1, 'spam' as 1",
    );
  });

  it('reads Windows line ends, a byte order mark, quoted cells and no line end at the end', () => {
    const { dataset, columns } = read('\uFEFF"x, in m",y\r\n"1",a\r\n\r\n2,"b"');
    expect([...dataset.inputs]).to.deep.equal([1, 2]);
    expect(columns).to.deep.equal(['x, in m']);
  });

  it('names line and column of a cell that is not a number', () => {
    const rows = '1,2,a\n'.repeat(5);
    expect(() => read(`x1,x2,y\n${rows}1,abc,b\n`)).to.throw(
      "datasets/my.csv, line 7, column 'x2': expected a number, found 'abc'.",
    );
    expect(() => read('x,y\n,a\n')).to.throw(
      "datasets/my.csv, line 2, column 'x': expected a number, found an empty cell.",
    );
    for (const bad of ['0x10', 'Infinity', 'NaN', '1e999', '"1,5"']) {
      expect(() => read(`x,y\n${bad},a\n`)).to.throw('expected a number, found');
    }
  });

  it('counts empty lines and line breaks in quoted cells', () => {
    expect(() => read('x,y\n\n1,"a\nb"\n\nabc,c\n')).to.throw('line 6, column');
  });

  it('names the line of a row of the wrong length', () => {
    expect(() => read('x1,x2,y\n1,2,a\n1,2\n')).to.throw(
      'datasets/my.csv, line 3: expected 3 cells, found 2.',
    );
  });

  it('refuses labels that are empty or measurements', () => {
    expect(() => read('x,y\n1, \n')).to.throw(
      "datasets/my.csv, line 2, column 'y': expected a label, found an empty cell.",
    );
    expect(() => read('x,y\n1,0.37\n')).to.throw(
      "datasets/my.csv, line 2, column 'y': expected a label (a whole number or a word), found '0.37'.",
    );
  });

  it('refuses a table with one class', () => {
    expect(() => read('x,y\n1,a\n2,a\n')).to.throw(
      "datasets/my.csv, column 'y': expected at least two different labels, found 'a' only.",
    );
  });

  it('refuses a table without a usable header', () => {
    expect(() => read('')).to.throw(
      'datasets/my.csv: expected a header line, found an empty file.',
    );
    expect(() => read('1,2\n3,4\n')).to.throw(
      'datasets/my.csv, line 1: expected the names of the columns, found numbers only.',
    );
    expect(() => read('x,,y\n')).to.throw('datasets/my.csv, line 1: expected a name for column 2.');
    expect(() => read('x,x,y\n')).to.throw(
      "datasets/my.csv, line 1: expected different column names, found 'x' twice.",
    );
    expect(() => read('y\na\n')).to.throw(
      'datasets/my.csv, line 1: expected at least one input column and a label column, separated by commas.',
    );
    expect(() => read('x,y\n')).to.throw(
      'datasets/my.csv: expected rows after the header, found none.',
    );
  });

  it('refuses a label column that is not there', () => {
    expect(() => read('x,y\n1,a\n', { label: 'class' })).to.throw(
      "datasets/my.csv, line 1: expected a label column 'class', found 'x', 'y'.",
    );
  });
});
