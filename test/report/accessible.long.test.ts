import { expect } from 'chai';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { claimFigures } from '../../src/claims/index.js';
import { vegaRuntime } from '../../src/cli/report/vega-runtime.js';
import {
  reportedFigure,
  reportPage,
  type ReportedFigure,
  type Results,
} from '../../src/report/index.js';
import { shortResults } from '../claims/short-records.js';
import { findChromium, holdChromium } from '../helpers/chromium.js';
import { projectRoot } from '../helpers/project-root.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';

/** What axe-core finds, as far as the tests look at it. */
interface Found {
  readonly violations: { id: string; impact: string; nodes: { html: string }[] }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = { phone: { width: 390, height: 844 }, desktop: { width: 1300, height: 950 } };
const SCHEMES = ['light', 'dark'] as const;

/** All claims with the numbers that are kept and the figures of short runs. */
async function wholePage(): Promise<string> {
  const results = JSON.parse(
    readFileSync(join(projectRoot(), 'docs', 'results.json'), 'utf8'),
  ) as Results;
  const figures = new Map<string, ReportedFigure[]>();
  for (const result of await shortResults()) {
    const drawn: ReportedFigure[] = [];
    for (const figure of claimFigures(result)) {
      if (figure.kind === 'vega-lite') drawn.push(await reportedFigure(figure));
    }
    figures.set(result.claim.id, drawn);
  }
  const claims = results.claims.map((claim) => ({
    ...claim,
    figures: figures.get(claim.id) ?? [],
    notes: [],
    records: [],
  }));
  return reportPage(
    { claims, missing: [], provenance: results.provenance, notebooks: [] },
    vegaRuntime(),
  );
}

describe('the report in a browser without a network', function () {
  this.timeout(600_000);
  const browser = findChromium();
  let folder: string;
  let address: string;
  let held: { readonly page: Page; readonly close: () => Promise<void> } | undefined;
  const asked: string[] = [];

  before(async function () {
    if (!browser) return this.skip();
    folder = temporaryFolder('report-');
    writeFileSync(join(folder, 'report.html'), await wholePage());
    address = pathToFileURL(join(folder, 'report.html')).href;
    held = await holdChromium(browser);
    held.page.setDefaultTimeout(120_000);
    held.page.on('request', (request) => asked.push(request.url()));
    held.page.on('pageerror', (error) => asked.push(error.message));
    await held.page.context().setOffline(true);
  });
  after(async () => {
    await held?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    const run = 'axe.run(document, { resultTypes: ["violations"] })';
    const { violations: found } = await page.evaluate<Found>(run);
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
  }

  for (const [name, size] of Object.entries(WIDTHS)) {
    for (const colorScheme of SCHEMES) {
      it(`has no serious fault of access at the width of a ${name}, ${colorScheme}`, async () => {
        const { page } = held!;
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        await page.goto(address);
        const beyond = await page.evaluate<number>(
          'document.documentElement.scrollWidth - innerWidth',
        );
        expect(beyond).to.equal(0);
        await page.locator('#unfold').click();
        expect(await violations(page)).to.deep.equal([]);
      });
    }
  }

  it('draws every figure that it shows, in both widths', async () => {
    const { page } = held!;
    for (const size of Object.values(WIDTHS)) {
      await page.setViewportSize(size);
      await page.goto(address);
      const blank = await page.evaluate<
        string[]
      >(`Promise.all([...document.images].map(async (image) => {
        await image.decode();
        return image.naturalWidth > 100 && image.alt.length > 20 ? '' : image.alt;
      })).then((all) => all.filter((alt) => alt !== ''))`);
      expect(blank).to.deep.equal([]);
    }
  });

  it('has Vega draw a figure when it is asked for by the keyboard, and tells its values', async () => {
    const { page } = held!;
    await page.setViewportSize(WIDTHS.desktop);
    await page.goto(address);
    const button = page.locator('button[data-name="angle-to-limit"]');
    await button.focus();
    await page.keyboard.press('Enter');
    await page.locator('#drawing[data-drawn="angle-to-limit"] svg').waitFor();
    expect(await violations(page)).to.deep.equal([]);
    const point = page.locator('#drawing .mark-symbol.role-mark path').nth(100);
    await point.hover({ force: true });
    const told = page.locator('#values').filter({ hasText: 'angle to the limit' });
    expect(await told.textContent()).to.match(
      /α.*: [\d.,]+ · angle to the limit.*: [\d.e-]+ · series: /,
    );
    await page.keyboard.press('Escape');
    expect(await page.locator('#explore').isVisible()).to.equal(false);
    const focused = await page.evaluate<string>('document.activeElement.dataset.name');
    expect(focused).to.equal('angle-to-limit');
  });

  it('has a figure of every claim drawn by Vega without an error', async () => {
    const { page } = held!;
    await page.goto(address);
    const buttons = await page.locator('.figures > :first-child .explore').all();
    expect(buttons.length).to.be.above(18);
    for (const button of buttons) {
      const name = (await button.getAttribute('data-name'))!;
      await button.evaluate((one) => (one as unknown as { click(): void }).click());
      await page.locator(`#drawing[data-drawn="${name}"]`).waitFor({ timeout: 60_000 });
      await page.keyboard.press('Escape');
    }
  });

  it('unfolds its evidence for paper', async () => {
    const { page } = held!;
    await page.goto(address);
    const closed = 'document.querySelectorAll("details:not([open])").length';
    expect(await page.evaluate<number>(closed)).to.be.above(20);
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.evaluate<number>(closed)).to.equal(0);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.evaluate<number>(closed)).to.be.above(20);
  });

  it('asks for nothing but itself, and meets no error', () => {
    expect(asked.filter((one) => one !== address && !one.startsWith('data:'))).to.deep.equal([]);
  });
});
