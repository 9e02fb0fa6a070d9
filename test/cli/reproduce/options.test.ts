import { expect } from 'chai';
import { reproduceOptions } from '../../../src/cli/reproduce/options.js';

const known = ['one', 'two', 'three'];

describe('the arguments of reproduce', () => {
  it('ask for everything at the smallest scale when there are none', () => {
    expect(reproduceOptions([], known)).to.deep.include({
      claims: known,
      all: true,
      scale: 'smoke',
      seed: 1,
      out: 'out',
      notebooks: true,
      kernel: 'tslab',
      fresh: false,
    });
  });

  it('choose claims, scale, seed and folder', () => {
    const args = ['three', 'one', '--scale', 'full', '--seed=0', '--out', 'x', '--no-notebooks'];
    expect(reproduceOptions(args, known)).to.deep.include({
      claims: ['one', 'three'],
      all: false,
      scale: 'full',
      seed: 0,
      out: 'x',
      notebooks: false,
    });
  });

  it('choose the kernel of the notebooks', () => {
    expect(reproduceOptions(['--kernel', 'tslab-stock'], known).kernel).to.equal('tslab-stock');
  });

  const refused: [string[], string][] = [
    [['four'], "There is no claim 'four'; the claims are one, two, three."],
    [['--scale', 'huge'], "--scale is 'huge'; expected one of smoke, standard, full."],
    [['--seed', '-1'], "--seed is '-1'; expected a whole number of at least 0."],
    [['--seed', 'one'], "--seed is 'one'; expected a whole number of at least 0."],
    [['--kernel', 'python3'], "--kernel is 'python3'; expected one of tslab, tslab-stock."],
    [['--out', ''], "--out is ''; expected a folder."],
  ];
  for (const [args, sentence] of refused) {
    it(`are refused in a sentence: ${args.join(' ')}`, () => {
      expect(() => reproduceOptions(args, known)).to.throw(sentence);
    });
  }

  it('are refused when an option is unknown', () => {
    expect(() => reproduceOptions(['--quick'], known)).to.throw(
      /^Unknown option '--quick'; the options are --scale, --seed, /,
    );
  });
});
