import { expect } from 'chai';
import { arraysIn, npzOf } from '../../src/datasets/npz.js';
import { xorBlobs, circles } from '../../src/datasets/planar.js';
import { separableGaussian } from '../../src/datasets/separable-gaussian.js';
import { initialise, twoLayer, relu } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import {
  buildDataset,
  buildNetwork,
  buildProblem,
  buildStart,
  noFiles,
  planarSpec,
  type DataReaders,
  type DatasetSpec,
  type NetworkSpec,
} from '../../src/specs/index.js';

const inline: DatasetSpec = {
  kind: 'inline',
  inputs: [[1, 0.5], [-1, 0.25], [0.5, 1]],
  labels: [1, -1, 1],
}; // prettier-ignore

const double = (shape: number[], ...values: number[]) => ({
  shape,
  type: 'float64' as const,
  values: Float64Array.from(values),
});

/** Files that are there without a disk, as in a browser. */
const readers: DataReaders = {
  ...noFiles,
  text: () => 'a,b,y\n1,2,no\n3,5,yes\n2,2,no\n',
  arrays: () =>
    arraysIn(
      npzOf([
        ['inputs', double([3, 1, 1, 2], 0, 1, 2, 3, 4, 6)],
        ['labels', double([3], 0, 1, 2)],
        ['test_inputs', double([3, 1, 1, 2], 1, 1, 0, 0, 2, 2)],
        ['test_labels', double([3], 2, 1, 0)],
        ['theta0', double([2, 2], 1, 2, 3, 4)],
      ]),
      'memory',
    ),
};

describe('a data set that is built', () => {
  it('is what its generator gives for the seed', () => {
    const xor = { examplesPerBlob: 3, spread: 0.1 };
    expect(buildDataset({ kind: 'xor-blobs', ...xor, seed: 5 }).train).to.deep.equal(
      xorBlobs(xor, 5),
    );
    const rings = { examples: 6, spread: 0.05, constant: false };
    expect(buildDataset({ kind: 'circles', ...rings }).train).to.deep.equal(circles(rings, 1));
    const planted = { examples: 8, dimension: 3, margin: 0.5, gap: 0.1 };
    expect(buildDataset({ kind: 'separable-gaussian', ...planted, seed: 2 }).train).to.deep.equal(
      separableGaussian(planted, 2).dataset,
    );
  });

  it('holds the numbers of a description, test examples too', () => {
    const test = { inputs: [[3, 4]], labels: [-1] };
    const built = buildDataset({ ...inline, test });
    expect([...built.train.inputs]).to.deep.equal([1, 0.5, -1, 0.25, 0.5, 1]);
    expect([...built.test!.inputs, ...built.test!.labels]).to.deep.equal([3, 4, -1]);
  });

  it('is read from a table, with what its columns stood for', () => {
    const { train, provenance } = buildDataset({ kind: 'csv', file: 'x/t.csv' }, readers);
    expect([...train.inputs]).to.deep.equal([1, 2, 1, 3, 5, 1, 2, 2, 1]);
    expect(provenance).to.deep.equal({
      file: 't.csv',
      columns: ['a', 'b', 'constant 1'],
      label: 'y',
      labels: [
        { text: 'no', label: -1 },
        { text: 'yes', label: 1 },
      ],
    });
  });

  it('is read from an archive, test examples in the units of the others', () => {
    const spec: DatasetSpec = { kind: 'npz', file: 'a.npz', standardise: 'each' };
    const { train, test } = buildDataset(spec, readers);
    expect(train).to.include({ classes: 3, examples: 3, dimension: 2 });
    expect(train.inputs[0]).to.be.closeTo(-Math.sqrt(1.5), 1e-15);
    expect(test!.inputs[0]).to.be.closeTo(-Math.sqrt(3 / 8), 1e-15);
    const two = buildDataset({ ...spec, standardise: 'none', classes: [0, [1, 2]] }, readers);
    expect([...two.train.labels]).to.deep.equal([-1, 1, 1]);
  });

  const refused: [string, object, string][] = [
    ['a short row', { ...inline, inputs: [[1, 2], [1], [2, 2]] }, 'data.inputs[1].length is 1; expected 2 numbers, as many as the first row has.'],
    ['a label that is none', { ...inline, labels: [1, -1, 3] }, 'data.labels[2] is 3; expected +1 or -1.'],
    ['labels that are too few', { ...inline, labels: [1, -1] }, 'inline: expected 2 × 2 = 4 input values, found 6.'],
    ['no spread', { kind: 'xor-blobs', examplesPerBlob: 2 }, 'the data: spread is missing; expected a finite number.'],
    ['a file and no reader', { kind: 'csv', file: 'a.csv' }, 'The description needs the file a.csv, and nothing was given that reads files.'],
  ]; // prettier-ignore
  for (const [title, spec, expected] of refused) {
    it(`is refused with ${title}, in one sentence`, () => {
      expect(() => buildDataset(spec as DatasetSpec)).to.throw(expected);
    });
  }
});

