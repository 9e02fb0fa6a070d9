import { expect } from 'chai';
import {
  buildTraining,
  canonicalTraining,
  nodeReaders,
  type TrainingSpec,
} from '../../src/index.js';
import { imageEngine } from '../../src/networks/index.js';
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
