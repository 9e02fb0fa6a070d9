import { expect } from 'chai';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../helpers/project-root.js';
import { startLab, type LabServer } from '../notebooks/lab-server.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { testPython } from './client-process.js';
import { kernelspecFolder } from './notebooks-on-disk.js';
import { runProgram } from './python-program.js';

describe('Jupyter Notebook 7', function () {
  this.timeout(120_000);
  const folder = temporaryFolder('notebook-');
  let server: LabServer | undefined;

  before(async () => {
    const environment = { JUPYTER_PATH: kernelspecFolder(folder) };
    server = await startLab(folder, environment, 'notebook');
  });
  after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function ask<T>(path: string, options?: RequestInit): Promise<T> {
    const answer = await fetch(server!.api(path), options);
    expect(answer.ok, `${path}: ${answer.status}`).to.equal(true);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  it('lists the kernel', async () => {
    type Specs = { kernelspecs: Record<string, { spec: Record<string, unknown> }> };
    const { kernelspecs } = await ask<Specs>('kernelspecs');
    expect(kernelspecs).to.include.keys('tslab');
    expect(kernelspecs.tslab.spec).to.include({
      display_name: 'TypeScript',
      language: 'typescript',
      interrupt_mode: 'message',
    });
  });

  it('starts it, runs cells, interrupts and restarts it, and shuts it down', async () => {
    const body = JSON.stringify({ name: 'tslab' });
    const { id } = await ask<{ id: string }>('kernels', { method: 'POST', body });
    /** The result of a cell, run over the websocket as the page does. */
    const result = async (code: string): Promise<unknown> => {
      const address = server!.api(`kernels/${id}/channels`).replace('http:', 'ws:');
      const script = join(projectRoot(), 'test', 'kernel', 'websocket_cell.py');
      const ran = await runProgram(testPython(), [script, address, code], { patience: 40 });
      expect(ran.status, ran.stderr).to.equal(0);
      return (JSON.parse(ran.stdout) as { result: unknown }).result;
    };
    expect(await result('var kept = 41;\nkept + 1')).to.equal('42');
    const endless = result('for (;;);');
    await sleep(1000);
    await ask(`kernels/${id}/interrupt`, { method: 'POST' });
    await endless;
    expect(await result('kept')).to.equal('41');
    await ask(`kernels/${id}/restart`, { method: 'POST' });
    expect(await result('typeof (globalThis as any).kept')).to.equal("'undefined'");
    await ask(`kernels/${id}`, { method: 'DELETE' });
    expect(await ask<unknown[]>('kernels')).to.deep.equal([]);
  });
});
