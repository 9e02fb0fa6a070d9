import { expect } from 'chai';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { testPython } from './client-process.js';
import { kernelspecFolder } from './notebooks-on-disk.js';
import { inVenv, runProgram } from './python-program.js';

describe('jupyter console', function () {
  this.timeout(120_000);
  const folder = temporaryFolder('console-');
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('shows results, asks for more lines, shows errors, asks questions and interrupts', async () => {
    const script = join(projectRoot(), 'test', 'kernel', 'console.py');
    const args = [script, inVenv('jupyter-console'), 'tslab'];
    const environment = {
      JUPYTER_PATH: kernelspecFolder(folder),
      IPYTHONDIR: join(folder, 'ipython'),
      JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
    };
    const { status, stderr } = await runProgram(testPython(), args, { folder, environment });
    expect(status, stderr).to.equal(0);
  });
});

describe('jupyter run', function () {
  this.timeout(120_000);
  const folder = temporaryFolder('run-');
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (code: string) => {
    const file = join(folder, 'program.ts');
    writeFileSync(file, code);
    const environment = {
      JUPYTER_PATH: kernelspecFolder(folder),
      IPYTHONDIR: join(folder, 'ipython'),
      JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
    };
    const args = ['--kernel', 'tslab', file];
    return runProgram(inVenv('jupyter-run'), args, { folder, environment, patience: 60 });
  };

  it('runs a file as a cell, and shows what it prints and its last value', async () => {
    const { status, stdout, stderr } = await run(
      "const n: number = 6 * 7;\nconsole.log('answer', n);\nn + 1\n",
    );
    expect(status, stderr).to.equal(0);
    expect(stdout.trim()).to.equal('answer 42\n43');
  });

  it('fails with the line where the file does', async () => {
    const { status, stdout, stderr } = await run(
      "const n = 1;\nthrow new RangeError('far' + n);\n",
    );
    expect(status).to.equal(1);
    expect(stdout + stderr)
      .to.include('far1')
      .and.include('line 2, column 7');
  });
});
