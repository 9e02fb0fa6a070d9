import { expect } from 'chai';
import { parseCommandLine } from '../../src/cli/command-line.js';
import { fromUsersFolder } from '../../src/cli/files.js';
import { flag, required, text, wholeNumber, withDefault } from '../../src/cli/option.js';

const options = { seed: text('K', 'draws'), fresh: flag('starts anew') };

describe('the command line', () => {
  it('names the options there are when it meets another', () => {
    expect(() => parseCommandLine(['--foo'], options)).to.throw(
      "Unknown option '--foo'; the options are --seed, --fresh, --help.",
    );
  });

  it('says when a value is missing', () => {
    expect(() => parseCommandLine(['--seed'], options)).to.throw(/--seed.*argument missing;/);
  });

  it('takes a negative number for a value, not for an option', () => {
    const line = parseCommandLine(['a', '--seed', '-3', '--fresh'], options);
    expect(line).to.deep.equal({ values: { seed: '-3', fresh: true }, operands: ['a'] });
  });

  it('has values for what is left out, and is nothing where help is asked for', () => {
    const seed = withDefault(options.seed, '1');
    const line = parseCommandLine([], { seed, fresh: options.fresh });
    expect(line).to.deep.equal({ values: { seed: '1', fresh: false }, operands: [] });
    expect(parseCommandLine(['--help', '--seed', '2'], options)).to.equal(undefined);
  });

  it('says what an option is for that may not be left out', () => {
    const needed = { seed: required(options.seed, 'draws the start') };
    for (const args of [[], ['--seed', '']]) {
      expect(() => parseCommandLine(args, needed, 'npm run x -- --seed K')).to.throw(
        '--seed draws the start: npm run x -- --seed K.',
      );
    }
  });

  it('takes whole numbers from their digits alone', () => {
    expect(wholeNumber('--seed', '42', 0)).to.equal(42);
    for (const text of ['', ' ', '1.5', '-1', '1e3', '0x10', '9007199254740993']) {
      expect(() => wholeNumber('--seed', text, 0), text).to.throw(
        `--seed is '${text}'; expected a whole number of at least 0.`,
      );
    }
  });
});

describe('a path on the command line', () => {
  it('starts from the folder in which npm was called', () => {
    const environment = { npm_lifecycle_event: 'flow', INIT_CWD: '/home/user' };
    expect(fromUsersFolder('a.json', environment, 'flow')).to.equal('/home/user/a.json');
    expect(fromUsersFolder('/tmp/a.json', environment, 'flow')).to.equal('/tmp/a.json');
  });

  it('starts from the current folder where npm runs something else, or nothing', () => {
    const environment = { npm_lifecycle_event: 'test', INIT_CWD: '/home/user' };
    expect(fromUsersFolder('a.json', environment, 'flow')).to.equal(`${process.cwd()}/a.json`);
    expect(fromUsersFolder('a.json', {}, 'flow')).to.equal(`${process.cwd()}/a.json`);
  });
});
