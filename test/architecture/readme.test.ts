import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { claims } from '../../src/claims/index.js';
import { claimsPage } from '../../src/cli/reproduce/claims-page.js';
import { publishable, withVerdicts } from '../../src/cli/reproduce/verdict-table.js';
import { projectRoot } from '../helpers/project-root.js';

const root = projectRoot();
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const readme = text('README.md');
const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const notebooks = readdirSync(join(root, 'notebooks'))
  .filter((name) => name.endsWith('.ipynb'))
  .map((name) => name.replace('.ipynb', ''));

const results = publishable(JSON.parse(text('docs/results.json')), 'docs/results.json');
const RENEW = 'run `node dist/cli/reproduce/publish.js` after a build';

/** Names in backquotes in one column of a table's rows. */
function column(markdown: string, place: number): string[] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => row.split('|')[place].trim().replaceAll('`', ''));
}

describe('the README', () => {
  it('is one short page', () => {
    expect(readme.split(/\s+/).length).to.be.at.most(900);
  });

  it('lists every claim, in order', () => {
    expect(column(readme, 1)).to.deep.equal(claims.map(({ id }) => id));
  });

  it('tells the verdicts and numbers of docs/results.json', () => {
    expect(readme, RENEW).to.equal(withVerdicts(readme, results));
  });

  it('leads to every page of docs/', () => {
    for (const page of pages) expect(readme).to.contain(`(docs/${page})`);
  });
});

describe('the page of claims', () => {
  it('tells what they say and the numbers of docs/results.json', () => {
    expect(text('docs/claims.md'), RENEW).to.equal(claimsPage(results));
  });
});

describe('links between pages', () => {
  const all = [
    'README.md',
    'CONTRIBUTING.md',
    'environment.md',
    ...pages.map((page) => `docs/${page}`),
  ];
  for (const path of all) {
    it(`of ${path} lead to files`, () => {
      const links = [...text(path).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link]) => link);
      const missing = links.filter((link) => !existsSync(join(root, dirname(path), link)));
      expect(missing).to.deep.equal([]);
    });
  }
});

describe('the quick start', () => {
  it('lists every other notebook, in order', () => {
    const { cells } = JSON.parse(text('notebooks/00-quick-start.ipynb')) as {
      cells: { source: string[] }[];
    };
    const listed = cells.flatMap(({ source }) => column(source.join(''), 1));
    expect(listed).to.deep.equal(notebooks.slice(1));
  });
});

describe('CONTRIBUTING.md', () => {
  it('names files that are there', () => {
    const named = [...text('CONTRIBUTING.md').matchAll(/`((?:src|test|docs)\/[\w./-]+)`/g)].map(
      ([, n]) => n,
    );
    const missing = named.filter(
      (name) => !/NAME|\bID\b/.test(name) && !existsSync(join(root, name)),
    );
    expect(named.length).to.be.above(15);
    expect(missing).to.deep.equal([]);
  });
});
