import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainCommand } from '../../../src/cli/train.js';
import { readConfig } from '../../../src/cli/train/config-file.js';
import { problemOf } from '../../../src/cli/train/problem.js';
import { phasesOf } from '../../../src/specs/build-training.js';

describe('the arguments of the train command', () => {
  it('become a folder, a configuration, and keys that go before it', () => {
    const args = ['my.json', '--out', 'run', '--seed', '7', '--until-alpha', '-2.5', '--data', 'x'];
    expect(trainCommand.read(args)).to.deep.equal({
      config: 'my.json',
      out: 'run',
      flags: { data: 'x', untilAlpha: -2.5, seed: 7 },
    });
    expect(trainCommand.read(['--help'])).to.equal(undefined);
  });

  const refused: [string[], string][] = [
    [
      [],
      '--out names the folder for the run: npm run train -- [CONFIG.json] --out FOLDER [options].',
    ],
    [['a', 'b', '--out', 'c'], 'Expected at most one configuration, got 2: '],
    [['--out', 'c', '--seed', '-1'], "--seed is '-1'; expected a whole number of at least 0."],
    [['--out', 'c', '--until-alpha', 'far'], "--until-alpha is 'far'; expected a finite number."],
  ];
  for (const [args, message] of refused) {
    it(`are refused in a sentence: ${message}`, () => {
      expect(() => trainCommand.read(args)).to.throw(message);
    });
  }
});

describe('the configuration of a training', () => {
  let folder: string;
  before(() => void (folder = mkdtempSync(join(tmpdir(), 'afterfit-train-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const read = (config: unknown, flags = {}) => {
    const path = join(folder, 'my.json');
    writeFileSync(path, JSON.stringify(config));
    return readConfig(path, flags);
  };
  const least = { network: 'resnet-small', data: 'cifar-10' };
  const sgd = {
    kind: 'sgd',
    batch: 10,
    epochs: 2,
    momentum: 0,
    learningRate: { kind: 'constant', rate: 1 },
  };

  it('has defaults, and lets flags go first', () => {
    const expected = { ...least, loss: 'logistic', engine: 'float64', seed: 1 };
    expect(read(least)).to.deep.equal(expected);
    expect(readConfig(undefined, least)).to.deep.equal(expected);
    expect(read(least, { seed: 5, data: 'fashion-mnist' })).to.deep.equal({
      ...expected,
      seed: 5,
      data: 'fashion-mnist',
    });
    expect(read({ ...least, phases: [sgd] }).phases).to.deep.equal([sgd]);
  });

  it('trains until the data are fitted, then until α, where it names no phases', () => {
    const [first, second] = phasesOf(read({ ...least, untilAlpha: 33 }), 20);
    expect(first).to.include({ kind: 'sgd', batch: 20, untilError: 0 });
    expect(second).to.include({ kind: 'descent', untilAlpha: 33 });
  });

  it('takes data and networks of a kind, and the place of a schema', async () => {
    const data = { kind: 'fashion-mnist-tiny', classes: [1, 9], perClass: 2 };
    const network = { kind: 'h-alexnet', hidden: [4] };
    const config = read({ $schema: 'x.json', data, network });
    expect(config.data).to.deep.equal({ ...data, standardise: 'none', span: false });
    const problem = await problemOf(config);
    expect(problem.network).to.include({ outputs: 1, inputs: 784 });
    expect(problem.train.examples).to.equal(4);
    expect(problem.test!.examples).to.equal(40);
  });

  const refused: [unknown, string][] = [
    [[], 'my.json: the file is []; expected an object with network, data, '],
    [{}, 'my.json: network is missing; expected h-alexnet, '],
    [
      { ...least, data: 'mnist' },
      "my.json: data is \"mnist\"; expected 'fashion-mnist-tiny', 'fashion-mnist' or 'cifar-10'.",
    ],
    [{ ...least, phase: [] }, 'my.json: phase is not a known key; expected one of network, data, '],
    [
      { ...least, network: { preset: 'resnet-20', batchNorm: 1 } },
      'my.json: network is {"preset":"resnet-20","batchNorm":1}; expected h-alexnet, ',
    ],
    [
      { ...least, phases: [{ ...sgd, kind: 'adam' }] },
      "my.json: phases[0].kind is \"adam\"; expected an object whose kind is 'sgd', 'descent' or 'implicit'.",
    ],
    [
      { ...least, phases: [{ ...sgd, momentum: 1 }] },
      'my.json: phases[0].momentum is 1; expected a number from 0 to below 1.',
    ],
    [
      { ...least, phases: [{ ...sgd, learningRate: { kind: 'constant', rate: 1, decay: 2 } }] },
      'my.json: phases[0].learningRate.decay is not a known key; expected one of kind, rate, warmUp.',
    ],
    [
      { ...least, phases: [sgd], untilAlpha: 5 },
      'my.json: untilAlpha is given beside phases; expected it within a phase.',
    ],
    [
      { ...least, data: { kind: 'cifar-10' }, perClass: 3 },
      'my.json: perClass is given beside data; expected it within data.',
    ],
    [
      { ...least, network: { kind: 'resnet', widths: [0] } },
      'my.json: network.widths[0] is 0; expected a whole number of at least 1.',
    ],
  ];
  for (const [config, message] of refused) {
    it(`is refused in a sentence: ${message}`, () => {
      expect(() => read(config)).to.throw(message);
    });
  }

  it('is refused in the command’s own words where there is no file', () => {
    expect(() => readConfig(undefined, { network: 'vgg' })).to.throw(
      'the command: network is "vgg"; expected h-alexnet, ',
    );
    expect(() => readConfig(join(folder, 'no.json'), {})).to.throw(/no\.json: no such file\.$/);
  });
});