describe('a network that is built', () => {
  const data = buildDataset(inline).train;

  it('takes its sizes from the data', () => {
    const network = buildNetwork({ kind: 'two-layer', width: 3, activation: 'relu' }, data);
    expect(network).to.include({ inputs: 2, outputs: 1, parameters: 9 });
    const image = { channels: 1, height: 8, width: 8 };
    const small: NetworkSpec = { kind: 'resnet', widths: [2, 4], blocks: 1, batchNorm: false };
    const onImages = buildNetwork(small, { dimension: 64, classes: 3, image });
    expect(onImages).to.include({ inputs: 64, outputs: 3 });
    expect(onImages.name).to.equal('ResNet-6 1×8×8, 2–4, without batch norm');
  });

  const refused: [string, NetworkSpec, string][] = [
    ['another number of inputs', { kind: 'linear', inputs: 3 }, 'network.inputs is 3; expected 2, as many numbers as an example has.'],
    ['another width at its end', { kind: 'deep', widths: [2, 3, 2], activation: 'relu' }, 'network.widths[2] is 2; expected 1, the score of two classes.'],
    ['a layer neither trained nor fixed', { kind: 'two-layer', width: 2, activation: 'relu', trained: ['hidden'] }, "network.fixed.output is missing; expected 1 row of 2 numbers, since network.trained does not name 'output'."],
    ['data that are no images', { kind: 'h-alexnet' }, 'network.image is missing; expected an object with channels, height and width, since the data have no shape of images.'],
    ['an activation that is none', { kind: 'two-layer', width: 2, activation: 'tanh' }, "the network: activation is \"tanh\"; expected 'relu', "],
  ]; // prettier-ignore
  for (const [title, spec, expected] of refused) {
    it(`is refused with ${title}, in one sentence`, () => {
      expect(() => buildNetwork(spec, data)).to.throw(expected);
    });
  }
});

describe('a start that is built', () => {
  const network = twoLayer(1, 2, relu);

  it('is drawn, given or read', () => {
    const stream = randomStream(4).split('initialisation');
    const drawn = initialise(network, 'xavier', stream, 0.5);
    expect(buildStart({ kind: 'xavier', scale: 0.5, seed: 4 }, network)).to.deep.equal(drawn);
    expect([...buildStart({ kind: 'theta', theta: [1, 2, 3, 4] }, network)]).to.deep.equal([
      1, 2, 3, 4,
    ]);
    expect([...buildStart({ kind: 'npz', file: 'a.npz' }, network, readers)]).to.deep.equal([
      1, 2, 3, 4,
    ]);
  });

  it('is refused in one sentence where it does not fit', () => {
    expect(() => buildStart({ kind: 'theta', theta: [1] }, network)).to.throw(
      'theta0 has 1 numbers; expected 4 (hidden 2×1, output 1×2).',
    );
    expect(() => buildStart({ kind: 'npz', file: 'a.npz', array: 'w' }, network, readers)).to.throw(
      'a.npz: expected an array w, found inputs, labels, ',
    );
  });
});

describe('a problem that is built', () => {
  it('may have a loss of its own and other inputs to predict at', () => {
    const probe = { kind: 'inputs', inputs: [[0, 0, 1]] } as const;
    const loss = { ...buildProblem(planarSpec('relu', 1)).objective.loss, name: 'mine' };
    const built = buildProblem({ ...planarSpec('relu', 1), probe }, { loss });
    expect(built.objective.loss.name).to.equal('mine');
    expect([...built.probe]).to.deep.equal([0, 0, 1]);
  });
});
