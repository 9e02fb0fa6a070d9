import { expect } from 'chai';
import {
  buildDataset,
  buildTraining,
  canonicalTraining,
  nodeReaders,
  type DataReaders,
  type ImageNetworkSpec,
  type TrainingSpec,
} from '../../src/index.js';
import { imageEngine, smallAlexNetForm, smallDenseNetForm } from '../../src/networks/index.js';
import type { PresetName } from '../../src/specs/preset-names.js';
import { memoryStore, train } from '../../src/training/index.js';

const tiny: TrainingSpec = { network: 'resnet-small', data: 'fashion-mnist-tiny', perClass: 1 };

describe('a training that is built', () => {
  it('has the network on the images, and phases of its own', async () => {
    const { phases, ...rest } = buildTraining({ ...tiny, untilAlpha: 3 }, nodeReaders());
    expect(rest.network).to.include({ inputs: 784, outputs: 10 });
    expect(phases.map(({ kind }) => kind)).to.deep.equal(['sgd', 'descent']);
    const step = { kind: 'descent', rule: { kind: 'constant', step: 1e-4 } } as const;
    const result = await train(
      { ...rest, engineFor: (examples) => imageEngine(rest.network, examples) },
      [{ ...step, untilAlpha: 10, maxSteps: 1 }],
      { store: memoryStore() },
    );
    expect(result.rows.length).to.be.above(0);
  });

  it('takes a preset as many times as wide as it says', () => {
    const networkOf = (network: TrainingSpec['network']) =>
      buildTraining({ ...tiny, network }, nodeReaders()).network.nodes;
    const wide = { firstStride: 2, widths: [16, 32, 64], blocks: 1 };
    const convolutions = smallAlexNetForm.convolutions.map((each) => ({
      ...each,
      filters: 2 * each.filters,
    }));
    const hidden = smallAlexNetForm.hidden.map((units) => 2 * units);
    const pairs: [PresetName, ImageNetworkSpec][] = [
      ['resnet-small', { kind: 'resnet', ...wide }],
      ['densenet-small', { kind: 'densenet', growth: 2 * smallDenseNetForm.growth }],
      ['h-alexnet-small', { kind: 'h-alexnet', convolutions, hidden }],
    ];
    for (const [preset, written] of pairs) {
      expect(networkOf({ preset, width: 2 }), preset).to.deep.equal(networkOf(written));
      expect(networkOf({ preset, width: 1 }), preset).to.deep.equal(networkOf(preset));
    }
  });

  it('takes the first set of images that there is, and says which it looked for', () => {
    const readers = nodeReaders();
    const without: DataReaders = {
      ...readers,
      hasImages: (name) => name === 'fashion-mnist-tiny',
    };
    const found = { kind: 'first-found', perClass: 2, standardise: 'channel' } as const;
    const sets = ['cifar-10', 'fashion-mnist-tiny'] as const;
    const { train: first } = buildDataset({ ...found, sets }, without);
    const { train: named } = buildDataset({ ...found, kind: 'fashion-mnist-tiny' }, readers);
    expect(first).to.deep.equal(named);
    expect(() => buildDataset(found, without)).to.throw(
      'data.sets: none of cifar-10, fashion-mnist is found; expected one on this machine.',
    );
  });

  it('is refused in one sentence', () => {
    expect(() => buildTraining({ ...tiny, phases: [], untilAlpha: 3 }, nodeReaders())).to.throw(
      'the training: phases is []; expected at least one phase.',
    );
  });
});

describe('the canonical text of a training', () => {
  const data = { kind: 'fashion-mnist-tiny', perClass: 1, standardise: 'channel' } as const;
  const same: [string, TrainingSpec][] = [
    ['its defaults said', { ...tiny, loss: 'logistic', engine: 'float64', seed: 1, untilAlpha: 100 }],
    ['the preset in an object', { ...tiny, network: { preset: 'resnet-small', bias: true } }],
    ['the network that the preset names', { ...tiny, network: { kind: 'resnet', widths: [8, 16, 32], blocks: 1 } }],
    ['the data in an object', { network: 'resnet-small', data }],
  ]; // prettier-ignore
  for (const [title, spec] of same) {
    it(`is one with ${title}`, () => {
      expect(canonicalTraining(spec)).to.equal(canonicalTraining(tiny));
    });
  }

  it('is another one for another meaning', () => {
    const specs: TrainingSpec[] = [
      tiny,
      { ...tiny, perClass: 2 },
      { ...tiny, seed: 2 },
      { ...tiny, untilAlpha: 10 },
      { ...tiny, network: { preset: 'resnet-small', batchNorm: false } },
    ];
    expect(new Set(specs.map(canonicalTraining)).size).to.equal(specs.length);
  });
});
