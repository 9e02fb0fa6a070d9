import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findChromium, holdChromium } from '../helpers/chromium.js';
import { projectRoot } from '../helpers/project-root.js';
import { bundleForBrowser } from './bundle.js';
import { documentedScripts } from './docs.js';
import { serveSite, type Site } from './site.js';

/** A page that notes when it gets a turn, and between which of them its text told of a run's α. */
const html = (script: string) => `<!doctype html><title>afterfit</title>
<p id="out"></p><button id="stop">Stop</button>
<script>
  globalThis.turns = [];
  globalThis.told = [];
  setInterval(() => turns.push(performance.now()), 5);
  const out = document.querySelector('#out');
  new MutationObserver(() => {
    if (out.textContent.startsWith('α')) told.push(performance.now());
  }).observe(out, { childList: true });
</script>
<script type="module" src="${script}"></script>`;

/** The same, where the button is pressed as soon as a run tells of itself. */
const stopping = `${html('page-of-worker.js')}
<script>
  const watch = new MutationObserver(() => {
    watch.disconnect();
    document.querySelector('#stop').click();
  });
  watch.observe(out, { childList: true });
</script>`;

const fixture = join(projectRoot(), 'test', 'datasets', 'fixtures', 'arrays.npz');

const FINISHED = 'The run reached its last target, α = 1.00000e+8.';

describe('the scripts of docs/browser.md, in a page', function () {
  this.timeout(120_000);
  const browser = findChromium();
  const scripts = documentedScripts();
  let site: Site;
  let held: { readonly page: Page; readonly close: () => Promise<void> } | undefined;

  before(async function () {
    if (!browser) return this.skip();
    const files = new Map<string, string | Uint8Array>([['arrays.npz', readFileSync(fixture)]]);
    for (const [name, script] of scripts) {
      files.set(name, (await bundleForBrowser(script)).code);
      files.set(name.replace(/js$/, 'html'), html(name));
    }
    files.set('stopping.html', stopping);
    site = await serveSite(files);
    held = await holdChromium(browser);
  });

  after(async () => {
    await held?.close();
    site?.close();
  });

  async function open(name: string): Promise<Page> {
    const { page } = held!;
    await page.goto(`${site.address}${name}`);
    return page;
  }

  /** The text of the page once it matches. */
  async function shown(page: Page, pattern: RegExp): Promise<string> {
    const out = page.locator('#out').filter({ hasText: pattern });
    await out.waitFor({ timeout: 60_000 });
    return (await out.textContent())!;
  }

  it('are those that the tests know', () => {
    const names = ['page.js', 'worker.js', 'page-of-worker.js', 'data.js'];
    expect([...scripts.keys()]).to.deep.equal(names);
  });

  it('follow a flow in the page, which gets its turns meanwhile, and certify its limit', async () => {
    const page = await open('page.html');
    const text = await shown(page, /Its limit/);
    expect(text).to.include(FINISHED);
    expect(text).to.match(/the margin 0\.05840542399\d*: certified\.$/);
    const [turns, told] = await page.evaluate<number[][]>('[turns, told]');
    const during = turns.filter((time) => time > told[0] && time < told.at(-1)!);
    const waits = during.slice(1).map((time, k) => time - during[k]);
    console.log(`      The page waited for a turn ${Math.max(...waits).toFixed(0)} ms at most.`);
    expect(during).not.to.deep.equal([]);
  });

  it('follow a flow in a worker, and tell of it', async () => {
    const page = await open('page-of-worker.html');
    const text = await shown(page, /γ = /);
    expect(text).to.include(FINISHED);
    expect(text).to.match(/γ = 0\.\d+$/);
  });

  it('end a flow in a worker at its next step when they are told to', async () => {
    const page = await open('stopping.html');
    const text = await shown(page, /The run/);
    expect(text).to.match(/^The run was interrupted at α = \S+\. γ = /);
  });

  it('read tables and arrays that a page has been given', async () => {
    const page = await open('page.html');
    const found = await page.evaluate(async (address) => {
      const { arraysAt, datasetOf } = (await import(`${address}data.js`)) as {
        arraysAt(url: string): Promise<Map<string, { shape: number[] }>>;
        datasetOf(file: unknown): Promise<{ name: string; labels: Float64Array }>;
      };
      const arrays = await arraysAt(`${address}arrays.npz`);
      const { name, labels } = await datasetOf({
        name: 'my.csv',
        text: async () => 'x,y\n1,a\n2,b\n',
      });
      const refused = await arraysAt(`${address}none.npz`).catch((error: Error) => error.message);
      return { shape: arrays.get('fortran')!.shape, name, labels: [...labels], refused };
    }, site.address);
    expect(found).to.deep.equal({
      shape: [2, 3, 4],
      name: 'my.csv',
      labels: [-1, 1],
      refused: `${site.address}none.npz: 404 Not Found.`,
    });
  });
});
