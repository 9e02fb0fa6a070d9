import { expect } from 'chai';
import {
  alphaAxis,
  cumulativeMargins,
  figureText,
  lineChart,
  lineChartPanels,
  type Figure,
} from '../../src/charts/index.js';

const words = { name: 'made-up', title: 'A title', caption: 'What to see.' };
const y = { title: 'angle (radians, log scale)', symbol: 'angle', scale: 'log' } as const;
const falling = { name: 'falls', x: [1, 10, 100], y: [1, 0.1, 0.01] };
const dipping = { name: 'dips', x: [1, 10, 100], y: [0.5, 1e-5, 2] };

describe('figureText', () => {
  it('says where each curve begins, ends, and how low it dips', () => {
    const figure = lineChart(words, { x: alphaAxis, y, series: [falling, dipping] });
    expect(figureText(figure).split('\n')).to.deep.equal([
      'A title',
      'What to see.',
      'angle (radians, log scale), over α from 1 to 100',
      '  falls: from 1 to 0.01',
      '  dips: from 0.5 to 2, lowest 10⁻⁵',
    ]);
  });

  it('names the panels, and says how much is left out', () => {
    const panel = (title: string) => ({ title, x: alphaAxis, y, series: [falling, dipping] });
    const titles = Array.from({ length: 9 }, (_, k) => `panel ${k + 1}`);
    const lines = figureText(lineChartPanels(words, titles.map(panel))).split('\n');
    expect(lines[2]).to.equal('panel 1: angle (radians, log scale), over α from 1 to 100');
    expect(lines).to.have.length(2 + 24 + 1);
    expect(lines.at(-1)).to.equal('… and 3 lines more');
  });

  it('says of a distribution where half of it is', () => {
    const samples = [{ label: 'limit', margins: [3, 1, 2, 5] }];
    const figure = cumulativeMargins(words, [{ title: 'one', samples, limitMargin: 1 }]);
    expect(figureText(figure)).to.contain('limit: from 1 to 5, half below 2');
  });

  it('is title and caption of what it cannot read, and the name where there are none', () => {
    const drawing: Figure = { ...words, kind: 'vega-lite', spec: { mark: 'line' } };
    expect(figureText(drawing)).to.equal('A title\nWhat to see.');
    expect(figureText({ ...drawing, title: '', caption: '' })).to.equal('made-up');
  });
});
