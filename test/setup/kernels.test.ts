import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';
import { copySetup, fakePython, type Copy } from './copy.js';

interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode?: string;
}

const kernelsIn = (root: string) => join(root, '.venv', 'share', 'jupyter', 'kernels');
const specIn = (root: string, name: string) =>
  JSON.parse(readFileSync(join(kernelsIn(root), name, 'kernel.json'), 'utf8')) as KernelSpec;

/** Carries out the one step. */
const stepAlone = [
  "import { ensureSetup } from './ensure.mjs';",
  "import { kernelStep } from './kernel-step.mjs';",
  'await ensureSetup({ among: [kernelStep] });',
].join('\n');

describe('the kernels in the virtual environment', () => {
  const root = projectRoot();

  it("are the project's own under the name tslab, with a logo", () => {
    expect(specIn(root, 'tslab')).to.include({
      display_name: 'TypeScript',
      language: 'typescript',
      interrupt_mode: 'message',
    });
    expect(readdirSync(join(kernelsIn(root), 'tslab'))).to.include.members([
      'logo-32x32.png',
      'logo-64x64.png',
      'logo-svg.svg',
    ]);
    const [, ...rest] = specIn(root, 'tslab').argv;
    expect(rest).to.deep.equal([join(root, 'dist', 'kernel', 'main.js'), '{connection_file}']);
  });

  it('and the one of the package under the name tslab-stock', () => {
    expect(specIn(root, 'tslab-stock')).to.include({
      display_name: 'TypeScript (stock tslab)',
      language: 'typescript',
    });
    const program = specIn(root, 'tslab-stock').argv[1];
    expect(program).to.equal(join(root, 'node_modules', 'tslab', 'bin', 'tslab'));
  });

  it('start the Node that set them up', () => {
    for (const name of ['tslab', 'tslab-stock']) {
      expect(specIn(root, name).argv[0]).to.equal(process.execPath);
    }
  });

  it('are no others but that of Python', () => {
    expect(readdirSync(kernelsIn(root))).to.have.members(['python3', 'tslab', 'tslab-stock']);
  });
});

describe('the step that installs the kernels', () => {
  let copy: Copy;
  const at = (...parts: string[]) => join(copy.folder, ...parts);
  beforeEach(() => {
    copy = copySetup();
    writeFileSync(at('src', 'setup', 'step-alone.mjs'), stepAlone);
    mkdirSync(at('.venv', 'bin'), { recursive: true });
    writeFileSync(at('.venv', 'bin', 'python'), `#!/bin/sh\n${fakePython()}\n`);
    chmodSync(at('.venv', 'bin', 'python'), 0o755);
  });
  afterEach(() => copy.remove());

  const installed = (folder = copy.folder) =>
    readFileSync(join(folder, 'installed'), 'utf8').trim().split('\n');
  const both = ['tslab', 'tslab-stock'];
  const step = () => copy.run([], {}, 'step-alone.mjs');

  it('does its work once, and leaves no draft behind', () => {
    expect(step().status).to.equal(0);
    expect(step().lines).to.deep.equal(['']);
    expect(installed()).to.deep.equal(both);
    expect(readdirSync(at('.afterfit', 'tmp'))).to.deep.equal([]);
  });

  it('takes the kernel for JavaScript away that an earlier version installed', () => {
    mkdirSync(join(kernelsIn(copy.folder), 'jslab'), { recursive: true });
    step();
    expect(readdirSync(kernelsIn(copy.folder))).to.have.members(both);
  });

  it('does it again when the folder has moved', () => {
    step();
    const moved = join(dirname(copy.folder), 'moved');
    renameSync(copy.folder, moved);
    const entry = join(moved, 'src', 'setup', 'step-alone.mjs');
    expect(spawnSync(process.execPath, [entry]).status).to.equal(0);
    expect(installed(moved)).to.deep.equal([...both, ...both]);
    expect(specIn(moved, 'tslab').argv[1]).to.equal(join(moved, 'dist', 'kernel', 'main.js'));
  });

  it('does it again when another Node runs it', () => {
    step();
    const other = join(dirname(copy.folder), 'node-2');
    copyFileSync(process.execPath, other);
    const entry = at('src', 'setup', 'step-alone.mjs');
    const { status, stderr } = spawnSync(other, [entry], { encoding: 'utf8' });
    expect(status, stderr).to.equal(0);
    expect(installed()).to.deep.equal([...both, ...both]);
    expect(specIn(copy.folder, 'tslab').argv[0]).to.equal(other);
  });

  it('does it again when a kernel was taken away', () => {
    step();
    renameSync(join(kernelsIn(copy.folder), 'tslab-stock'), at('aside'));
    step();
    expect(existsSync(join(kernelsIn(copy.folder), 'tslab-stock', 'kernel.json'))).to.equal(true);
  });
});
