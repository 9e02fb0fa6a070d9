import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { flowProblem, planarProblem } from '../../src/experiments/index.js';
import { logisticLoss } from '../../src/losses/index.js';
import {
  buildProblem,
  imageSpec,
  planarSpec,
  type BuiltProblem,
  type KnownActivation,
} from '../../src/specs/index.js';
import { nodeReaders } from '../../src/specs/node/readers.js';

function digest(...arrays: readonly Float64Array[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The start, the training and the test examples; and the probe, which the planar problems share. */
function digestsOf({ theta0, data, test, probe }: BuiltProblem) {
  const sets = [data, ...(test ? [test] : [])];
  return [digest(theta0), ...sets.map((set) => digest(set.inputs, set.labels)), digest(probe)];
}

const GRID = 'fbe570f3a59155f8';

/** Bytes that these problems had before there were descriptions of them. */
const planar: [KnownActivation, number, string, string][] = [
  ['squared-relu', 1, '0b8f1cf537e486c6', '121f6dc9a287912a'],
  ['squared-relu', 2, '17e9b25ae94a6a9d', 'a0ec69dd4821085b'],
  ['squared-relu', 7, '86239c5fecd6cf33', '8b8ab993e9ce1b8a'],
  ['relu', 1, '0c4f0b30f54ea484', '29009c4565fd6a18'],
  ['relu', 2, 'a6067e09f4496172', 'f9c16b950a02b733'],
  ['relu', 7, 'a8f5c012ee96a592', '98f061a667668320'],
];

const SMOKE = ['740d373ef29a7c6d', 'd462c20c902ea1a6', '4335e66ae873bf81'];
const STANDARD = ['82aead603fbf460f', '0338f6fd0c88feb6', 'fb7736a65f84833c'];
const images: [number, number, number, string, string[]][] = [
  [10, 12, 1, '0e6d59ae4480fb4e', SMOKE],
  [10, 12, 3, 'c94bc64214333938', SMOKE],
  [30, 12, 1, 'a1d0b8d14f478e24', STANDARD],
  [30, 16, 3, '1ab122fe4336f0ab', STANDARD],
];

describe('the planar description', () => {
  for (const [activation, seed, theta0, data] of planar) {
    it(`gives the bytes that are known: ${activation}, seed ${seed}`, () => {
      const built = buildProblem(planarSpec(activation, seed));
      expect(digestsOf(built)).to.deep.equal([theta0, data, GRID]);
      expect(built.name).to.equal(`planar ${activation}`);
    });
  }

  it('is plain JSON', () => {
    const spec = planarSpec('relu', 3, 'logistic');
    expect(JSON.parse(JSON.stringify(spec))).to.deep.equal(spec);
  });

  it('of the plane have other units and points where one chooses so', () => {
    const same = planarSpec('relu', 3, 'exponential', {
      width: 16,
      examples: 20,
      dataset: 'teacher',
    });
    expect(same).to.deep.equal(planarSpec('relu', 3));
    const sizes = (['teacher', 'xor', 'circles'] as const).map((dataset) => {
      const { objective } = buildProblem(
        planarSpec('squared-relu', 3, 'exponential', { width: 5, examples: 24, dataset }),
      );
      return [objective.examples, objective.network.parameters];
    });
    expect(sizes).to.deep.equal([[24, 20], [24, 20], [24, 20]]); // prettier-ignore
    expect(() => planarSpec('relu', 3, 'exponential', { dataset: 'moons' })).to.throw(
      "The data set of the plane is 'moons'; expected one of teacher, xor, circles.",
    );
  });

  it('is what the experiments are made of', () => {
    const { activation: _a, seed: _s, objective, ...old } = planarProblem('relu', 2, 'logistic');
    const { objective: bound, ...built } = buildProblem(planarSpec('relu', 2, 'logistic'));
    expect(built).to.deep.equal(old);
    expect(bound.network.name).to.equal(objective.network.name);
    expect(bound.loss).to.equal(logisticLoss);
  });
});

describe('the description of images', () => {
  for (const [perClass, width, seed, theta0, [train, test, probe]] of images) {
    it(`gives the bytes that are known: ${perClass} of a class, width ${width}, seed ${seed}`, () => {
      for (const activation of ['relu', 'squared-relu'] as const) {
        const spec = imageSpec(activation, { perClass, width }, seed);
        const built = buildProblem(spec, { readers: nodeReaders() });
        expect(digestsOf(built)).to.deep.equal([theta0, train, test, probe]);
      }
    });
  }

  it('is what the experiments are made of', () => {
    const spec = imageSpec('relu', { perClass: 10, width: 12 }, 1);
    const { activation: _a, seed: _s, objective, ...old } = flowProblem(spec);
    const { objective: bound, ...built } = buildProblem(spec, { readers: nodeReaders() });
    expect(built).to.deep.equal(old);
    expect(bound.network.name).to.equal(objective.network.name);
  });

  it('is refused in one sentence where nothing reads files', () => {
    expect(() => buildProblem(imageSpec('relu', { perClass: 10, width: 12 }, 1))).to.throw(
      'The description needs the images of fashion-mnist-tiny, and nothing was given that reads files.',
    );
  });
});
