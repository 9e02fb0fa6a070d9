import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chooseNotebooks } from '../../src/cli/reproduce/notebook-list.js';
import { executeNotebook } from '../../src/cli/reproduce/notebook-process.js';
import { findChromium, withChromium } from '../helpers/chromium.js';
import { projectRoot } from '../helpers/project-root.js';
import { colouredPixels } from './coloured-pixels.js';
import { committedNotebooks } from './notebook-file.js';
import { temporaryFolder } from './temporary-folder.js';

/** AFTERFIT_NOTEBOOKS names other notebooks to look at, such as `00,02`. */
const CHOSEN = (process.env.AFTERFIT_NOTEBOOKS ?? '01,02').split(',');
const WIDTHS = [560, 1000, 1440];
const PYTHON = join(projectRoot(), '.venv', 'bin', 'python');

interface Output {
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What one output shows of a figure: where it is, and what a screen reader is told. */
interface Drawn {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly isLoaded: boolean;
  readonly words: string;
}

/** As much of a browser's document as is asked for here. */
interface Element {
  readonly offsetParent: unknown;
  readonly naturalWidth?: number;
  readonly alt?: string;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { left: number; right: number; height: number };
}

/** Runs in the browser: the figures that are seen. */
function drawnInBrowser(): Drawn[] {
  const { document } = globalThis as unknown as {
    document: { querySelectorAll(selector: string): Iterable<Element> };
  };
  return [...document.querySelectorAll('.jp-OutputArea-output :is(img, canvas)')]
    .filter(({ offsetParent }) => offsetParent !== null)
    .map((element) => {
      const { left, right, height } = element.getBoundingClientRect();
      const isLoaded = element.naturalWidth === undefined || element.naturalWidth > 0;
      const words = element.alt ?? element.getAttribute('aria-label') ?? '';
      return { left, right, height, isLoaded, words };
    });
}

describe('executed notebooks as pages on a disk, without a network', function () {
  this.timeout(240_000);
  const browser = findChromium();
  const folder = temporaryFolder('pages-');
  const shots = join(projectRoot(), '.afterfit', 'screenshots');
  const notebooks = chooseNotebooks(
    committedNotebooks().map(({ path }) => path),
    [],
    true,
  ).filter(({ file }) => CHOSEN.some((start) => file.startsWith(start)));

  before(() => void mkdirSync(shots, { recursive: true }));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const notebook of notebooks) {
    it(`${notebook.file} shows all its figures, whole at any width and in words`, async function () {
      if (!browser) {
        this.test!.title += ' (skipped: no Chromium on the path; AFTERFIT_CHROMIUM may name one)';
        return this.skip();
      }
      const settings = { scale: 'smoke', seed: 1 } as const;
      const task = { notebook, settings, kernel: 'tslab', folder } as const;
      expect(await executeNotebook(task, new AbortController().signal)).to.equal(undefined);
      const executed = join(folder, notebook.file);
      const figures = outputsOf(executed).flatMap(({ data = {} }) =>
        Object.keys(data).some((mime) => /vegalite|plotly/.test(mime)) ? [data] : [],
      );
      expect(figures).to.not.be.empty;
      for (const data of figures) expect(data).to.include.keys('image/svg+xml', 'text/plain');
      await withChromium(browser, async (page) => {
        await page.route('**/*', (route) =>
          /^(file|data):/.test(route.request().url()) ? route.continue() : route.abort(),
        );
        await page.goto(`file://${pageOf(executed)}`);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          await expectWhole(page, figures, width);
          await page.screenshot({ path: join(shots, `page-${notebook.id}-${width}.png`), fullPage: true }); // prettier-ignore
        }
        if (notebook.file.startsWith('01')) await expectTurning(page);
      });
    });
  }

  it('has its drawings as PDF where TeX asks for them, without Inkscape', () => {
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    const script = [
      'import json, sys',
      'from traitlets.config import Config',
      'from nbconvert.preprocessors import SVG2PDFPreprocessor',
      'config = Config(json.load(open(sys.argv[1])))',
      `made = SVG2PDFPreprocessor(config=config).convert_figure('image/svg+xml', '${drawing}')`,
      'import base64; print(base64.b64decode(made)[:5].decode())',
    ].join('\n');
    const settings = join(
      projectRoot(),
      '.venv',
      'etc',
      'jupyter',
      'jupyter_nbconvert_config.json',
    );
    const { stdout, stderr } = spawnSync(PYTHON, ['-c', script, settings], { encoding: 'utf8' });
    expect(stdout.trim(), stderr).to.equal('%PDF-');
  });
});

function outputsOf(path: string): Output[] {
  const { cells } = JSON.parse(readFileSync(path, 'utf8')) as {
    cells: readonly { readonly outputs?: readonly Output[] }[];
  };
  return cells.flatMap(({ outputs = [] }) => outputs);
}

/** The page that nbconvert makes of a notebook with the settings of the environment, and no others. */
function pageOf(executed: string): string {
  const options = ['-m', 'nbconvert', '--to', 'html', '--log-level=ERROR'];
  const { status, stderr } = spawnSync(PYTHON, [...options, executed], { encoding: 'utf8' });
  expect(status, stderr).to.equal(0);
  return executed.replace(/ipynb$/, 'html');
}

async function expectWhole(
  page: Page,
  figures: readonly Readonly<Record<string, unknown>>[],
  width: number,
): Promise<void> {
  const drawn = await page.evaluate(drawnInBrowser);
  expect(drawn, `figures at ${width} pixels`).to.have.length(figures.length);
  for (const [k, { left, right, height, isLoaded, words }] of drawn.entries()) {
    const where = `figure ${k + 1} at ${width} pixels`;
    expect(isLoaded, where).to.equal(true);
    expect(left, where).to.be.at.least(0);
    expect(right, where).to.be.at.most(width);
    expect(height, where).to.be.above(100);
    // A notebook keeps texts as lists of lines.
    const text = [figures[k]['text/plain'] as string | string[]].flat().join('');
    expect(words, where).to.equal(text.replaceAll('\n', ' '));
  }
}

/** The sphere is coloured, and looks different after an arrow key. */
async function expectTurning(page: Page): Promise<void> {
  const sphere = page.locator('.afterfit-turning canvas');
  await sphere.scrollIntoViewIfNeeded();
  const clip = (await sphere.boundingBox())!;
  expect(await colouredPixels(page, clip)).to.be.above(500);
  const before = await page.screenshot({ clip });
  await sphere.press('ArrowRight');
  await sphere.press('ArrowUp');
  expect((await page.screenshot({ clip })).equals(before)).to.equal(false);
}
