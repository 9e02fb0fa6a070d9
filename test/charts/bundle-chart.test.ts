import { expect } from 'chai';
import { bundleChart, slidingPicture, type Bundle } from '../../src/charts/index.js';
import { toSvg } from '../../src/charts/svg.js';
import { countMarks, expectPlainNumbers, expectShortNumbers, wordsOf } from './checks.js';

const words = { name: 'bundles', title: 'A title', caption: 'A caption.' };
const x = { title: 'α (log scale)', symbol: 'α', scale: 'log' } as const;
const y = { title: 'value (no unit)', symbol: 'value' };

interface Drawn {
  readonly layer: readonly {
    readonly data: { readonly values: readonly { x: number; y: number }[] };
  }[];
}

function bundle(name: string, count: number, change: Partial<Bundle> = {}): Bundle {
  const lines = Array.from({ length: count }, (_, k) => ({
    x: [1, 10, 100],
    y: [k, 2 * k, 10 * k],
  }));
  return { name, lines, color: 0, ...change };
}

describe('a chart of bundles', () => {
  it('draws every curve, and one entry in the legend for each bundle', async () => {
    const bundles = [bundle('one', 3), bundle('two', 2, { color: 1 })];
    const svg = await toSvg(bundleChart(words, { x, y, bundles }));
    expect(countMarks(svg, 'line')).to.equal(5);
    expect(wordsOf(svg).filter((word) => ['one', 'two'].includes(word))).to.have.members([
      'one',
      'two',
    ]);
    expect(wordsOf(svg)).to.include.members(['A title', x.title, y.title]);
  });

  it('draws the median of all curves of a bundle, also of those that it does not draw', async () => {
    const figure = bundleChart(words, { x, y, bundles: [bundle('one', 41, { median: true })] });
    const { layer } = figure.spec as Drawn;
    expect(layer).to.have.length(2);
    expect(layer[1].data.values.map((row) => row.y)).to.deep.equal([20, 40, 200]);
    expect(figure.caption).to.equal('A caption. Thin curves drawn: 24 of 41 (one).');
    expect(countMarks(await toSvg(figure), 'line')).to.equal(25);
    expectPlainNumbers(figure);
    expectShortNumbers(figure);
  });

  it('counts what an axis cannot show', () => {
    const bundles = [{ name: 'one', color: 0, lines: [{ x: [0, 1, 10], y: [1, NaN, 2] }] }];
    expect(bundleChart(words, { x, y, bundles }).caption).to.equal(
      'A caption. Points not drawn: 1 with α ≤ 0, 1 without value.',
    );
  });

  it('draws an empty chart for empty bundles, and reference lines', async () => {
    const references = [{ axis: 'y' as const, at: 0.5, label: 'here' }];
    const bundles = [bundle('one', 0, { median: true }), bundle('two', 0)];
    const svg = await toSvg(bundleChart(words, { x, y, bundles, references }));
    expect(wordsOf(svg)).to.include.members(['A title', 'here']);
  });
});

describe('the picture of sliding', () => {
  it('draws three paths that end on the kink, and the slope that keeps them there', async () => {
    const figure = slidingPicture();
    const svg = await toSvg(figure);
    expect(wordsOf(svg)).to.include.members([figure.title, 'on the kink: slope 0.35']);
    expect(countMarks(svg, 'line')).to.equal(3);
    expectPlainNumbers(figure);
    expectShortNumbers(figure);
  });
});
