import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flowCommand } from '../../../src/cli/flow.js';
import { problemFromCsv } from '../../../src/cli/flow/csv-problem.js';
import { problemOf } from '../../../src/cli/flow/problem.js';
import { labelText } from '../../../src/cli/flow/summary.js';

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-csv-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

const TABLE = 'width,kind,height,note\n1,b,2,x\n3,a,5,y\n2,b,2,z\n';

/** The problem that a table makes; options as on the command line. */
function problem(table: string, ...options: string[]) {
  const path = join(folder, 'table.csv');
  writeFileSync(path, table);
  const words = ['--csv', path, '--network', 'two-layer:2:relu', '--out', 'r.json', ...options];
  const args = flowCommand.read(words)!;
  return problemFromCsv(path, args.csv!, args.wishes.targets);
}

const usual = ['--label', 'kind', '--columns', 'width,height'];

describe('a problem from a table', () => {
  it('has sorted labels, the columns asked for and a constant input', () => {
    const made = problem(TABLE, ...usual);
    expect(made.inputs).to.deep.equal([[1, 2, 1], [3, 5, 1], [2, 2, 1]]); // prettier-ignore
    expect(made.labels).to.deep.equal([1, -1, 1]);
    expect(made.loss).to.equal('logistic');
    expect(made.targets).to.deep.equal([10, 100, 1e3, 1e4, 1e5]);
    expect(made.data!.columns).to.deep.equal(['width', 'height', 'constant 1']);
    expect(labelText(made.data!)).to.equal('kind: a is -1, b is +1');
    expect(problemOf(made, 'table.csv').theta0).to.have.length(8);
  });

  it('has no constant where it is left out, and the columns in the order asked for', () => {
    const made = problem(TABLE, '--label', 'kind', '--columns', 'height,width', '--no-constant');
    expect(made.inputs).to.deep.equal([[2, 1], [5, 3], [2, 2]]); // prettier-ignore
  });

  it('keeps the units that it standardised with', () => {
    const { inputs, data } = problem(TABLE, ...usual, '--standardise');
    expect(data!.mean).to.deep.equal([2, 3]);
    expect(data!.deviation![0]).to.be.closeTo(Math.sqrt(2 / 3), 1e-15);
    expect(inputs[1][0]).to.be.closeTo(Math.sqrt(3 / 2), 1e-15);
    expect(inputs.map((row) => row[2])).to.deep.equal([1, 1, 1]);
  });

  it('draws the same start from the same seed, another from another, and scales it', () => {
    const first = problem(TABLE, ...usual).theta0;
    expect(problem(TABLE, ...usual, '--seed', '1').theta0).to.deep.equal(first);
    expect(problem(TABLE, ...usual, '--seed', '2').theta0).not.to.deep.equal(first);
    const wide = problem(TABLE, ...usual, '--scale', '0.6').theta0;
    wide.forEach((value, i) => expect(value).to.be.closeTo(2 * first[i], 1e-15));
  });

  it('numbers more than two classes from 0, and gives the network an output for each', () => {
    const made = problem('x,y\n1,red\n2,blue\n3,green\n', '--network', 'deep:4-3:squared-relu');
    expect(made.labels).to.deep.equal([2, 0, 1]);
    expect(made.classes).to.equal(3);
    expect(made.network).to.deep.include({ kind: 'deep', widths: [2, 4, 3, 3] });
    expect(labelText(made.data!)).to.equal('y: blue is 0, green is 1, red is 2');
  });

  it('may be linear, with targets of its own', () => {
    const made = problem('x,y\n1,1\n2,0\n', '--network', 'linear', '--targets', '5,50');
    expect(made.network).to.deep.include({ kind: 'linear', inputs: 2 });
    expect(made.targets).to.deep.equal([5, 50]);
  });

  const faults: [string, string, string[], RegExp][] = [
    ['a word in a column of numbers', 'x,y\n1,a\nbig,b\n', [], /table\.csv, line 3, column 'x': expected a number, found 'big'\.$/],
    ['a missing value', 'x,y\n1,a\n,b\n', [], /table\.csv, line 3, column 'x': expected a number, found an empty cell\.$/],
    ['a missing label', 'x,y\n1,a\n2,\n', [], /table\.csv, line 3, column 'y': expected a label, found an empty cell\.$/],
    ['one class', 'x,y\n1,a\n2,a\n', [], /column 'y': expected at least two different labels, found 'a' only\.$/],
    ['a constant column', 'x,z,y\n1,4,a\n2,4,b\n', [], /column 'z': expected values that differ, found 4 on every line; leave the column out with --columns\.$/],
    ['equal inputs with two labels', 'x,y\n1,a\n2,b\n\n1,b\n', [], /lines 2 and 5: expected one label for equal inputs, found two; no network can separate them\.$/],
    ['a label column that is not there', 'x,y\n1,a\n2,b\n', ['--label', 'z'], /line 1: expected a label column 'z', found 'x', 'y'\.$/],
    ['an input column that is not there', 'x,y\n1,a\n2,b\n', ['--columns', 'x,q'], /line 1: expected a column 'q', found 'x', 'y'\.$/],
    ['the label among the inputs', 'x,y\n1,0\n2,1\n', ['--columns', 'x,y'], /line 1: expected inputs beside the label, found 'y' for both\.$/],
    ['a network of another form', TABLE, ['--network', 'relu:16'], /^--network is 'relu:16'; expected 'linear', 'two-layer:WIDTH:ACTIVATION'/],
    ['a network without a width', TABLE, ['--network', 'two-layer:relu'], /^--network is 'two-layer:relu', with the width 'relu'; expected a whole number of at least 1\.$/],
    ['a network of width 0', TABLE, ['--network', 'two-layer:0:relu'], /^--network is 'two-layer:0:relu', with the width '0'; expected a whole number of at least 1\.$/],
    ['a deep network with an odd width', TABLE, ['--network', 'deep:8-x:relu'], /with the width '8-x'; expected whole numbers of at least 1, such as 16-8\.$/],
    ['an unknown activation', TABLE, ['--network', 'two-layer:8:tanh'], /^--network is 'two-layer:8:tanh', with the activation 'tanh'; expected 'relu', 'squared-relu', /],
    ['two widths of one layer', TABLE, ['--network', 'two-layer:3-4:relu'], /^--network is 'two-layer:3-4:relu'/],
    ['another loss', TABLE, ['--loss', 'hinge'], /^--loss is 'hinge'; expected exponential or logistic\.$/],
    ['a scale of 0', TABLE, ['--scale', '0'], /^--scale is '0'; expected a number above 0\.$/],
    ['a problem besides', TABLE, ['p.json'], /^Expected --csv or a problem file, got both/],
  ]; // prettier-ignore
  for (const [title, table, options, expected] of faults) {
    it(`refuses ${title} in one sentence`, () => {
      expect(() => problem(table, ...options)).to.throw(expected);
    });
  }

  it('wants a network, and the table before its options', () => {
    const parse = (...words: string[]) => flowCommand.read([...words, '--out', 'r.json']);
    expect(() => parse('--csv', 't.csv')).to.throw('--csv needs a --network, such as');
    expect(() => parse('p.json', '--seed', '2')).to.throw('--seed belongs to a table; expected');
  });
});
