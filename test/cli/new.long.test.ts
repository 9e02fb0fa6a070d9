import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';
import { claims, studies } from '../../src/claims/index.js';
import { copyOfProject, removeCopy } from './new-project.js';

/** All that the build, the linters and the tests of a claim ask for, with what is compiled already. */
const copied = [
  ...['src', 'test', 'notebooks', 'docs', 'bench', 'datasets', 'dist', '.build/src', '.build/test'],
  ...['README.md', 'CONTRIBUTING.md', 'environment.md', 'package.json', 'package-lock.json'],
  ...['tsconfig.json', '.mocharc.json', 'eslint.config.mjs'],
  ...['.prettierrc.json', '.prettierignore', '.editorconfig'],
];

describe('what is laid down', function () {
  this.timeout(600_000);
  const id = 'my-claim';
  let folder: string;

  /** Runs a program of Node in the copy, and expects it to end well. */
  const run = (program: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status, `${stdout}\n${stderr}`).to.equal(0);
    return stdout;
  };
  const installed = (...path: readonly string[]) => join('node_modules', ...path);
  const command = join('dist', 'cli', 'main.js');
  const mocha = installed('mocha', 'bin', 'mocha.js');
  const test = (...path: readonly string[]) => join('.build', 'test', ...path);
  const sources = ['plan', 'claim', 'figures'].map((name) => `src/claims/${id}/${name}.ts`);
  const changed = [...sources, 'src/claims/index.ts', `test/claims/${id}.test.ts`];

  before(() => {
    folder = copyOfProject(...copied);
    symlinkSync(join(projectRoot(), 'node_modules'), join(folder, 'node_modules'));
    const said = run(command, 'new', 'claim', id, '--title', 'A claim of "mine"');
    expect(said).to.include(`npm run reproduce -- ${id}`);
    expect(changed.every((path) => existsSync(join(folder, path)))).to.equal(true);
    expect(run(command, 'new', 'set', 'ps77')).to.include('npm run course -- check --set ps77');
    const tsc = installed('typescript', 'bin', 'tsc');
    run(tsc, '-b', '.');
    run(tsc, '-b', 'test');
  });
  after(() => removeCopy(folder));

  it('passes its own test and those of every claim', () => {
    run(mocha, test('claims', `${id}.test.js`), test('claims', 'claim.test.js'));
  });

  it('passes the tests of the architecture', () => {
    run(mocha, test('architecture', '*.test.js'));
  });

  it('has a notebook that passes the tests of notebooks', () => {
    const number = String(claims.length + studies.length + 1).padStart(2, '0');
    const mine = `${number}-${id}|one for each claim`;
    const said = run(mocha, test('notebooks', 'notebooks.test.js'), '--grep', mine);
    expect(said).to.include(`${number}-${id}.ipynb`);
  });

  it('leaves nothing to the linters', () => {
    run(installed('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', ...changed);
    run(installed('prettier', 'bin', 'prettier.cjs'), '--check', ...changed);
  });

  it('is supported', () => {
    const said = run(command, 'reproduce', id, '--no-notebooks', '--out', 'out');
    expect(said).to.include(`(${id}): supported, expected supported`);
    const results = readFileSync(join(folder, 'out', 'results.json'), 'utf8');
    expect(results).to.include(`"${id}"`);
  });

  it('comes with a problem set that passes its tests and checks', () => {
    const said = run(mocha, test('course', 'sets.test.js'), '--grep', 'ps77');
    expect(said).to.include('ps77.ipynb');
    expect(run(command, 'course', 'check', '--set', 'ps77')).to.include('All is as it should be.');
  });

  it('is refused a second time', () => {
    const args = [command, 'new', 'claim', id];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(status).to.equal(2);
    expect(stderr).to.equal(
      `The id '${id}' is taken: src/claims/${id} is there; expected one that is new.\n`,
    );
  });
});
