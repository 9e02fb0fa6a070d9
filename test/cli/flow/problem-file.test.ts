import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseProblem, readProblem } from '../../../src/cli/flow/problem-file.js';
import { problemOf } from '../../../src/cli/flow/problem.js';
import { projectRoot } from '../../helpers/project-root.js';

const good = {
  network: { kind: 'two-layer', inputs: 2, width: 2, activation: 'relu' },
  loss: 'exponential',
  targets: [10, 100],
  inputs: [
    [1, 0.5],
    [-1, 0.25],
    [0.5, 1],
    [-0.5, -1],
  ],
  labels: [1, -1, 1, -1],
  theta0: [1, 0, -1, 0, 1, -1],
};

/** The sentence for the good problem with some of it replaced. */
function sentence(changes: object): string {
  const file = parse(changes);
  return typeof file === 'string' ? file : '';
}

function parse(changes: object) {
  try {
    const file = parseProblem(JSON.stringify({ ...good, ...changes }), 'p.json');
    problemOf(file, 'p.json');
    return file;
  } catch (error) {
    return (error as Error).message;
  }
}

const deep = { kind: 'deep', widths: [2, 3, 1], activation: 'relu' };
const network = (changes: object) => ({ network: { ...good.network, ...changes } });
const output = [[1, -1]];

const faults: [string, object, string][] = [
  ['a label that is none', { labels: [1, -1, 1, 2] }, 'labels[3] is 2; expected +1 or -1.'],
  ['a class that is none', { ...threeClasses(), labels: [0, 1, 2, 3] }, 'labels[3] is 3; expected a whole number from 0 to 2.'],
  ['a label in words', { labels: [1, 'no', 1, 1] }, 'labels[1] is "no"; expected a finite number.'],
  ['too few labels', { labels: [1, -1] }, 'labels.length is 2; expected 4 labels, one for each row of inputs.'],
  ['a short row', { inputs: [[1, 0.5], [1], [1, 1], [1, 1]] }, 'inputs[1].length is 1; expected 2 numbers, one for each input of the network.'],
  ['no inputs', { inputs: [] }, 'inputs is []; expected at least one row.'],
  ['an input that is null', { inputs: [[1, null]] }, 'inputs[0][1] is null; expected a finite number.'],
  ['inputs that are all zero', { inputs: [[0, 0], [0, 0], [0, 0], [0, 0]] }, 'inputs is [[0,0],[0,0],[0,0],[0,0]]; expected numbers that are not all 0, since every margin would stay 0.'],
  ['a linear start that stays at zero', { network: { kind: 'linear', inputs: 2 }, inputs: [[1, 0], [1, 0]], labels: [1, -1], theta0: [0, 0] }, 'theta0 is zero, where the gradient of the loss is 0 too; expected a start that moves.'],
  ['no targets', { targets: undefined }, 'targets is missing; expected a list of numbers.'],
  ['targets that fall', { targets: [100, 10] }, 'targets[1] is 10; expected more than the target before it, 100.'],
  ['another loss', { loss: 'squared' }, "loss is \"squared\"; expected 'exponential' or 'logistic'."],
  ['no network', { network: 3 }, "network is 3; expected an object with a kind, 'two-layer', 'deep' or 'linear'."],
  ['another kind', network({ kind: 'wide' }), "network.kind is \"wide\"; expected 'two-layer', 'deep' or 'linear'."],
  ['another activation', network({ activation: 'tanh' }), "network.activation is \"tanh\"; expected 'relu', 'squared-relu', 'leaky-relu', 'leaky-relu(LEAK)' or 'linear'."],
  ['half a neuron', network({ width: 1.5 }), 'network.width is 1.5; expected a whole number of at least 1.'],
  ['a short start', { theta0: [1, 2, 3] }, 'theta0 has 3 numbers; expected 6 (hidden 2×2, output 1×2).'],
  ['no direction', { theta0: [0, 0, 0, 0, 0, 0] }, 'theta0 is zero; expected a start with a direction.'],
  ['another degree', { homogeneity: 3 }, 'homogeneity is 3; expected 2, the degree of this network in its trained weights.'],
  ['a bias', network({ bias: true }), 'network.bias is true; expected false: a constant among the inputs can stand for a bias.'],
  ['a bias in a deep network', { network: { ...deep, bias: true } }, 'network.bias is true; expected false: a constant among the inputs can stand for a bias.'],
  ['a bias in a linear model', { network: { kind: 'linear', inputs: 2, bias: true } }, 'network.bias is true; expected false: a constant among the inputs can stand for a bias.'],
  ['a key that is none', { target: [10] }, 'target is not a known key; expected one of network, loss, homogeneity, classes, targets, inputs, labels, theta0, data, description, about, rows, beyond, last, visits, agreement, limit, solver.'],
  ['a key of the network that is none', network({ trainable: ['hidden'] }), 'network.trainable is not a known key; expected one of kind, inputs, width, activation, bias, trained, fixed, parameters.'],
  ['fixed weights of a layer that is none', network({ fixed: { first: output } }), 'network.fixed.first is not a known key; expected one of hidden, output.'],
  ['a start too large', { theta0: [1e200, 0, -1, 0, 1, -1] }, 'theta0, of norm 1.00e+200, gives margins or an α that are not finite; expected a start and inputs of moderate size.'],
  ['a start beyond the largest double', { theta0: Array(6).fill(1.7e308) }, 'theta0, of norm Infinity, gives margins or an α that are not finite; expected a start and inputs of moderate size.'],
  ['inputs too large', { inputs: Array(4).fill([1e300, 1e300]), theta0: [1e9, 0, -1, 0, 1, -1] }, 'theta0, of norm 1.00e+9, gives margins or an α that are not finite; expected a start and inputs of moderate size.'],
  ['weights neither trained nor fixed', network({ trained: ['hidden'] }), "network.fixed.output is missing; expected 1 row of 2 numbers, since network.trained does not name 'output'."],
  ['weights both trained and fixed', network({ fixed: { output } }), "network.fixed.output is [[1,-1]]; expected nothing, since network.trained names 'output'."],
  ['fixed weights of another shape', network({ trained: ['output'], fixed: { hidden: [[1, 2]] } }), 'network.fixed.hidden.length is 1; expected 2 rows of 2 numbers.'],
  ['a layer that is none', network({ trained: ['first'] }), "network.trained[0] is \"first\"; expected 'hidden' or 'output'."],
  ['a deep network with one layer fixed', { network: { ...deep, trained: ['layer 1'] } }, 'network.trained is ["layer 1"]; expected nothing, since all of this network is trained.'],
  ['a deep network with two scores for two classes', { network: { ...deep, widths: [2, 3, 2] } }, 'network.widths[2] is 2; expected 1, the score of two classes.'],
]; // prettier-ignore

