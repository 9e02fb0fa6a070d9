import { expect } from 'chai';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimFigures, directionalConvergence, unfinishedClaim } from '../../src/claims/index.js';
import { mimeBundle, PLOTLY_MIME, VEGA_LITE_MIME, type Figure } from '../../src/charts/figure.js';
import { show } from '../../src/notebook/index.js';
import { toSvg } from '../../src/charts/svg.js';
import { expectPlainNumbers, expectShortNumbers, wordsOf } from '../charts/checks.js';
import { svgDifferences } from '../charts/svg-differences.js';
import { projectRoot } from '../helpers/project-root.js';
import {
  GALLERY,
  GALLERY_PAGE,
  galleryPage,
  galleryParts,
  keptDrawing,
  RENEW,
  type GalleryPart,
} from './gallery.js';

/** Where a drawing goes that is not the committed one, to be looked at beside it. */
const DRAWN_ANEW = join(projectRoot(), '.build', 'gallery');

describe('figures of the claims', () => {
  let parts: GalleryPart[] = [];
  let figures: Figure[] = [];
  const svgs = new Map<string, string>();
  const paper = () => figures.filter(({ kind }) => kind === 'vega-lite');

  before(async function () {
    this.timeout(120_000);
    parts = await galleryParts();
    figures = parts.flatMap((part) => part.figures);
    // Warnings of Vega-Lite and Vega are errors here.
    for (const figure of paper()) svgs.set(figure.name, await toSvg(figure));
    rmSync(DRAWN_ANEW, { recursive: true, force: true });
  });

  it('are drawn as they are in docs/gallery/', () => {
    const found = paper().flatMap(({ name }) => {
      const kept = keptDrawing(name);
      const differences =
        kept === undefined
          ? ['there is none in docs/gallery/']
          : svgDifferences(svgs.get(name)!, kept);
      if (differences.length === 0) return [];
      mkdirSync(DRAWN_ANEW, { recursive: true });
      writeFileSync(join(DRAWN_ANEW, `${name}.svg`), svgs.get(name)!);
      const more = differences.length > 4 ? [`and ${differences.length - 4} more`] : [];
      return [...differences.slice(0, 4), ...more].map((text) => `${name}: ${text}`);
    });
    const where = `The new drawings are in ${DRAWN_ANEW}. ${RENEW}`;
    expect(found.length, `${found.join('\n')}\n${where}\n`).to.equal(0);
  }).timeout(60_000);

  it('are all that is in docs/gallery/, each with a name of its own', () => {
    const names = paper().map(({ name }) => `${name}.svg`);
    expect(readdirSync(GALLERY).sort(), RENEW).to.deep.equal(names.sort());
  });

  it('are shown by docs/gallery.md with their titles and captions', () => {
    // How many points a caption leaves out may depend on where a run took its steps.
    const words = (page: string) => page.replace(/\d+/g, '0');
    expect(words(readFileSync(GALLERY_PAGE, 'utf8')), RENEW).to.equal(words(galleryPage(parts)));
  });

  it('are none for a claim without records', () => {
    const result = unfinishedClaim(directionalConvergence, 'Not run.');
    expect(claimFigures(result)).to.deep.equal([]);
  });

  it('keep specifications small, finite and rounded', () => {
    for (const figure of figures) {
      expect(JSON.stringify(figure.spec).length, figure.name).to.be.below(300_000);
      expectPlainNumbers(figure);
      expectShortNumbers(figure);
    }
  });

  it('draw titles, and titles of axes where there are axes', () => {
    for (const { name, title } of paper()) {
      const words = wordsOf(svgs.get(name)!);
      expect(words, name).to.include(title);
      if (name === 'direction-path-projected') continue;
      expect(svgs.get(name)!.match(/role-axis-title/g)?.length, name).to.be.at.least(2);
    }
  });

  it('draw the same bytes again', async () => {
    for (const figure of paper()) {
      expect(await toSvg(figure), figure.name).to.equal(svgs.get(figure.name));
    }
  }).timeout(60_000);

  it('draw the slopes on kinks within [0, 1], and those of the limit', () => {
    const words = wordsOf(svgs.get('relu-kink-slopes')!);
    expect(words.some((word) => /^limit 0\.\d+$/.test(word))).to.equal(true);
    expect(words.some((word) => /^example \d+$/.test(word))).to.equal(true);
    const { spec } = figures.find(({ name }) => name === 'relu-kink-slopes')!;
    const { layer } = spec as { layer: { data: { values: { y: number }[] } }[] };
    for (const { y } of layer[0].data.values) expect(y).to.be.within(0, 1);
  });

  it('tell in the caption how many points a log axis cannot show', () => {
    const figure = figures.find(({ name }) => name === 'angle-to-limit')!;
    expect(figure.caption).to.match(/Points not drawn: \d+ with α < 0\.1\.$/);
  });

  it('go to the notebook, each under one MIME type', () => {
    const sent: [string, unknown][] = [];
    show({ raw: (mime, value) => sent.push([mime, value]) }, ...figures);
    expect(sent).to.have.length(figures.length);
    expect(sent[0][0]).to.equal(PLOTLY_MIME);
    expect(sent[0][1]).to.have.keys('data', 'layout');
    expect(sent[1]).to.deep.equal([VEGA_LITE_MIME, figures[1].spec]);
    expect(mimeBundle(figures[1])).to.deep.equal({ [VEGA_LITE_MIME]: figures[1].spec });
  });

  it('have a twin on paper where they are Plotly’s', () => {
    for (const { kind, twin } of figures) {
      if (kind === 'plotly') expect(figures.map(({ name }) => name)).to.include(twin?.name);
    }
  });
});
