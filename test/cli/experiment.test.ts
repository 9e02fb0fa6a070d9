import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordOrigin } from '../../src/experiments/index.js';
import { readRecord } from '../../src/records/node/index.js';
import { experimentIn } from '../../src/specs/experiment-format.js';
import { deadSpec, tinySpec } from '../experiments/tiny-problems.js';
import { projectRoot } from '../helpers/project-root.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';

const root = projectRoot();

function experiment(...args: string[]) {
  const program = join(root, 'dist', 'cli', 'main.js');
  return spawnSync(process.execPath, [program, 'experiment', ...args], { encoding: 'utf8' });
}

describe('the experiment command', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => (folder = temporaryFolder('experiment-')));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, content: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const tiny = { kind: 'flow', problem: tinySpec('relu'), decades: 2 };

  it('writes the record of an example, the same bytes each time', () => {
    const path = join(root, 'docs', 'experiments', 'descent.json');
    const bytes = ['a', 'b'].map((name) => {
      const { status, stdout } = experiment(path, '--out', join(folder, name));
      expect(stdout).to.contain(`The record is in ${join(folder, name)}`);
      expect(status).to.equal(0);
      return ['record.json', 'arrays.npz'].map((part) => readFileSync(join(folder, name, part)));
    });
    bytes[0].forEach((part, k) => expect(part.equals(bytes[1][k])).to.equal(true));
    const { origin, record } = readRecord(join(folder, 'a'));
    const spec = experimentIn(JSON.parse(readFileSync(path, 'utf8')), path);
    expect(origin.spec).to.deep.equal(recordOrigin(spec).spec);
    expect(record).to.include({ kind: 'descent', c: 0.05 });
  });

  it('says how a flow ended and whether its limit is certified, and replaces its record', () => {
    const place = join(folder, 'flow');
    for (let times = 0; times < 2; times++) {
      const { status, stdout } = experiment(file('flow.json', tiny), '--out', place);
      expect(stdout).to.match(/^The run reached .* Its limit is (?:not )?certified/);
      expect(status).to.equal(0);
    }
    expect(readRecord(place).record.kind).to.equal('flow');
  });

  it('ends with status 1 where the run does not reach its goal, and writes nothing', () => {
    const place = join(folder, 'dead');
    const dead = file('dead.json', { ...tiny, problem: deadSpec() });
    const { status, stdout, stderr } = experiment(dead, '--out', place);
    expect(status).to.equal(1);
    expect(stdout).to.equal('');
    expect(stderr.trim().split('\n').at(-1)).to.match(/\.$/);
    expect(existsSync(place)).to.equal(false);
  });

  it('does not take the place of anything but a record', () => {
    const place = join(folder, 'work');
    mkdirSync(place);
    writeFileSync(join(place, 'notes.txt'), '');
    const { status, stderr } = experiment(file('flow.json', tiny), '--out', place);
    expect(stderr).to.equal(
      `${place} holds 'notes.txt'; expected a new folder, an empty one, or that of a record.\n`,
    );
    expect(status).to.equal(2);
  });

  const wrong: [string, unknown, RegExp][] = [
    ['no JSON', '{"kind": ', /^wrong\.json: .*\.$/],
    ['no experiment', { kind: 'ascent' }, /^wrong\.json: kind is "ascent"; expected .*\.$/],
    ['too few decades', { ...tiny, decades: 0 }, /^wrong\.json: decades is 0; expected a whole/],
    ['another key', { ...tiny, seed: 1 }, /^wrong\.json: .*seed.*\.$/],
    ['another problem', { ...tiny, problem: 1 }, /^wrong\.json: problem is 1; expected .*\.$/],
  ];
  for (const [what, content, sentence] of wrong) {
    it(`ends with status 2 and one sentence for a file that holds ${what}`, () => {
      const place = join(folder, 'wrong');
      const { status, stdout, stderr } = experiment(file('wrong.json', content), '--out', place);
      expect(stderr.trim()).to.match(sentence).and.not.contain('\n');
      expect(status).to.equal(2);
      expect(stdout).to.equal('');
      expect(existsSync(place)).to.equal(false);
    });
  }

  it('asks for one file and for a folder', () => {
    expect(experiment('--out', folder).stderr).to.match(/^Expected one file .*, got 0\.\n$/);
    expect(experiment('a.json').stderr).to.match(/^--out names the folder for the record/);
    const none = experiment(join(folder, 'none.json'), '--out', join(folder, 'x'));
    expect(none.stderr).to.match(/none\.json.*\.\n$/);
    expect(none.status).to.equal(2);
  });
});
