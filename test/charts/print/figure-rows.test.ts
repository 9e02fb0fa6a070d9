import { expect } from 'chai';
import { lineChart } from '../../../src/charts/line-chart.js';
import { pictureGrid } from '../../../src/charts/picture-grid.js';
import { figureAxes, figureRows } from '../../../src/charts/print/figure-rows.js';

const axis = (title: string) => ({ title, symbol: title });
const words = { name: 'figure', title: 'Figure', caption: '' };

describe('the numbers of a figure', () => {
  it('are its points, each once, and its reference lines', () => {
    const series = [{ name: 'one', x: [1, 2], y: [3, 4], points: true }];
    const references = [{ axis: 'y' as const, at: 5, label: 'bound' }];
    const figure = lineChart(words, { x: axis('a'), y: axis('b'), series, references });
    expect(figureRows(figure)).to.deep.equal([
      { panel: '', mark: 'line', x: 1, y: 3, series: 'one' },
      { panel: '', mark: 'line', x: 2, y: 4, series: 'one' },
      { panel: '', mark: 'rule', y: 5, label: 'bound' },
    ]);
    expect(figureAxes(figure)).to.deep.equal([{ panel: '', x: 'a', y: 'b' }]);
  });

  it('are the values behind pictures, not their colours', () => {
    const pictures = [{ row: 'r', column: 'c', values: [1, 2, 3, 4, 5, 6] }];
    const grid = { height: 2, width: 3, rowTitle: 'rows', columnTitle: 'columns', pictures };
    const rows = figureRows(pictureGrid(words, grid)).filter(({ mark }) => mark === 'pixel');
    expect(rows).to.have.length(6);
    expect(rows[4]).to.deep.equal({ panel: 'r, c', mark: 'pixel', x: 1, y: 1, value: 5 });
  });
});
