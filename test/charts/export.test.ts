import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportFigure, exportFigures } from '../../src/charts/node/export.js';
import type { Figure } from '../../src/charts/figure.js';
import { lineChart } from '../../src/charts/line-chart.js';
import { projectRoot } from '../helpers/project-root.js';

const venv = join(projectRoot(), '.venv');

function hasVlConvert(): boolean {
  try {
    execFileSync(join(venv, 'bin', 'python'), ['-c', 'import vl_convert'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function chart(name: string): Figure {
  const axis = { title: 'value', symbol: 'value' };
  const series = [{ name: 'one', x: [1, 2, 3], y: [1, 4, 9] }];
  return lineChart({ name, title: name, caption: '' }, { x: axis, y: axis, series });
}

const broken: Figure = {
  ...chart('broken'),
  spec: { mark: 'line', encoding: { x: { field: 'a', type: 'nonsense' } } },
};
const interactive: Figure = {
  ...chart('sphere'),
  kind: 'plotly',
  twin: chart('sphere-projected'),
  spec: { data: [], layout: {} },
};

describe('exportFigures', () => {
  let folder = '';
  const none = { venv: '/nowhere' };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'afterfit-figures-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes SVGs, the same bytes each time, and leaves nothing else', async () => {
    await exportFigures([chart('a'), chart('b')], folder, none);
    const first = readFileSync(join(folder, 'a.svg'), 'utf8');
    expect(first).to.match(/^<svg /);
    await exportFigures([chart('a')], folder, none);
    expect(readFileSync(join(folder, 'a.svg'), 'utf8')).to.equal(first);
    expect(readdirSync(folder).sort()).to.deep.equal(['a.svg', 'b.svg']);
  });

  it('makes the folder and says in a sentence what a PDF needs', async () => {
    const inner = join(folder, 'deep', 'er');
    const { written, skipped } = await exportFigure(chart('a'), inner, none);
    expect(written).to.deep.equal([join(inner, 'a.svg')]);
    expect(skipped).to.have.length(1);
    expect(skipped[0].name).to.equal('a.pdf');
    expect(skipped[0].reason).to.match(/npm run setup.*\.$/);
  });

  it('keeps the file that is there when a new one cannot be drawn', async () => {
    await exportFigure({ ...chart('a'), name: 'broken' }, folder, none);
    const before = readFileSync(join(folder, 'broken.svg'), 'utf8');
    let message = '';
    await exportFigure(broken, folder, none).catch((error: Error) => (message = error.message));
    expect(message).to.match(/^broken: /);
    expect(readFileSync(join(folder, 'broken.svg'), 'utf8')).to.equal(before);
    expect(readdirSync(folder)).to.deep.equal(['broken.svg']);
  });

  it('passes over Plotly figures, naming the twin', async () => {
    const { written, skipped } = await exportFigures([interactive], folder, none);
    expect(written).to.deep.equal([]);
    expect(skipped).to.deep.equal([
      { name: 'sphere', reason: 'An interactive figure; sphere-projected shows it on paper.' },
    ]);
  });

  it('refuses two figures of one name', async () => {
    let message = '';
    const both = [chart('a'), chart('a')];
    await exportFigures(both, folder, none).catch((error: Error) => (message = error.message));
    expect(message).to.equal('Two figures are called a.');
  });

  it('writes PDF and PNG with vl-convert', async function () {
    if (!hasVlConvert()) this.skip();
    this.timeout(60_000);
    const { written, skipped } = await exportFigures([chart('a')], folder, {
      formats: ['svg', 'pdf', 'png'],
      venv,
    });
    expect(skipped).to.deep.equal([]);
    expect(written.map((path) => path.slice(folder.length + 1))).to.deep.equal([
      'a.svg',
      'a.pdf',
      'a.png',
    ]);
    expect(readFileSync(join(folder, 'a.pdf')).subarray(0, 4).toString()).to.equal('%PDF');
    expect([...readFileSync(join(folder, 'a.png')).subarray(1, 4)]).to.deep.equal([80, 78, 71]);
    expect(readdirSync(folder).some((name) => name.endsWith('.part'))).to.be.false;
  });

  it('says so when a PDF cannot be written, and keeps the SVG', async function () {
    if (!hasVlConvert()) this.skip();
    this.timeout(60_000);
    // In the way of the file that is written first.
    mkdirSync(join(folder, `a.pdf.${process.pid}.part`));
    const { written, skipped } = await exportFigure(chart('a'), folder, { venv });
    expect(written).to.deep.equal([join(folder, 'a.svg')]);
    expect(skipped[0].reason).to.match(/^vl-convert could not write the file: .*\.$/);
    expect(readdirSync(folder)).to.deep.equal(['a.svg']);
  });
});
