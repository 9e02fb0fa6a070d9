import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import {
  benchArguments,
  benchOptions,
  type BenchArguments,
} from '../../../src/cli/bench/arguments.js';
import { entries } from '../../../src/cli/bench/entries.js';
import { parseCommandLine } from '../../../src/cli/command-line.js';
import { projectRoot } from '../../helpers/project-root.js';

const known = ['gradients', 'late', 'scale'];

function read(args: readonly string[]): BenchArguments {
  const { values, operands } = parseCommandLine(args, benchOptions)!;
  return benchArguments(values, operands, known);
}

describe('the arguments of the comparisons', () => {
  it('name entries, which run in their own order', () => {
    expect(read(['scale', 'gradients']).names).to.deep.equal(['gradients', 'scale']);
    const all = read([]);
    expect(all).to.deep.include({ names: known, repeats: 7, list: false });
    expect(all.out).to.equal(undefined);
  });

  it('set the rounds and the file', () => {
    const args = read(['--repeats', '3', '--out', 'x.json']);
    expect(args).to.include({ repeats: 3, out: 'x.json' });
  });

  for (const [args, sentence] of [
    [['lat'], "There is no comparison 'lat'; they are gradients, late, scale."],
    [['--repeats', '0'], "--repeats is '0'; expected a whole number of at least 1."],
    [['--out', ''], "--out is ''; expected a file."],
    [['--rounds'], "Unknown option '--rounds'; the options are --repeats, --out, --list, --help."],
  ] as const) {
    it(`refuse ${args.join(' ')}`, () => {
      expect(() => read(args)).to.throw(sentence);
    });
  }
});

describe('the bench command', function () {
  this.timeout(20_000);
  const bench = (...args: string[]) => {
    const program = join(projectRoot(), 'dist', 'cli', 'main.js');
    return spawnSync(process.execPath, [program, 'bench', ...args], { encoding: 'utf8' });
  };

  it('lists its entries', () => {
    const { status, stdout } = bench('--list');
    expect(status).to.equal(0);
    expect(stdout.trim().split('\n')).to.have.length(entries.length);
    for (const { name } of entries) expect(stdout).to.match(new RegExp(`^${name}: .`, 'm'));
  });

  it('lists their names where it is asked for another one', () => {
    const { status, stderr } = bench('gradient');
    expect(status).to.equal(2);
    const names = entries.map(({ name }) => name).join(', ');
    expect(stderr).to.equal(`There is no comparison 'gradient'; they are ${names}.\n`);
  });

  it('refuses a folder as its file of results before it starts', () => {
    const { status, stderr } = bench('--out', projectRoot());
    expect(status).to.equal(2);
    expect(stderr).to.match(/^--out is the folder .*; expected a file\.\n$/);
  });
});
