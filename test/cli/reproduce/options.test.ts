import { expect } from 'chai';
import { parseCommandLine } from '../../../src/cli/command-line.js';
import {
  reproduceArguments,
  reproduceOptions,
  type ReproduceOptions,
} from '../../../src/cli/reproduce/options.js';

const known = ['one', 'two', 'three'];

function read(args: readonly string[]): ReproduceOptions {
  const { values, operands } = parseCommandLine(args, reproduceArguments)!;
  return reproduceOptions(values, operands, known);
}

describe('the arguments of reproduce', () => {
  it('ask for everything at the smallest scale when there are none', () => {
    expect(read([])).to.deep.include({
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
    expect(read(args)).to.deep.include({
      claims: ['one', 'three'],
      all: false,
      scale: 'full',
      seed: 0,
      out: 'x',
      notebooks: false,
    });
  });

  it('choose the kernel of the notebooks', () => {
    expect(read(['--kernel', 'tslab-stock']).kernel).to.equal('tslab-stock');
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
      expect(() => read(args)).to.throw(sentence);
    });
  }

  it('are refused when an option is unknown', () => {
    expect(() => read(['--quick'])).to.throw(
      /^Unknown option '--quick'; the options are --scale, --seed, /,
    );
  });
});
