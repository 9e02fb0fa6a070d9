import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openblasCandidates } from '../../src/native/find-openblas.js';

describe('where OpenBLAS is looked for', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'afterfit-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Puts an empty file there. */
  function put(...parts: string[]): string {
    const file = join(root, ...parts);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    return file;
  }

  it('is nowhere when AFTERFIT_BLAS says plain', () => {
    const candidates = openblasCandidates({ AFTERFIT_BLAS: 'plain' }, root, 'linux');
    expect(candidates.map(({ path }) => path)).to.deep.equal([undefined]);
    expect(candidates[0].reason).to.contain('plain');
  });

  it('is where AFTERFIT_BLAS says, and nowhere else', () => {
    const candidates = openblasCandidates({ AFTERFIT_BLAS: '/opt/blas.so' }, root, 'linux');
    expect(candidates).to.deep.equal([{ candidate: 'AFTERFIT_BLAS', path: '/opt/blas.so' }]);
  });

  it('is the virtual environment first, whatever its Python version, then the system', () => {
    const packages = ['site-packages', 'scipy_openblas32', 'lib'];
    const file = put('.venv', 'lib', 'python3.13', ...packages, 'libscipy_openblas.so');
    put('.venv', 'lib', 'python3.13', ...packages, 'cmake');
    const paths = openblasCandidates({}, root, 'linux').flatMap(({ path }) => path ?? []);
    expect(paths).to.deep.equal([file, 'libopenblas.so.0', 'libopenblas.so']);
  });

  it('comes with the reason where there is nothing', () => {
    const reasons = () =>
      openblasCandidates({}, root, 'linux').flatMap(({ reason }) => reason ?? []);
    expect(reasons()).to.deep.equal(['not set', `${join(root, '.venv')} does not exist`]);
    put('.venv', 'pyvenv.cfg');
    expect(reasons()).to.deep.equal(['not set', 'the package is not installed there']);
  });

  it('ends with Accelerate on macOS', () => {
    const last = openblasCandidates({}, root, 'darwin').at(-1);
    expect(last?.path).to.match(/Accelerate$/);
  });
});
