import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { findChromium, holdChromium } from '../helpers/chromium.js';
import { projectRoot } from '../helpers/project-root.js';
import { kernelspecFolder, writeNotebook } from '../kernel/notebooks-on-disk.js';
import { startLab, type LabServer } from './lab-server.js';
import { temporaryFolder } from './temporary-folder.js';

/** A notebook in a browser, with a kernel that waits for its first cell. */
export interface OpenNotebook {
  readonly page: Page;
  /** Where its file is. */
  readonly path: string;
  /** The cell at a place, from 0. */
  cell(k: number): Locator;
  /** Keeps what the browser shows in `.afterfit/screenshots/`. */
  photograph(name: string): Promise<void>;
}

/** Adds a test in a notebook of its own, with these cells of code. */
type InNotebook = (
  title: string,
  cells: readonly string[],
  work: (notebook: OpenNotebook) => Promise<void>,
) => void;

const OPENING = 40_000;
const PATIENCE = 15_000;

/**
 * Starts JupyterLab and a browser around the tests of a describe block, all in one page; the kernel is
 * this checkout's. Without a browser the tests are skipped, and say so.
 */
export function notebooksInLab(prefix: string): InNotebook {
  const browser = findChromium();
  const screenshots = join(projectRoot(), '.afterfit', 'screenshots');
  let folder = '';
  let server: LabServer | undefined;
  let held: Awaited<ReturnType<typeof holdChromium>> | undefined;
  let count = 0;

  before(async () => {
    if (!browser) return;
    folder = temporaryFolder('lab-');
    mkdirSync(screenshots, { recursive: true });
    server = await startLab(folder, { JUPYTER_PATH: kernelspecFolder(folder) });
    held = await holdChromium(browser);
    held.page.setDefaultTimeout(PATIENCE);
  });
  afterEach(async () => {
    await held?.page.goto('about:blank');
    if (server) await endKernels(server);
  });
  after(async () => {
    await held?.close();
    await server?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  return (title, sources, work) =>
    it(title, async function () {
      if (!held || !server) {
        this.test!.title += ' (skipped: no Chromium on the path; AFTERFIT_CHROMIUM may name one)';
        return this.skip();
      }
      const { page } = held;
      const cells = sources.map((source) => ({ source }));
      const path = writeNotebook(folder, `${prefix}-${++count}.ipynb`, cells);
      // The kernel starts while the page is loaded.
      const kernel = startKernel(server, basename(path));
      await page.goto(server.address(basename(path)), { waitUntil: 'commit' });
      await kernel;
      await page.getByText('TypeScript | Idle').waitFor({ timeout: OPENING });
      await work({
        page,
        path,
        cell: (k) => page.locator('.jp-Notebook .jp-CodeCell').nth(k),
        async photograph(name) {
          await page.screenshot({ path: join(screenshots, `${prefix}-${name}.png`) });
        },
      });
    });
}

async function startKernel(server: LabServer, path: string): Promise<void> {
  const body = JSON.stringify({ path, name: path, type: 'notebook', kernel: { name: 'tslab' } });
  const answer = await fetch(server.api('sessions'), { method: 'POST', body });
  if (!answer.ok) throw new Error(`No kernel for ${path}: status ${answer.status}.`);
}

async function endKernels(server: LabServer): Promise<void> {
  const kernels = (await (await fetch(server.api('kernels'))).json()) as { id: string }[];
  for (const { id } of kernels) await fetch(server.api(`kernels/${id}`), { method: 'DELETE' });
}
