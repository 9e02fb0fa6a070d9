import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeasureRecord } from '../../../src/cli/measure/record.js';
import { npzOf, readNpz, type NumericArray } from '../../../src/datasets/index.js';
import { projectRoot } from '../../helpers/project-root.js';
import { fixture } from './fixtures.js';

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-measure-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly record: MeasureRecord | undefined;
}

function measure(...args: string[]): Run {
  const out = join(folder, 'results', 'result.json');
  if (existsSync(out)) rmSync(out);
  const program = join(projectRoot(), 'dist', 'cli', 'main.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'measure', ...args, '--out', out],
    {
      encoding: 'utf8',
    },
  );
  const record = existsSync(out)
    ? (JSON.parse(readFileSync(out, 'utf8')) as MeasureRecord)
    : undefined;
  return { status, stdout, stderr, record };
}

const weights = fixture('small-resnet.npz');
const network = fixture('small-resnet.json');
const byTorch = readNpz(fixture('small-resnet-expected.npz'));
const scores = byTorch.get('outputs')!.values;

/** The inputs of the fixture with other labels, changed pixels and test data, as a file. */
function data(labels: readonly number[], change = (pixel: number) => pixel): string {
  const path = join(folder, 'data.npz');
  const inputs = byTorch.get('inputs')!;
  const labelled: NumericArray = {
    shape: [labels.length],
    values: Float64Array.from(labels),
    type: 'int64',
  };
  writeFileSync(
    path,
    npzOf([
      ['inputs', { ...inputs, type: 'float64', values: inputs.values.map(change) }],
      ['labels', labelled],
      ['test_inputs', { ...inputs, values: inputs.values.map(change) }],
      ['test_labels', byTorch.get('labels')!],
    ]),
  );
  return path;
}

const rows = [0, 1, 2, 3, 4, 5].map((i) => [...scores.subarray(3 * i, 3 * i + 3)]);
const predicted = rows.map((row) => row.indexOf(Math.max(...row)));
const marginsOf = (labels: readonly number[]) =>
  rows.map((row, i) => row[labels[i]] - Math.max(...row.filter((_, k) => k !== labels[i])));

