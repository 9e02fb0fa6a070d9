import { expect } from 'chai';
import { gunzipSync } from 'node:zlib';
import { reportedFigure, reportPage, type ReportedClaim } from '../../src/report/index.js';
import { madeUpChart, madeUpClaim, madeUpReport, noRuntime } from './made-up-report.js';

const open: ReportedClaim = {
  ...madeUpClaim,
  id: 'open',
  verdict: 'inconclusive',
  headline: undefined,
  notebook: undefined,
  evidence: [],
  records: [],
  notes: ['Its records were not kept.'],
};

/** The page without what it carries for its drawings. */
const shown = (page: string) =>
  page.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>/g, '');

describe('the page of the report', () => {
  let page: string;
  before(async () => {
    const claim = { ...madeUpClaim, figures: [await reportedFigure(madeUpChart)] };
    const report = madeUpReport([claim, open]);
    page = reportPage(
      {
        ...report,
        missing: [{ id: 'lost', reason: 'Interrupted.' }],
        notebooks: [{ name: 'quick-start', link: 'report-notebooks/00-quick-start.html' }],
      },
      noRuntime,
    );
  });

  it('counts the verdicts, and those that were not expected', () => {
    expect(page).to.include(
      'Of 2 claims, 1 is supported, none is contradicted and 1 is inconclusive.',
    );
    expect(page).to.include('1 verdict differs from the expected one.');
    expect(page).to.include('It was expected to be supported.');
  });

  it('tells a claim’s statement, criterion, key numbers, evidence and records', () => {
    for (const text of [
      'Every number is &lt; 1.',
      'One is small.',
      'at most 0.5',
      '>0.25 to 0.5<',
      'All the evidence: 3 numbers',
      'how &lt;large&gt;',
      '>∞<',
      '<code>flow-0123456789ab</code>',
      'href="report-notebooks/01-small.html"',
      'href="report-notebooks/00-quick-start.html"',
      'Its records were not kept.',
      'No number was judged.',
      '<code>lost</code>: Interrupted.',
    ]) {
      expect(page).to.include(text);
    }
  });

  it('tells where the numbers come from', () => {
    for (const text of [
      'smoke, 1',
      `${'abc'.repeat(10)}</code> with changes that were not committed`,
      'A processor, 2 cores, 8 GiB, linux x64',
      '1 min 1 s',
      'begun on 2026-01-02',
      'not installed',
      'datasets/a.gz',
    ]) {
      expect(page).to.include(text);
    }
  });

  it('has words in the place of each drawing', () => {
    const images = [...page.matchAll(/<img ([^>]*)>/g)].map(([, attributes]) => attributes);
    expect(images).to.have.length(1);
    expect(images[0]).to.include('alt="Two &lt;curves&gt;. from one run. They &quot;fall&quot;."');
  });

  it('asks nothing of a network, and closes what it opens', () => {
    const addresses = [...shown(page).matchAll(/(?:src|srcset|href)="([^"]*)"/g)].map(
      ([, to]) => to,
    );
    expect(addresses.length).to.be.above(8);
    const outside = addresses.filter(
      (to) => !/^(#|data:image\/svg\+xml,|report-notebooks\/)/.test(to),
    );
    expect(outside).to.deep.equal([]);
    for (const tag of ['section', 'details', 'table', 'figure', 'main', 'dialog']) {
      const count = (pattern: string) => shown(page).match(new RegExp(pattern, 'g'))?.length;
      expect(count(`<${tag}[ >]`), tag).to.equal(count(`</${tag}>`));
    }
  });

  it('names nothing twice', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('carries the library with its licence, and what it draws', () => {
    const carried = (id: string) => {
      const [, letters] = new RegExp(`id="${id}">([^<]*)<`).exec(page)!;
      return gunzipSync(Buffer.from(letters, 'base64')).toString();
    };
    expect(carried('vega')).to.equal(noRuntime.script);
    expect(JSON.parse(carried('moving-curves'))).to.have.property('marks');
    expect(page).to.include('A licence - - of Vega');
  });

  it('is the same, to the byte, each time', () => {
    const report = madeUpReport([madeUpClaim, open]);
    expect(reportPage(report, noRuntime)).to.equal(reportPage(report, noRuntime));
  });
});
