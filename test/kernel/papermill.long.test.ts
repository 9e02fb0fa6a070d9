import { expect } from 'chai';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { kernelspecFolder, readOutputs, writeNotebook } from './notebooks-on-disk.js';
import { inVenv, runProgram } from './python-program.js';

/** What a notebook may be given, as YAML, which JSON is. */
const PARAMETERS = {
  steps: 10,
  rate: -2.5e-7,
  title: 'it\'s a "title" with \\ and ${braces}, `ticks`,\nlines and 😀',
  empty: '',
  nothing: null,
  yes: true,
  no: false,
  list: [1, 'two', null, [3]],
  nested: { a: { b: [{ c: 'd' }] }, 'a key': 1, "quo'ted": 2 },
  bare: {},
};

describe('papermill', function () {
  this.timeout(120_000);
  const folder = temporaryFolder('papermill-');
  const environment = { JUPYTER_PATH: kernelspecFolder(folder) };
  after(() => rmSync(folder, { recursive: true, force: true }));

  const papermill = (...args: string[]) =>
    runProgram(inVenv('papermill'), ['--no-progress-bar', ...args], { folder, environment });

  it('gives a notebook its parameters, whatever they are', async () => {
    const names = Object.keys(PARAMETERS).join(', ');
    const input = writeNotebook(folder, 'in.ipynb', [
      { source: 'var steps = 1;', tags: ['parameters'] },
      { source: `console.log(JSON.stringify({ ${names} }));` },
    ]);
    const yaml = JSON.stringify(PARAMETERS);
    const { status, stderr } = await papermill(input, 'out.ipynb', '-y', yaml);
    expect(status, stderr).to.equal(0);
    const said = readOutputs(join(folder, 'out.ipynb')).at(-1)!;
    expect(JSON.parse(said[0].text!)).to.deep.equal(PARAMETERS);
  });

  it('gives single parameters from the command line in place of those in the notebook', async () => {
    const input = writeNotebook(folder, 'single.ipynb', [
      { source: "var steps = 1;\nvar rate = 0.5;\nvar name = 'default';", tags: ['parameters'] },
      { source: "console.log(steps * 2, rate, name + '!');" },
    ]);
    const args = ['-p', 'steps', '21', '-r', 'name', '007'];
    const { status, stderr } = await papermill(input, 'single-out.ipynb', ...args);
    expect(status, stderr).to.equal(0);
    const said = readOutputs(join(folder, 'single-out.ipynb')).at(-1)!;
    expect(said[0].text).to.equal('42 0.5 007!\n');
  });

  it('has numbers that JSON has not', async () => {
    const input = writeNotebook(folder, 'special.ipynb', [
      { source: 'var far = 0;\nvar back = 0;\nvar none = 0;\nvar big = 0n;', tags: ['parameters'] },
      { source: 'console.log(far, back, none);' },
    ]);
    const yaml = 'far: .inf\nback: -.inf\nnone: .nan\n';
    const { status, stderr } = await papermill(input, 'special-out.ipynb', '-y', yaml);
    expect(status, stderr).to.equal(0);
    const said = readOutputs(join(folder, 'special-out.ipynb')).at(-1)!;
    expect(said[0].text).to.equal('Infinity -Infinity NaN\n');
  });

  it('gives a committed notebook its seed', async () => {
    const input = join(projectRoot(), 'notebooks', '00-quick-start.ipynb');
    const out = join(folder, 'quick-start.ipynb');
    const place = ['--cwd', join(projectRoot(), 'notebooks')];
    const { status, stderr } = await papermill(...place, input, out, '-p', 'seed', '5');
    expect(status, stderr).to.equal(0);
    expect(readFileSync(out, 'utf8')).to.include('20 examples of 3 numbers').and.include('seed 5;');
  });

  it('fails with the error’s name where a cell does', async () => {
    const input = writeNotebook(folder, 'fails.ipynb', [
      { source: 'var limit = 1;', tags: ['parameters'] },
      { source: "if (limit > 2) throw new RangeError('over the limit');" },
    ]);
    const { status, stderr } = await papermill(input, 'fails-out.ipynb', '-p', 'limit', '3');
    expect(status).to.equal(1);
    expect(stderr).to.include('RangeError').and.include('over the limit');
  });
});
