import { expect } from 'chai';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLab, type LabServer } from '../notebooks/lab-server.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { kernelspecFolder } from './notebooks-on-disk.js';

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

  it('starts it, interrupts it, restarts it and shuts it down', async () => {
    const body = JSON.stringify({ name: 'tslab' });
    const { id } = await ask<{ id: string }>('kernels', { method: 'POST', body });
    const state = async () =>
      (await ask<{ execution_state: string }>(`kernels/${id}`)).execution_state;
    const becomesIdle = async () => {
      for (const until = Date.now() + 20_000; Date.now() < until; await sleep(200)) {
        if ((await state()) === 'idle') return;
      }
      throw new Error(`The kernel is ${await state()} after 20 s.`);
    };
    await becomesIdle();
    await ask(`kernels/${id}/interrupt`, { method: 'POST' });
    await ask(`kernels/${id}/restart`, { method: 'POST' });
    await becomesIdle();
    await ask(`kernels/${id}`, { method: 'DELETE' });
    expect(await ask<unknown[]>('kernels')).to.deep.equal([]);
  });
});
