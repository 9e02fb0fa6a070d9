import { expect } from 'chai';
import type { Claim, ClaimResult } from '../../src/claims/index.js';
import { claimFigures } from '../../src/figures/claim-figures.js';
import {
  mimeBundle,
  PLOTLY_MIME,
  show,
  VEGA_LITE_MIME,
  type Figure,
} from '../../src/figures/figure.js';
import { toSvg } from '../../src/figures/svg.js';
import { countMarks, expectPlainNumbers, expectShortNumbers, wordsOf } from './checks.js';
import { shortResults } from './records.js';

describe('figures of the claims', () => {
  let results: ClaimResult[] = [];
  let figures: Figure[] = [];
  const svgs = new Map<string, string>();
  const paper = () => figures.filter(({ kind }) => kind === 'vega-lite');

  before(async function () {
    this.timeout(120_000);
    results = await shortResults();
    figures = results.flatMap(claimFigures);
    // Warnings of Vega-Lite and Vega are errors here.
    for (const figure of paper()) svgs.set(figure.name, await toSvg(figure));
  });

  it('has these figures, each with a name of its own', () => {
    expect(figures.map(({ name }) => name)).to.deep.equal([
      'direction-path',
      'direction-path-projected',
      'length-per-decade',
      'angle-to-limit',
      'margin-distribution',
      'training-error',
      'prediction-surface-squared-relu',
      'prediction-surface-relu',
      'alignment-angle',
      'alignment-cosine',
      'alignment-descent',
      'margins-in-time',
      'margin-gap',
      'margins-of-examples',
      'relu-alignment-angle',
      'relu-sliding-kinks',
      'relu-kink-slopes',
      'relu-alignment-controls',
      'loss-scaled-margin',
      'loss-scaled-loss',
      'loss-scaled-step',
    ]);
  });

  it('has none for a claim it does not know', () => {
    const claim = { id: 'another' } as Claim;
    expect(claimFigures({ claim, verdict: 'supported', evidence: [], record: {} })).to.deep.equal(
      [],
    );
  });

  it('keeps specifications small, finite and rounded', () => {
    for (const figure of figures) {
      expect(JSON.stringify(figure.spec).length, figure.name).to.be.below(300_000);
      expectPlainNumbers(figure);
      expectShortNumbers(figure);
    }
  });

  it('draws titles, and titles of axes where there are axes', () => {
    for (const { name, title } of paper()) {
      const words = wordsOf(svgs.get(name)!);
      expect(words, name).to.include(title);
      if (name === 'direction-path-projected') continue;
      expect(svgs.get(name)!.match(/role-axis-title/g)?.length, name).to.be.at.least(2);
    }
  });

  it('draws the same bytes again', async () => {
    for (const figure of results.flatMap(claimFigures)) {
      if (figure.kind === 'vega-lite') {
        expect(await toSvg(figure), figure.name).to.equal(svgs.get(figure.name));
      }
    }
  }).timeout(60_000);

  it('draws a line for every run, and one for the criterion', () => {
    expect(countMarks(svgs.get('length-per-decade')!, 'line')).to.equal(6);
    expect(countMarks(svgs.get('angle-to-limit')!, 'line')).to.equal(3);
    expect(countMarks(svgs.get('alignment-descent')!, 'line')).to.equal(12);
    expect(countMarks(svgs.get('margins-in-time')!, 'line')).to.equal(6);
    expect(countMarks(svgs.get('margins-of-examples')!, 'line')).to.equal(42 + 20 + 20);
    // Two runs, two gradients without multipliers, and the median of each of the three bundles.
    expect(countMarks(svgs.get('relu-alignment-angle')!, 'line')).to.equal(2 + 2 + 3);
    expect(countMarks(svgs.get('relu-sliding-kinks')!, 'line')).to.equal(2 + 2);
    expect(countMarks(svgs.get('relu-alignment-controls')!, 'line')).to.equal(4);
    expect(countMarks(svgs.get('loss-scaled-margin')!, 'line')).to.equal(2 * 3);
    expect(countMarks(svgs.get('loss-scaled-loss')!, 'line')).to.equal(3);
    expect(countMarks(svgs.get('loss-scaled-step')!, 'line')).to.equal(3);
  });

  it('draws the slopes on kinks within [0, 1], and those of the limit', () => {
    const words = wordsOf(svgs.get('relu-kink-slopes')!);
    expect(words.some((word) => /^limit 0\.\d+$/.test(word))).to.equal(true);
    expect(words.some((word) => /^example \d+$/.test(word))).to.equal(true);
    const { spec } = figures.find(({ name }) => name === 'relu-kink-slopes')!;
    const { layer } = spec as { layer: { data: { values: { y: number }[] } }[] };
    for (const { y } of layer[0].data.values) expect(y).to.be.within(0, 1);
  });

  it('draws the prediction at four moments with every training point', () => {
    const svg = svgs.get('prediction-surface-squared-relu')!;
    expect(countMarks(svg, 'image')).to.equal(4);
    expect(wordsOf(svg)).to.include.members(['separation', 'α = 10', 'α = 10³', 'limit']);
    // An invisible point in every panel stands for the colours in the legend.
    expect(countMarks(svg, 'symbol')).to.equal(4 * (42 + 1));
  });

  it('tells in the caption how many points a log axis cannot show', () => {
    const figure = figures.find(({ name }) => name === 'angle-to-limit')!;
    expect(figure.caption).to.match(/Points not drawn: \d+ with α < 0\.1\.$/);
  });

  it('hands every figure to the notebook under one MIME type', () => {
    const sent: [string, unknown][] = [];
    show({ raw: (mime, value) => sent.push([mime, value]) }, ...figures);
    expect(sent).to.have.length(figures.length);
    expect(sent[0][0]).to.equal(PLOTLY_MIME);
    expect(sent[0][1]).to.have.keys('data', 'layout');
    expect(sent[1]).to.deep.equal([VEGA_LITE_MIME, figures[1].spec]);
    expect(mimeBundle(figures[1])).to.deep.equal({ [VEGA_LITE_MIME]: figures[1].spec });
  });

  it('gives the Plotly figure a twin on paper', () => {
    for (const { kind, twin } of figures) {
      if (kind === 'plotly') expect(figures.map(({ name }) => name)).to.include(twin);
    }
  });
});
