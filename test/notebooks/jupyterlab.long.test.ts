import { expect } from 'chai';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { chooseNotebooks } from '../../src/cli/reproduce/notebook-list.js';
import { findChromium, withChromium } from '../helpers/chromium.js';
import { projectRoot } from '../helpers/project-root.js';
import { colouredPixels } from './coloured-pixels.js';
import { runAllCells } from './lab-page.js';
import { startLab, type LabServer } from './lab-server.js';
import { committedNotebooks } from './notebook-file.js';
import { temporaryFolder } from './temporary-folder.js';

/** AFTERFIT_NOTEBOOKS names other notebooks to look at, such as `00,02`. */
const CHOSEN = (process.env.AFTERFIT_NOTEBOOKS ?? '01').split(',');
const PATIENCE = 180_000;

describe('JupyterLab in a real browser', function () {
  this.timeout(300_000);
  const browser = findChromium();
  const screenshots = join(projectRoot(), '.afterfit', 'screenshots');
  let folder = '';
  let server: LabServer | undefined;

  before(async function () {
    if (!browser) return;
    folder = temporaryFolder('lab-');
    mkdirSync(screenshots, { recursive: true });
    server = await startLab(folder, { AFTERFIT_VERDICT_FOLDER: join(folder, 'verdicts') });
  });
  after(async () => {
    await server?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const paths = committedNotebooks().map(({ path }) => path);
  for (const { id, file, path } of chooseNotebooks(paths, [], true)) {
    if (!CHOSEN.some((start) => file.startsWith(start))) continue;

    it(`opens ${file}, runs all its cells and draws its figures`, async function () {
      if (!browser || !server) {
        this.test!.title += ' (skipped: no Chromium on the path; AFTERFIT_CHROMIUM may name one)';
        return this.skip();
      }
      copyFileSync(path, join(folder, file));
      const address = server.address(file);
      await withChromium(browser, async (page) => {
        page.setDefaultTimeout(PATIENCE / 3);
        await page.goto(address);
        await runAllCells(page);
        await verdictOf(join(folder, 'verdicts', `${id}.json`));
        // Cells without output have an area all the same, which cannot be scrolled to.
        const outputs = page.locator('.jp-Cell-outputArea:has(.jp-OutputArea-output)');
        const drawn = { vega: 0, plotly: 0 };
        for (let k = 0; k < (await outputs.count()); k++) {
          const output = outputs.nth(k);
          await output.scrollIntoViewIfNeeded();
          const kind = await kindOf(output);
          if (kind) drawn[kind] += await marksIn(output, kind);
          await page.screenshot({
            path: join(screenshots, `${basename(file, '.ipynb')}-${pad(k)}.png`),
          });
        }
        expect(drawn.vega, 'coloured pixels of the Vega-Lite figures').to.be.above(1000);
        if (id === 'directional-convergence') {
          expect(drawn.plotly, 'coloured pixels of the Plotly figure').to.be.above(500);
        }
        expect(await page.locator('[data-mime-type$="stderr"]').count()).to.equal(0);
        // What Plotly writes in place of a figure where there is no WebGL.
        expect(await page.locator('.no-webgl').count(), 'figures without WebGL').to.equal(0);
      });
    });
  }
});

async function verdictOf(path: string): Promise<void> {
  for (const until = Date.now() + PATIENCE; Date.now() < until; await sleep(250)) {
    if (existsSync(path)) return;
  }
  throw new Error('The notebook wrote no verdict.');
}

async function kindOf(output: Locator): Promise<'vega' | 'plotly' | undefined> {
  if ((await output.locator('.jp-RenderedVegaCommon5, .vega-embed').count()) > 0) return 'vega';
  if ((await output.locator('.jp-RenderedPlotly, .js-plotly-plot').count()) > 0) return 'plotly';
  return undefined;
}

/**
 * How much a figure shows: coloured pixels of what it looks like on the screen. Of an interactive one
 * only the middle counts, which WebGL draws: legend and colour bar are there in any case.
 */
async function marksIn(output: Locator, kind: 'vega' | 'plotly'): Promise<number> {
  const surface = kind === 'vega' ? '.vega-embed svg.marks' : '.js-plotly-plot';
  const drawing = output.locator(surface).first();
  await drawing.waitFor({ timeout: PATIENCE });
  await drawing.scrollIntoViewIfNeeded();
  await sleep(1000);
  const { x, y, width, height } = (await drawing.boundingBox())!;
  const clip =
    kind === 'vega'
      ? { x, y, width, height }
      : { x, y: y + 0.15 * height, width: 350, height: 0.65 * height };
  return colouredPixels(output.page(), clip);
}

function pad(k: number): string {
  return String(k).padStart(2, '0');
}
