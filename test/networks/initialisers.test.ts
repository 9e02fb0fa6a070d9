import { expect } from 'chai';
import {
  activation,
  dense,
  initialise,
  initialiserNames,
  relu,
  serial,
  twoLayer,
  type InitialiserName,
} from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';

const network = twoLayer(50, 200, relu, { bias: true, outputs: 20 });
const [hidden, hiddenBias, output, outputBias] = network.blocks;

function blockOf(theta: Float64Array, { offset, rows, columns }: typeof hidden): Float64Array {
  return theta.subarray(offset, offset + rows * columns);
}

const meanOf = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
const varianceOf = (values: Float64Array) => meanOf(values.map((value) => value * value));

describe('initialise', () => {
  const variances: Record<InitialiserName, (inputs: number, outputs: number) => number> = {
    he: (inputs) => 2 / inputs,
    lecun: (inputs) => 1 / inputs,
    xavier: (inputs, outputs) => 2 / (inputs + outputs),
    uniform: (inputs) => 1 / (3 * inputs),
    normal: () => 1,
  };
  for (const name of initialiserNames) {
    it(`draws '${name}' with mean 0 and the right variance in each layer`, () => {
      const theta = initialise(network, name, randomStream(1));
      for (const block of [hidden, output]) {
        const values = blockOf(theta, block);
        const expected = variances[name](block.columns, block.rows);
        // The relative standard error of a variance is √(2/n): 1.4 % and 2.2 % here.
        expect(varianceOf(values) / expected).to.be.within(0.93, 1.07);
        expect(Math.abs(meanOf(values))).to.be.below(4 * Math.sqrt(expected / values.length));
      }
    });
  }

  it("keeps 'uniform' within ±1/√inputs", () => {
    const theta = initialise(network, 'uniform', randomStream(1));
    const largest = blockOf(theta, hidden).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    expect(largest * Math.sqrt(50)).to.be.within(0.99, 1);
  });

  it('leaves biases at zero', () => {
    const theta = initialise(network, 'he', randomStream(1));
    for (const block of [hiddenBias, outputBias]) {
      expect(blockOf(theta, block).every((value) => value === 0)).to.be.true;
    }
  });

  it('gives the same numbers for the same seed, and others for another', () => {
    const first = initialise(network, 'he', randomStream(1));
    expect(initialise(network, 'he', randomStream(1))).to.deep.equal(first);
    expect(initialise(network, 'he', randomStream(2))).not.to.deep.equal(first);
  });

  it('draws each block by its name alone, whatever comes before it', () => {
    const wider = serial('another', [
      dense(7, 50, { name: 'extra' }),
      ...twoLayer(50, 200, relu, { outputs: 20 }).layers,
    ]);
    const theta = initialise(network, 'he', randomStream(1));
    const other = initialise(wider, 'he', randomStream(1));
    const place = wider.blocks.find(({ name }) => name === 'output')!;
    expect(blockOf(other, place)).to.deep.equal(blockOf(theta, output));
  });

  it('draws blocks that share a name independently', () => {
    const twins = serial('twins', [dense(4, 4), activation(4, relu), dense(4, 4)]);
    const theta = initialise(twins, 'normal', randomStream(1));
    const first = theta.subarray(0, 16);
    const second = theta.subarray(16);
    for (let i = 0; i < 16; i++) expect(second[i]).not.to.equal(first[i]);
  });

  it('multiplies every weight by the scale', () => {
    const theta = initialise(network, 'xavier', randomStream(1));
    const small = initialise(network, 'xavier', randomStream(1), 0.25);
    expect(small).to.deep.equal(theta.map((value) => 0.25 * value));
  });

  it('refuses a name that it does not know', () => {
    expect(() => initialise(network, 'zeros' as InitialiserName, randomStream(1))).to.throw(
      "There is no initialiser 'zeros'; choose one of he, lecun, xavier, uniform, normal.",
    );
  });
});
