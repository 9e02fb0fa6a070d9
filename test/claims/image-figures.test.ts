import { expect } from 'chai';
import type { Figure } from '../../src/charts/figure.js';
import { toSvg } from '../../src/charts/svg.js';
import {
  claimFigures,
  denseNetClaim,
  hAlexNetClaim,
  resNetClaim,
  unfinishedClaim,
} from '../../src/claims/index.js';
import { expectPlainNumbers, expectShortNumbers, wordsOf } from '../charts/checks.js';
import { madeUpImageRun, type MadeUp } from '../helpers/made-up-image-run.js';

const KINDS = ['margins', 'alignment', 'path', 'layers', 'degree', 'errors'];

const CLAIMS = [hAlexNetClaim, denseNetClaim, resNetClaim];

function figuresOf(part: Partial<MadeUp> = {}): Figure[] {
  const training = madeUpImageRun(part);
  const claim = CLAIMS.find(({ id }) => id === training.name)!;
  return claimFigures({ claim, verdict: 'inconclusive', evidence: [], record: { training } });
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

  it('are as small for very many images and checkpoints', () => {
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

  it('draw margins under both normalisers, and say why', () => {
    expect(wordsOf(svg('margins'))).to.include.members([
      '÷ ‖θ‖ᴸ',
      '÷ median margin',
      'α = 2',
      'α = 16',
    ]);
    const { caption } = figures[0];
    expect(caption).to.include('Divided by norm.').and.include('Divided by median.');
  });

  it('draw layers with weights alone', () => {
    expect(wordsOf(svg('layers')))
      .to.include('dense 1')
      .and.not.include('dense 1 bias');
  });

  it('tell the largest residual from the median by its looks', () => {
    const lines = svg('degree')
      .match(/<g class="mark-line[^>]*>.*?<\/g>/gs)!
      .join('');
    const looks = [...lines.matchAll(/stroke="([^"]*)"/g)].map(([, stroke]) => stroke);
    expect(new Set(looks).size).to.equal(4);
  });

  it('draw training and test error', () => {
    expect(wordsOf(svg('errors'))).to.include.members(['training error', 'test error']);
  });

  it('are none where the run did not reach its goal', () => {
    expect(claimFigures(unfinishedClaim(resNetClaim, 'It stopped.'))).to.deep.equal([]);
  });
});
