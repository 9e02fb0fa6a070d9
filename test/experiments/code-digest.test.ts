import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { codeDigest, importClosure } from '../../src/experiments/code-digest.js';
import { projectRoot } from '../helpers/project-root.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';

describe('what a training’s numbers depend on', () => {
  const folder = temporaryFolder('code-');
  const url = (name: string) => pathToFileURL(join(folder, name)).href;
  const write = (name: string, code: string) => writeFileSync(join(folder, name), code);

  before(() => {
    mkdirSync(join(folder, 'deeper'));
    write(
      'plan.js',
      "import { a } from './a.js';\nexport * from './deeper/b.js';\nimport 'node:fs';\n",
    );
    write('a.js', "export const a = async () => (await import('./late.js')).late;\n");
    write('late.js', "import './plan.js';\nexport const late = 1;\n");
    write('deeper/b.js', 'export const b = 2;\n');
    write('other.js', "import './plan.js';\n");
  });

  it('is a module with all that it imports, also later and in a circle, and nothing else', () => {
    const names = [...importClosure([url('plan.js')]).keys()].map((path) => basename(path));
    expect(names).to.have.members(['plan.js', 'a.js', 'late.js', 'b.js']);
  });

  it('has a digest that changes with any of these', () => {
    const before = codeDigest(url('plan.js'));
    expect(before).to.match(/^[0-9a-f]{64}$/);
    expect(codeDigest(url('plan.js'))).to.equal(before);
    expect(codeDigest(url('other.js'))).not.to.equal(before);
    write('late.js', 'export const late = 3;\n');
    // Asked for in another way, since a process keeps what it has once read.
    const after = codeDigest(url('plan.js'), url('a.js'));
    write('late.js', 'export const late = 4;\n');
    expect(codeDigest(url('a.js'), url('plan.js'))).not.to.equal(after);
  });

  /** What of the project a compiled module of the experiments is made of. */
  const within = (module: string) => {
    const root = join(projectRoot(), 'dist');
    const paths = importClosure([pathToFileURL(join(root, 'experiments', module)).href]).keys();
    const names = [...paths].map((path) => relative(root, path).replaceAll('\\', '/'));
    return (part: string) => names.filter((name) => name.startsWith(part));
  };
  const CLAIMS = ['claims/', 'charts/', 'cli/', 'notebook/', 'kernel/', 'experiments/run-claim'];

  it('is, for trainings on images, no claim, figure, command or flow on the plane', () => {
    const part = within('kept-training.js');
    for (const needed of ['networks/', 'training/']) expect(part(needed), needed).not.to.be.empty;
    const others = ['records/', 'experiments/run-experiment', 'experiments/run-flow'];
    for (const other of [...CLAIMS, ...others]) expect(part(other), other).to.be.empty;
  });

  it('is, for a record, everything that runs experiments, and no claim, figure or command', () => {
    const part = within('run-experiment.js');
    const needed = ['flow', 'descent', 'image-training', 'step-comparison'];
    for (const one of needed) expect(part(`experiments/run-${one}.js`), one).to.have.length(1);
    for (const other of CLAIMS) expect(part(other), other).to.be.empty;
  });
});
