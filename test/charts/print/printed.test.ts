import { expect } from 'chai';
import type { Axis } from '../../../src/charts/axis.js';
import { lineChart } from '../../../src/charts/line-chart.js';
import { lineChartPanels } from '../../../src/charts/panels.js';
import { printedSvg, sizeOf, withoutUnits } from '../../../src/charts/print/fit.js';
import { sheetOf, type SheetOptions } from '../../../src/charts/print/sheet.js';
import { toSvg } from '../../../src/charts/svg.js';
import { wordsOf } from '../checks.js';
import { ROUNDING, smallestText } from './smallest-text.js';

const x: Axis = { title: 'α (log scale)', symbol: 'α', scale: 'log' };
const y: Axis = { title: 'a quantity with a title as long as a line (no unit)', symbol: 'y' };
const words = {
  name: 'figure',
  title: 'A title of so many words that a narrow column has no room for it in one line',
  caption: 'What to see.',
};
const rising = (name: string, factor: number) => ({
  name,
  x: [1, 10, 100, 1000],
  y: [1, 2, 3, 4].map((value) => factor * value),
});
const apart = { x, y, series: [rising('low', 1), rising('high', 5)] };
const together = { x, y, series: [rising('low', 1), rising('as low', 1.001)] };
const paper = (options: SheetOptions = {}) => sheetOf({ style: 'paper', ...options });

describe('a figure on a page', () => {
  it('has the width of the page, and text of 7 points or more', async () => {
    for (const width of ['2.5in', '3.25in', '120mm', '6.75in']) {
      const svg = await printedSvg(lineChart(words, apart), paper({ width }));
      const sheet = paper({ width });
      expect(svg).to.include(` width="${Number(sheet.width!.toFixed(3))}pt" `);
      expect(smallestText(svg)).to.be.at.least(7 - ROUNDING);
      // The plot fills it but for a few pixels.
      const pixels = sheet.width! / sheet.unit;
      const plot = Number(/class="background" aria-hidden="true" d="M0,0h([\d.]+)/.exec(svg)![1]);
      expect(plot).to.be.within(pixels - 130, pixels);
    }
  });

  it('has larger text on a slide, and on the web what it has without a page', async () => {
    const figure = lineChart(words, apart);
    expect(smallestText(await printedSvg(figure, sheetOf({ style: 'slide' })))).to.be.closeTo(
      14,
      ROUNDING,
    );
    expect(await printedSvg(figure, sheetOf())).to.equal(await toSvg(figure));
  });

  it('has panels below each other where they have no room beside each other', async () => {
    const figure = lineChartPanels(words, [
      { title: 'one', ...together },
      { title: 'two', ...together },
    ]);
    const height = async (width: string) =>
      sizeOf(withoutUnits(await printedSvg(figure, paper({ width })))).height;
    expect(await height('3.25in')).to.be.above(1.4 * (await height('6.75in')));
  });

  it('names curves beside them where there is room, and in a legend elsewhere', async () => {
    const direct = await printedSvg(lineChart(words, apart), paper());
    expect(direct).not.to.include('role-legend');
    expect(wordsOf(direct)).to.include.members(['low', 'high']);
    const legend = await printedSvg(lineChart(words, together), paper());
    expect(legend).to.include('role-legend');
    expect(wordsOf(legend)).to.include.members(['low', 'as low']);
  });

  it('breaks its title into lines, or leaves it to the caption', async () => {
    const figure = lineChart(words, apart);
    const titled = wordsOf(await printedSvg(figure, paper())).join(' ');
    expect(titled).not.to.include(words.title).and.to.include('A title of so many');
    const without = wordsOf(await printedSvg(figure, paper({ titles: false }))).join(' ');
    expect(without).not.to.include('A title');
  });

  it('has the font that is asked for, before those that every machine has', async () => {
    const svg = await printedSvg(lineChart(words, apart), paper({ font: 'Times New Roman' }));
    expect(svg).to.match(/font-family="Times New Roman, DejaVu Sans/);
  });

  it('gives converters plain numbers of points', async () => {
    const svg = withoutUnits(await printedSvg(lineChart(words, apart), paper()));
    expect(svg).to.match(/ width="234" height="[\d.]+" viewBox="0 0 367.7/);
  });
});
