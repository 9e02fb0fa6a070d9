import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../src/cli/commands.js';
import { projectRoot } from '../helpers/project-root.js';
import { commandsOf, PAGES, snippets, type Command } from './snippets.js';

const root = projectRoot();
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Stands for a claim's name in a sentence, or for what is left out. */
const PLACEHOLDER = /^(ID|…)$/;

/** What is wrong with a command, in words; undefined where nothing is. */
async function faultOf({ words }: Command): Promise<string | undefined> {
  const [program, ...rest] = words;
  if (program === 'node')
    return existsSync(join(root, rest[0])) ? undefined : 'there is no such file';
  if (program.startsWith('.venv/'))
    return existsSync(join(root, program)) ? undefined : 'not there';
  if (program === 'npx' || ['install', 'pack'].includes(rest[0])) return undefined;
  const [name, ...given] = rest[0] === 'run' ? rest.slice(1) : rest;
  if (PLACEHOLDER.test(name)) return undefined;
  if (scripts[name] === undefined) return `there is no script ${name}`;
  // Alone it is the name of a command.
  if (given.length === 0) return undefined;
  if (given[0] !== '--') return 'npm would take what follows for its own';
  const args = given.slice(1).map((word) => (PLACEHOLDER.test(word) ? 'some-name' : word));
  const load = commands.get(name);
  if (load === undefined) return args.map(testFault).find((fault) => fault !== undefined);
  try {
    (await load()).read(args);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** `npm test` and its like take files, folders and two options. */
function testFault(word: string): string | undefined {
  if (['--all', '--no-parallel'].includes(word)) return undefined;
  return existsSync(join(root, word)) ? undefined : `${word} is not there`;
}

describe('the commands that pages give', () => {
  for (const page of PAGES) {
    it(`of ${page} are understood`, async () => {
      const faults: string[] = [];
      for (const command of commandsOf(page)) {
        const fault = await faultOf(command);
        if (fault !== undefined) faults.push(`${command.text}: ${fault}`);
      }
      expect(faults).to.deep.equal([]);
    });
  }

  it('are found', () => {
    expect(PAGES.flatMap(commandsOf).length).to.be.above(60);
    const words = 'npm run flow -- --nonsense'.split(' ');
    const made = { page: '', text: '', words, fenced: true };
    return faultOf(made).then((fault) => expect(fault).to.match(/nonsense/));
  });
});

describe('the blocks of the pages', () => {
  it('are of the languages that tests know', () => {
    // sh: above, and run in run.long.test.ts. ts: compiled and run there. js: test/browser/docs.long.test.ts.
    // json: test/specs/published.test.ts. python: test/records/python.test.ts and
    // test/cli/sweep/sweep.long.test.ts, test/networks/onnx/page.test.ts.
    // latex: test/charts/print. yaml is a cluster's own.
    const known = ['sh', 'ts', 'js', 'json', 'python', 'latex', 'yaml'];
    const others = snippets().filter(({ language }) => !known.includes(language));
    expect(others.map(({ page, line }) => `${page}:${line}`)).to.deep.equal([]);
  });

  it('have scripts for browsers and Python where tests look for them', () => {
    const pagesOf = (language: string) => [
      ...new Set(snippets().flatMap((one) => (one.language === language ? [one.page] : []))),
    ];
    expect(pagesOf('js')).to.deep.equal(['docs/browser.md']);
    expect(pagesOf('python')).to.deep.equal(
      ['measure', 'records', 'sweeps'].map((name) => `docs/${name}.md`),
    );
    expect(pagesOf('json').sort()).to.deep.equal(
      ['flow', 'measure', 'records', 'sweeps', 'train'].map((name) => `docs/${name}.md`),
    );
  });
});
