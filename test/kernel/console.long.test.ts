import { expect } from 'chai';
import { rmSync } from 'node:fs';
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
