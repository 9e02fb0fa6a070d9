import { expect } from 'chai';
import type { Axis } from '../../src/charts/axis.js';
import { lineChart } from '../../src/charts/line-chart.js';
import type { Plot } from '../../src/charts/plot.js';
import { lineChartPanels } from '../../src/charts/panels.js';
import { DASHES, PALETTE } from '../../src/charts/style.js';
import { toSvg } from '../../src/charts/svg.js';
import { countMarks, expectPlainNumbers, expectShortNumbers, wordsOf } from './checks.js';

const words = { name: 'chart', title: 'A title', caption: 'What to see.' };
const alpha: Axis = { title: 'α (log scale)', symbol: 'α', scale: 'log' };
const angle: Axis = { title: 'angle (radians, log scale)', symbol: 'angle', scale: 'log' };
const linear: Axis = { title: 'margin (no unit)', symbol: 'margin' };
const tens = [1, 10, 100, 1000];

function falling(name: string, factor: number) {
  return { name, x: tens, y: tens.map((x) => factor / x) };
}

describe('lineChart', () => {
  it('draws one line per series, with title, axis titles, powers of ten and a legend', async () => {
    const plot: Plot = { x: alpha, y: angle, series: [falling('one', 1), falling('two', 3)] };
    const svg = await toSvg(lineChart(words, plot));
    expect(countMarks(svg, 'line')).to.equal(2);
    const shown = wordsOf(svg);
    expect(shown).to.include.members(['A title', alpha.title, angle.title, 'one', 'two']);
    expect(shown).to.include.members(['1', '10', '10²', '10³', '0.1', '10⁻²']);
  });

  it('has the palette and the dashes in their order, and those that a series asks for', async () => {
    const chosen = { ...falling('three', 9), color: 5, dash: 1 };
    const plot: Plot = { x: alpha, y: angle, series: [falling('one', 1), chosen] };
    const svg = await toSvg(lineChart(words, plot));
    expect(svg).to.include(`stroke="${PALETTE[0]}"`).and.to.include(`stroke="${PALETTE[5]}"`);
    expect(svg).to.include(`stroke-dasharray="${DASHES[1].join(',')}"`);
  });

  it('needs no legend for one series', async () => {
    const svg = await toSvg(lineChart(words, { x: alpha, y: angle, series: [falling('one', 1)] }));
    expect(wordsOf(svg)).not.to.include('one');
  });

  it('marks points where asked to', async () => {
    const series = [{ ...falling('one', 1), points: true }, falling('two', 3)];
    const svg = await toSvg(lineChart(words, { x: alpha, y: angle, series }));
    expect(countMarks(svg, 'symbol')).to.equal(4);
  });

  it('drops what a log axis cannot show and counts it in the caption', () => {
    const x = [-3, 0, 1, 10, 100, 1000];
    const y = [1, 1, 0, NaN, -1, 0.5];
    const series = [{ name: 'one', x, y }];
    const figure = lineChart(words, { x: alpha, y: angle, series });
    expectPlainNumbers(figure);
    expect(figure.caption).to.equal(
      'What to see. Points not drawn: 2 with α ≤ 0, 2 with angle ≤ 0, 1 without angle.',
    );
    const later = lineChart(words, { x: { ...alpha, least: 0.1 }, y: linear, series });
    expect(later.caption).to.include('2 with α < 0.1');
  });

  it('draws an empty chart where nothing is left', async () => {
    const series = [{ name: 'one', x: [-1], y: [1] }];
    expect(wordsOf(await toSvg(lineChart(words, { x: alpha, y: angle, series })))).to.include(
      'A title',
    );
  });

  it('draws reference lines with their words, and leaves out those without a place', async () => {
    const references = [
      { axis: 'y' as const, at: 0.5, label: 'γ = 0.5' },
      { axis: 'x' as const, at: 100, label: 'here' },
      { axis: 'y' as const, at: NaN, label: 'nowhere' },
    ];
    const figure = lineChart(words, {
      x: alpha,
      y: linear,
      series: [falling('one', 1)],
      references,
    });
    const svg = await toSvg(figure);
    expect(countMarks(svg, 'rule')).to.equal(2);
    expect(wordsOf(svg)).to.include.members(['γ = 0.5', 'here']).and.not.to.include('nowhere');
  });

  it('thins long series to 400 points and rounds to six digits', () => {
    const x = Array.from({ length: 5000 }, (_, k) => Math.exp(k / 300));
    const figure = lineChart(words, { x: alpha, y: angle, series: [{ name: 'one', x, y: x }] });
    expectShortNumbers(figure);
    const rows = JSON.stringify(figure.spec).match(/"series":"one"/g)!;
    expect(rows.length).to.be.within(300, 400);
  });

  it('labels a narrow log axis between the powers of ten', async () => {
    const series = [{ name: 'one', x: [1, 2, 3], y: [0.7, 1.1, 2.2] }];
    const svg = await toSvg(lineChart(words, { x: linear, y: angle, series }));
    expect(wordsOf(svg)).to.include.members(['1', '2']);
  });

  it('gives the same bytes for the same input', async () => {
    const make = () => lineChart(words, { x: alpha, y: angle, series: [falling('one', 1)] });
    const first = await toSvg(make());
    expect(await toSvg(make())).to.equal(first);
  });
});

describe('toSvg', () => {
  it('draws several figures at once as it draws each alone', async () => {
    const charts = ['one', 'two', 'three'].map((name, k) =>
      lineChart({ ...words, title: name }, { x: alpha, y: angle, series: [falling(name, k + 1)] }),
    );
    const alone: string[] = [];
    for (const chart of charts) alone.push(await toSvg(chart));
    expect(await Promise.all(charts.map(toSvg))).to.deep.equal(alone);
  });

  it('names the figure that cannot be drawn', async () => {
    let message = '';
    const odd = { ...lineChart(words, { x: alpha, y: angle, series: [falling('one', 1)] }) };
    await toSvg({ ...odd, kind: 'plotly' }).catch((error: Error) => (message = error.message));
    expect(message).to.equal('chart is not a Vega-Lite figure.');
  });
});

describe('lineChartPanels', () => {
  it('gives a series that several panels share one colour and one place in the legend', async () => {
    const panel = (title: string, names: string[]) => ({
      title,
      x: alpha,
      y: angle,
      series: names.map((name, k) => falling(name, k + 1)),
    });
    const panels = [panel('left', ['one', 'two']), panel('right', ['two'])];
    const svg = await toSvg(lineChartPanels(words, panels));
    const shown = wordsOf(svg);
    expect(shown).to.include.members(['left', 'right']);
    expect(shown.filter((text) => text === 'two')).to.have.length(1);
    expect(countMarks(svg, 'line')).to.equal(3);
  });

  it('counts what is left out of all panels together', () => {
    const panel = {
      title: 'one',
      x: alpha,
      y: angle,
      series: [{ name: 'a', x: [-1, 1], y: [1, 1] }],
    };
    expect(lineChartPanels(words, [panel, panel]).caption).to.match(/drawn: 2 with α ≤ 0\.$/);
  });
});
