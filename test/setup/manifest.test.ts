import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { commands } from '../../src/cli/commands.js';

const read = (file: string) => readFileSync(file, 'utf8');

interface Manifest {
  scripts: Record<string, string>;
  exports: Record<string, unknown>;
  typesVersions: Record<string, Record<string, string[]>>;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const npmPins = Object.entries({
  ...manifest.dependencies,
  ...manifest.optionalDependencies,
  ...manifest.devDependencies,
});
const pinsIn = (file: string) =>
  read(file)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('==') as [string, string]);
/** What is asked for, and the closure of it: of the project, and of its comparisons. */
const pipLists = [
  { asked: 'src/setup/requirements.in', locked: 'src/setup/requirements.txt' },
  { asked: 'bench/requirements.in', locked: 'bench/requirements.txt' },
  { asked: 'src/setup/sweep/requirements.in', locked: 'src/setup/sweep/requirements.txt' },
  { asked: 'src/setup/course/requirements.in', locked: 'src/setup/course/requirements.txt' },
];
/** The wheel that TensorFlow's library is taken from. */
const tensorflow = /^([\w-]+)==(\S+) \\\n +--hash=sha256:\w{64}$/m.exec(
  read('src/setup/tensorflow.txt'),
);
const pipPins: [string, string][] = [
  ...pipLists.flatMap(({ asked }) => pinsIn(asked)),
  ...pinsIn('bench/requirements-torch.txt'),
  [tensorflow?.[1] ?? '', tensorflow?.[2] ?? ''],
];

describe('package.json', () => {
  it('has a script for every command, and no other', () => {
    const own = ['setup', 'lab', 'test', 'coverage', 'build', 'docs', 'lint', 'format'];
    expect(Object.keys(manifest.scripts)).to.have.members([...own, ...commands.keys()]);
    for (const [name, script] of Object.entries(manifest.scripts)) {
      expect(script).to.equal(`node src/setup/run.mjs ${name}`);
    }
  });

  it('pins every dependency exactly', () => {
    for (const [name, pin] of npmPins) expect(pin, name).to.match(/^\d+\.\d+\.\d+$/);
  });

  it('gives stock tslab the types of every folder it exports', () => {
    const folders = Object.keys(manifest.exports)
      .filter((path) => path !== '.' && path !== './package.json')
      .map((path) => path.slice(2));
    expect(Object.keys(manifest.typesVersions['*'])).to.deep.equal(folders);
  });
});

describe('the lock files', () => {
  it('hold no address of a registry', () => {
    expect(read('package-lock.json')).not.to.match(/"resolved": "https?:/);
    for (const { locked } of pipLists) {
      const options = read(locked)
        .split('\n')
        .filter((line) => /^\s*-/.test(line) && !/^\s*--hash=/.test(line));
      expect(options).to.deep.equal([]);
      expect(read(locked)).not.to.match(/https?:\/\//);
    }
  });

  it('hold a hash for every package that is installed', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { integrity?: string; link?: boolean }>;
    };
    const bare = Object.entries(packages)
      .filter(([path, entry]) => path.includes('node_modules/') && !entry.link && !entry.integrity)
      .map(([path]) => path);
    expect(bare).to.deep.equal([]);
    for (const { locked } of pipLists) {
      const pinned = read(locked).match(/^[\w.-]+==.*$/gm) ?? [];
      for (const line of pinned) expect(line).to.match(/\\$/);
    }
  });

  it('hold the pins of requirements.in', () => {
    for (const { asked, locked } of pipLists) {
      const text = `\n${read(locked)}`;
      for (const [name, pin] of pinsIn(asked)) expect(text).to.include(`\n${name}==${pin} \\`);
    }
  });
});

describe('environment.md', () => {
  const rows = read('environment.md')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 5 && cells[3] !== '');

  for (const [name, pin] of [...npmPins, ...pipPins]) {
    it(`names ${name} with its pin and a reason`, () => {
      const row = rows.find((cells) => cells[1] === `\`${name}\``);
      expect(row?.[2]).to.equal(pin);
    });
  }
});

describe('the repository', () => {
  it('has what a newcomer looks for', () => {
    for (const file of ['LICENSE', 'environment.md', 'package-lock.json', '.ci/run']) {
      expect(existsSync(file), file).to.equal(true);
    }
  });
});
