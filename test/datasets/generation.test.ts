import { expect } from 'chai';
import { randomStream } from '../../src/numerics/random.js';
import {
  requireCount,
  requireNonNegative,
  requirePositive,
  seedWords,
  toStream,
} from '../../src/datasets/generation.js';

describe('toStream', () => {
  it('makes a stream of a seed and passes a stream through', () => {
    const stream = randomStream(1);
    expect(toStream('test', stream)).to.equal(stream);
    expect(toStream('test', 1).uniform()).to.equal(randomStream(1).uniform());
  });

  it('refuses a seed that is not a whole number', () => {
    expect(() => toStream('circles', 0.5)).to.throw(
      'circles: expected the seed to be a whole number, found 0.5.',
    );
  });

  it('is described by its seed where there is one', () => {
    expect(seedWords(7)).to.equal(', seed 7');
    expect(seedWords(randomStream(7))).to.equal('');
  });
});

describe('the checks of options', () => {
  it('name the generator, the option and what was found', () => {
    expect(() => requireCount('xor', 'examples', 1.5)).to.throw(
      'xor: expected examples to be a whole number of at least 1, found 1.5.',
    );
    expect(() => requireNonNegative('xor', 'spread', -1)).to.throw(
      'xor: expected spread to be at least 0, found -1.',
    );
    expect(() => requirePositive('xor', 'margin', 0)).to.throw(
      'xor: expected margin to be greater than 0, found 0.',
    );
    expect(() => requirePositive('xor', 'margin', Infinity)).to.throw('found Infinity.');
    expect(() => requireNonNegative('xor', 'spread', NaN)).to.throw('found NaN.');
  });
});