function threeClasses() {
  return { classes: 3, network: { kind: 'deep', widths: [2, 3, 3], activation: 'relu' } };
}

describe('a problem file', () => {
  for (const [title, changes, expected] of faults) {
    it(`with ${title} is told in one sentence`, () => {
      expect(sentence(changes)).to.equal(`p.json: ${expected}`);
    });
  }

  it('names a number too large for a double', () => {
    const text = JSON.stringify(good).replace('0.25', '1e999');
    expect(() => parseProblem(text, 'p.json')).to.throw(
      'p.json: inputs[1][1] is Infinity; expected a finite number.',
    );
  });

  it('that is not JSON is told with line and column', () => {
    expect(() => parseProblem('{\n  "loss": ,\n}', 'p.json')).to.throw(
      "p.json: not valid JSON at line 2, column 11: found ','.",
    );
  });

  it('that is a list is told', () => {
    expect(() => parseProblem('[1]', 'p.json')).to.throw(
      'p.json: the file is [1]; expected an object with network, loss, inputs, labels, theta0 and targets.',
    );
  });

  it('that is not there is told by its path', () => {
    expect(() => readProblem('/nowhere/p.json')).to.throw('/nowhere/p.json: no such file.');
  });
});

const accepted: [string, object, number][] = [
  ['the place of a schema', { $schema: 'docs/schemas/flow-problem.schema.json' }, 2],
  ['as many inputs as the data have', { network: { ...good.network, inputs: undefined } }, 2],
  ['two layers', {}, 2],
  ['the hidden layer alone', { ...network({ trained: ['hidden'], fixed: { output } }), theta0: [1, 0, -1, 0] }, 1],
  ['the output layer alone', { ...network({ trained: ['output'], fixed: { hidden: [[1, 0], [-1, 0]] } }), theta0: [1, -1] }, 1],
  ['squared ReLU', network({ activation: 'squared-relu' }), 3],
  ['a deep network', { network: deep, theta0: Array(9).fill(0.5) }, 2],
  ['three classes', { ...threeClasses(), labels: [0, 1, 2, 0], theta0: Array(15).fill(0.5) }, 2],
  ['a linear model', { network: { kind: 'linear', inputs: 2 }, theta0: [1, 1] }, 1],
]; // prettier-ignore

describe('a problem file whose lists go too deep', () => {
  it('is told in one sentence', () => {
    const deepText = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const folder = mkdtempSync(join(tmpdir(), 'afterfit-deep-'));
    for (const text of [deepText, `{"network":${deepText}}`]) {
      const path = join(folder, 'p.json');
      writeFileSync(path, text);
      expect(() => readProblem(path)).to.throw(
        /^p\.json: its lists within lists go too deep to be read\.$/,
      );
    }
    rmSync(folder, { recursive: true });
  });
});

describe('a good problem file', () => {
  for (const name of ['flow-relu', 'flow-squared-relu']) {
    it(`is the reference ${name}`, () => {
      const path = join(projectRoot(), 'datasets', 'reference', `${name}.json`);
      expect(problemOf(readProblem(path).file, name).theta0).to.have.length(64);
    });
  }

  for (const [title, changes, degree] of accepted) {
    it(`with ${title} has degree ${degree}`, () => {
      const file = parse(changes);
      if (typeof file === 'string') throw new Error(file);
      expect(problemOf(file, 'p.json').degree).to.equal(degree);
    });
  }
});