describe('the measure command', function () {
  this.timeout(30_000);

  it("agrees with PyTorch's scores and risk, and measures what is left", () => {
    const { status, record, stdout } = measure(
      weights,
      '--network',
      network,
      '--data',
      data(predicted),
    );
    expect(status).to.equal(0);
    const { margins, kkt, testError, trainingError, layers, mapping } = record!;
    const expected = marginsOf(predicted).sort((a, b) => a - b);
    const [none, ...divided] = margins;
    expect(none.training[0]).to.be.closeTo(expected[0], 1e-6);
    expect(none.training[8]).to.be.closeTo(expected[5], 1e-6);
    expect(divided.map(({ normaliser }) => normaliser)).to.deep.equal([
      'frobenius',
      'spectral',
      'median',
    ]);
    for (const { logValue, training, test } of divided) {
      training.forEach((value, k) => {
        expect(value).to.be.closeTo(none.training[k] * Math.exp(-logValue), 1e-12);
        expect(test![k]).to.be.closeTo(none.test![k] * Math.exp(-logValue), 1e-12);
      });
    }
    expect(trainingError).to.equal(0);
    expect(testError).to.be.closeTo(1 / 6, 1e-12);
    expect(kkt.residual!.stationarity).to.be.within(0, 1);
    expect(kkt.residual!.active).to.equal(12);
    expect(kkt.message).to.equal('');
    expect(layers.filter(({ spectralShare }) => spectralShare !== null)).to.have.length(6);
    expect(mapping[0]).to.deep.equal(['conv.weight', 'convolution 1']);
    for (const word of ['small ResNet', 'errors', 'KKT', 'margins', 'Written to']) {
      expect(stdout).to.contain(word);
    }
  });

  it('takes the loss of PyTorch, over all examples, and says where there is no KKT residual', () => {
    const wrong = [...byTorch.get('labels')!.values];
    const { record } = measure(weights, '--network', network, '--data', data(wrong));
    const risk = byTorch.get('risk')!.values[0];
    expect(Math.exp(record!.logRisk)).to.be.closeTo(risk, 1e-6);
    expect(record!.kkt.residual).to.equal(null);
    expect(record!.kkt.message).to.contain('needs every training example to be classified');
  });

  it('puts pixels in the units that the network was trained in, and says so', () => {
    const shifted = data(predicted, (pixel) => 0.5 + 0.25 * pixel);
    const { record } = measure(weights, '--network', network, '--data', shifted, '--mean', '0.5', '--std', '0.25,0.25'); // prettier-ignore
    expect(record!.margins[0].training[0]).to.be.closeTo(Math.min(...marginsOf(predicted)), 1e-6);
    expect(record!.data.train.source).to.contain('minus 0.5, 0.5, divided by 0.25, 0.25');
  });

  it('takes the first examples only, and few pairs, where it is told to', () => {
    const { record } = measure(weights, '--network', network, '--data', data(predicted), '--examples', '4', '--kkt-pairs', '3'); // prettier-ignore
    expect(record!.data.train.examples).to.equal(4);
    expect(record!.data.test!.examples).to.equal(6);
    expect(record!.kkt.residual!.active).to.equal(3);
    expect(record!.kkt.message).to.equal(
      'An upper bound: 5 of 8 pairs with a dual variable above 0.000001 of the largest did not enter.',
    );
  });

  it('lets a map leave arrays out', () => {
    const more = join(folder, 'more.npz');
    const names = join(folder, 'names.json');
    const extra: NumericArray = { shape: [2], values: Float64Array.of(1, 2), type: 'float32' };
    writeFileSync(more, npzOf([['extra', extra], ...readNpz(weights)]));
    const on = ['--network', network, '--data', data(predicted)];
    expect(measure(more, ...on).stderr).to.contain('more.npz: extra is 2; expected convolution 1');
    writeFileSync(names, '{"extra": null}');
    expect(measure(more, ...on, '--map', names).status).to.equal(0);
    writeFileSync(names, '{"extra": 3}');
    expect(measure(more, ...on, '--map', names).stderr).to.equal(
      'names.json: extra is 3; expected the name of a place in the network, or null.\n',
    );
  });

  it('shows its options and exit statuses', () => {
    const { status, stdout } = measure('--help');
    expect(status).to.equal(0);
    for (const part of ['--network', '--map', '--mean', 'h-alexnet-small', 'cifar-10', 'Exit']) {
      expect(stdout).to.contain(part);
    }
  });

  const on = ['--network', network, '--data', 'fashion-mnist-tiny'];
  const mistakes: [string, string[], string][] = [
    ['an unknown network', [weights, '--network', 'x', '--data', 'y'], "--network is 'x'"],
    ['unknown data', [weights, '--network', network, '--data', 'y'], "--data is 'y'"],
    ['weights that are not there', ['none.npz', ...on], 'none.npz: no such file.'],
    ['data of another shape', [weights, ...on], "images of 1×28×28 in 10 classes; 'small ResNet' takes 2×8×8 and has 3 scores."], // prettier-ignore
    ['data without labels', [weights, '--network', network, '--data', weights], 'expected an array inputs (or x_train, X_train, train_images, images, X, x), found conv.weight'], // prettier-ignore
    ['means of other channels', [weights, ...on, '--mean', '1,2,3'], '--mean has 3 numbers; expected 1 or 2'], // prettier-ignore
  ];
  for (const [title, args, message] of mistakes) {
    it(`refuses ${title} in one sentence, and writes nothing`, () => {
      const { status, stderr, record } = measure(...args);
      expect(status).to.equal(2);
      expect(stderr).to.contain(message);
      expect(stderr.trim().split('\n')).to.have.length(1);
      expect(record).to.equal(undefined);
    });
  }
});
