import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findChromium, holdChromium } from '../helpers/chromium.js';
import { projectRoot } from '../helpers/project-root.js';
import { bundleForBrowser, sizeWords } from './bundle.js';
import { referenceProblem } from './reference-file.js';
import { relativeDifference, type ReferenceNumbers } from './reference-numbers.js';
import { serveSite, type Site } from './site.js';

const SCRIPT = `
import * as afterfit from 'afterfit';
import { referenceNumbers } from './reference-numbers.js';
globalThis.solveReference = (problem) => referenceNumbers(afterfit, problem);
`;
const PAGE = '<!doctype html><title>afterfit</title><script type="module" src="page.js"></script>';

/** The last bit of exp, log and powers is another one in another engine; nothing else differs. */
const AGREEMENT = 1e-12;

function inNode(name: string, algebra: 'plain' | 'native'): ReferenceNumbers {
  const child = join(projectRoot(), '.build', 'test', 'browser', 'reference-child.js');
  const text = execFileSync(process.execPath, [child, name, algebra], { encoding: 'utf8' });
  return JSON.parse(text) as ReferenceNumbers;
}

/** Relative differences of two results, the largest first. */
function differences(one: ReferenceNumbers, other: ReferenceNumbers) {
  return Object.entries(one.numbers)
    .map(([what, numbers]) => ({ what, by: relativeDifference(numbers, other.numbers[what]) }))
    .sort((a, b) => b.by - a.by);
}

/** '7.6e-15 (direction at α = 1e+7), 3.1e-15 (…)', or 'nothing'. */
const words = (found: ReturnType<typeof differences>) =>
  found
    .filter(({ by }) => by > 0)
    .slice(0, 2)
    .map(({ what, by }) => `${by.toExponential(1)} (${what})`)
    .join(', ') || 'nothing';

const seconds = ({ milliseconds: { flow, limit } }: ReferenceNumbers) =>
  `flow ${(flow / 1e3).toFixed(2)} s, limit ${(limit / 1e3).toFixed(2)} s`;

describe('a reference flow to α = 10⁸ and its limit, in a page', function () {
  this.timeout(120_000);
  const browser = findChromium();
  let site: Site;
  let held: { readonly page: Page; readonly close: () => Promise<void> } | undefined;

  before(async function () {
    if (!browser) return this.skip();
    const bundle = await bundleForBrowser(SCRIPT);
    console.log(`      The page's script: ${sizeWords(bundle)}.`);
    site = await serveSite(
      new Map([
        ['index.html', PAGE],
        ['page.js', bundle.code],
      ]),
    );
    held = await holdChromium(browser);
  });

  after(async () => {
    await held?.close();
    site?.close();
  });

  /** In a page of its own, as each run in Node has a process of its own: nothing is compiled yet. */
  const solveInPage = async (name: string) => {
    const { page } = held!;
    await page.goto(site.address);
    return page.evaluate(
      (problem) =>
        (globalThis as never as { solveReference(of: unknown): ReferenceNumbers }).solveReference(
          problem,
        ),
      referenceProblem(name),
    );
  };

  for (const name of ['squared-relu', 'relu']) {
    it(`has the numbers that Node has, of the ${name} problem`, async () => {
      const found = await solveInPage(name);
      const plain = inNode(name, 'plain');
      const native = inNode(name, 'native');
      const apart = differences(plain, found);
      console.log(`      In the page: ${seconds(found)}; in Node: ${seconds(plain)}.`);
      console.log(`      The page differs from Node by ${words(apart)}.`);
      console.log(
        `      In Node ${native.algebra} differs by ${words(differences(plain, native))}.`,
      );
      expect(found.algebra).to.equal('plain TypeScript');
      expect(plain.algebra).to.equal('plain TypeScript');
      expect(found.status).to.equal('finished');
      expect(found.doubts).to.deep.equal([]);
      expect(found.support).to.deep.equal(plain.support);
      expect(found.flat).to.equal(plain.flat);
      expect(found.steps).to.equal(plain.steps);
      for (const { what, by } of apart) expect(by, what).to.be.at.most(AGREEMENT);
    });
  }
});
