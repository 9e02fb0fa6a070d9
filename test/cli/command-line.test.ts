import { expect } from 'chai';
import { parseCommandLine, wholeNumber } from '../../src/cli/command-line.js';
import { fromUsersFolder } from '../../src/cli/files.js';

const options = { seed: { type: 'string' }, fresh: { type: 'boolean' } } as const;

describe('the command line', () => {
  it('names the options there are when it meets another', () => {
    expect(() => parseCommandLine(['--foo'], options)).to.throw(
      "Unknown option '--foo'; the options are --seed, --fresh.",
    );
  });

  it('says when a value is missing', () => {
    expect(() => parseCommandLine(['--seed'], options)).to.throw(/--seed.*argument missing;/);
  });

  it('takes a negative number for a value, not for an option', () => {
    const { values, positionals } = parseCommandLine(['a', '--seed', '-3', '--fresh'], options);
    expect({ ...values }).to.deep.equal({ seed: '-3', fresh: true });
    expect(positionals).to.deep.equal(['a']);
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
    expect(fromUsersFolder('a.json', environment)).to.equal('/home/user/a.json');
    expect(fromUsersFolder('/tmp/a.json', environment)).to.equal('/tmp/a.json');
  });

  it('starts from the current folder where npm runs something else, or nothing', () => {
    const environment = { npm_lifecycle_event: 'test', INIT_CWD: '/home/user' };
    expect(fromUsersFolder('a.json', environment)).to.equal(`${process.cwd()}/a.json`);
    expect(fromUsersFolder('a.json', {})).to.equal(`${process.cwd()}/a.json`);
  });
});
