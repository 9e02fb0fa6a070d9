import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../../src/charts/figure.js';
import { exportFigures, figuresTex, writeCompanions } from '../../src/charts/node/index.js';
import { projectRoot } from '../helpers/project-root.js';
import { ROUNDING, smallestText } from '../charts/print/smallest-text.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { galleryParts } from './gallery.js';

const found = (program: string, option: string) =>
  spawnSync(program, [option], { stdio: 'ignore' }).error === undefined;
const vlConvert = spawnSync(join(projectRoot(), '.venv', 'bin', 'python'), [
  '-c',
  'import vl_convert',
]);

describe('figures of all claims on paper', function () {
  this.timeout(600_000);
  let folder = '';
  let figures: Figure[] = [];
  const file = (name: string) => join(folder, name);

  before(async () => {
    folder = temporaryFolder('printed-');
    figures = (await galleryParts())
      .flatMap((part) => part.figures)
      .filter(({ kind }) => kind === 'vega-lite');
    const options = { style: 'paper', formats: ['svg', 'pdf'] } as const;
    await exportFigures(figures, folder, options);
    for (const figure of figures) writeCompanions(figure, folder, {});
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('have text of 7 points or more in a column of 3.25 inches', () => {
    for (const { name } of figures) {
      const svg = readFileSync(file(`${name}.svg`), 'utf8');
      expect(svg, name).to.include(' width="234pt" ');
      expect(smallestText(svg), name).to.be.at.least(7 - ROUNDING);
    }
  });

  it('have captions that LaTeX without further fonts can typeset', () => {
    for (const { name } of figures) {
      // eslint-disable-next-line no-control-regex -- anything but ASCII would be left out of the document
      expect(readFileSync(file(`${name}.tex`), 'utf8'), name).to.match(/^[\x00-\x7f]*$/);
    }
  });

  it('have PDFs with all of their fonts embedded', function () {
    if (vlConvert.status !== 0 || !found('pdffonts', '-v')) return this.skip();
    for (const { name } of figures) {
      const { stdout } = spawnSync('pdffonts', [file(`${name}.pdf`)], { encoding: 'utf8' });
      const [, rule, ...fonts] = stdout.trimEnd().split('\n');
      expect(fonts, name).not.to.be.empty;
      const at = rule.split(' ').map((dashes) => dashes.length);
      const embedded = at[0] + at[1] + at[2] + 3;
      for (const font of fonts) expect(font.slice(embedded, embedded + 3), name).to.equal('yes');
    }
  });

  it('are all in figures.tex, which compiles', function () {
    if (vlConvert.status !== 0 || !found('pdflatex', '--version')) return this.skip();
    const pages = Array.from({ length: Math.ceil(figures.length / 8) }, (_, k) =>
      figures.slice(8 * k, 8 * k + 8).map(({ name, title }) => ({ path: name, title })),
    );
    writeFileSync(file('figures.tex'), figuresTex(pages));
    const options = ['-interaction=nonstopmode', '-halt-on-error', 'figures.tex'];
    const { status, stdout } = spawnSync('pdflatex', options, { cwd: folder, encoding: 'utf8' });
    expect(status, stdout.slice(-2000)).to.equal(0);
    expect(existsSync(file('figures.pdf'))).to.equal(true);
    expect(stdout).not.to.match(/Missing character|LaTeX Warning: .*(?:lost|too large)/);
  });
});
