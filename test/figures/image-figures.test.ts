import { expect } from 'chai';
import type { Claim, ClaimResult } from '../../src/claims/index.js';
import type { ImageRun } from '../../src/experiments/index.js';
import { claimFigures } from '../../src/figures/claim-figures.js';
import type { Figure } from '../../src/figures/figure.js';
import { toSvg } from '../../src/figures/svg.js';
import { madeUpImageRun, type MadeUp } from '../helpers/made-up-image-run.js';
import { countMarks, expectPlainNumbers, expectShortNumbers, wordsOf } from './checks.js';

const KINDS = ['margins', 'alignment', 'path', 'layers', 'degree', 'errors'];

function figuresOf(part: Partial<MadeUp> = {}): Figure[] {
  const record: ImageRun = madeUpImageRun(part);
  const result: ClaimResult = {
    claim: { id: record.name } as Claim,
    verdict: 'inconclusive',
    evidence: [],
    record,
  };
  return claimFigures(result);
}

describe('figures of image claims', () => {
  const figures = figuresOf();
  const svgs = new Map<string, string>();
  const svg = (kind: string) => svgs.get(`h-alexnet-${kind}`)!;

  before(async function () {
    this.timeout(60_000);
    // Warnings of Vega-Lite and Vega are errors here.
    for (const figure of figures) svgs.set(figure.name, await toSvg(figure));
  });

  it('have these names, by the network', () => {
    for (const [name, title] of [
      ['h-alexnet', 'H-AlexNet'],
      ['densenet', 'DenseNet'],
      ['resnet', 'ResNet'],
    ] as const) {
      const all = figuresOf({ name });
      expect(all.map((figure) => figure.name)).to.deep.equal(
        KINDS.map((kind) => `${name}-${kind}`),
      );
      all.forEach((figure) => expect(figure.title).to.match(new RegExp(`^${title}: `)));
    }
  });

  it('keep specifications small, finite and rounded', () => {
    for (const figure of figures) {
      expect(JSON.stringify(figure.spec).length, figure.name).to.be.below(300_000);
      expectPlainNumbers(figure);
      expectShortNumbers(figure);
    }
  });

  it('are as small for very many images and moments', () => {
    const alphas = Array.from({ length: 18 }, (_, k) => 2 ** (k + 1));
    const many = figuresOf({
      alphas,
      smallest: alphas.map((_, k) => 0.1 + 0.01 * k),
      angles: alphas.map((_, k) => 1.4 - 0.05 * k),
    });
    for (const { name, spec } of many) {
      expect(JSON.stringify(spec).length, name).to.be.below(300_000);
    }
  });

  it('draw titles, and titles of axes', () => {
    for (const { name, title } of figures) {
      expect(wordsOf(svgs.get(name)!), name).to.include(title);
      expect(svgs.get(name)!.match(/role-axis-title/g)?.length, name).to.be.at.least(2);
    }
  });

  it('draw the same bytes again', async () => {
    for (const figure of figuresOf()) {
      expect(await toSvg(figure), figure.name).to.equal(svgs.get(figure.name));
    }
  }).timeout(60_000);

  it('draw a distribution for each of at most six moments, under both normalisers', () => {
    expect(countMarks(svg('margins'), 'line')).to.equal(2 * 4);
    expect(wordsOf(svg('margins'))).to.include.members([
      '÷ ‖θ‖ᴸ',
      '÷ median margin',
      'α = 2',
      'α = 16',
    ]);
    const { caption } = figures[0];
    expect(caption).to.include('Divided by norm.').and.include('Divided by median.');
  });

  it('draw three ways to look at alignment and three at the path', () => {
    expect(countMarks(svg('alignment'), 'line')).to.equal(3);
    expect(countMarks(svg('path'), 'line')).to.equal(3);
  });

  it('draw layers with weights alone', () => {
    expect(countMarks(svg('layers'), 'line')).to.equal(2 * 2);
    expect(wordsOf(svg('layers')))
      .to.include('dense 1')
      .and.not.include('dense 1 bias');
  });

  it('tell the largest residual from the median by its looks', () => {
    expect(countMarks(svg('degree'), 'line')).to.equal(3 + 2);
    const lines = svg('degree')
      .match(/<g class="mark-line[^>]*>.*?<\/g>/gs)!
      .join('');
    const looks = [...lines.matchAll(/stroke="([^"]*)"/g)].map(([, stroke]) => stroke);
    expect(new Set(looks).size).to.equal(4);
  });

  it('draw training and test error through all steps', () => {
    expect(countMarks(svg('errors'), 'line')).to.equal(2);
    expect(wordsOf(svg('errors'))).to.include.members(['training error', 'test error']);
  });

  it('are none where the run did not reach its goal', () => {
    const claim = { id: 'resnet' } as Claim;
    const none = { claim, verdict: 'inconclusive', evidence: [], record: undefined } as const;
    expect(claimFigures(none)).to.deep.equal([]);
  });
});
