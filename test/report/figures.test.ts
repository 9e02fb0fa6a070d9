import { expect } from 'chai';
import { explored, narrowed, reportedFigure } from '../../src/report/figures.js';
import type { Spec } from '../../src/report/spec-parts.js';
import { madeUpChart, madeUpPanels } from './made-up-report.js';

/** As wide as the plot of a phone's page may be with its axis, in pixels. */
const PHONE = 430;
const sizeOf = (svg: string) =>
  /width="([\d.]+)" height="([\d.]+)"/.exec(svg)!.slice(1).map(Number);
const textsOf = (svg: string) => [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text);

describe('a figure of the report', () => {
  it('is drawn without its title, which the page has, and keeps its subtitle in the caption', async () => {
    const { title, caption, wide } = await reportedFigure(madeUpChart);
    expect(title).to.equal('Two <curves>');
    expect(caption).to.equal('from one run. They "fall".');
    expect(textsOf(wide)).to.include('bound').and.not.to.include('from one run');
  });

  it('fits a phone with letters of the same size', async () => {
    for (const figure of [madeUpChart, madeUpPanels]) {
      const { wide, narrow } = await reportedFigure(figure);
      expect(sizeOf(wide)[0]).to.be.above(PHONE);
      expect(sizeOf(narrow)[0]).to.be.at.most(PHONE);
      expect(textsOf(narrow)).to.include.members(['α (log scale)', 'angle (radians)']);
      const sizes = [...narrow.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size));
      expect(Math.min(...sizes)).to.be.at.least(11);
    }
  });

  it('has its panels below each other on a phone', async () => {
    const { wide, narrow } = await reportedFigure(madeUpPanels);
    // Three panels, which take two rows on a wide page.
    expect(sizeOf(narrow)[1]).to.be.above(1.4 * sizeOf(wide)[1]);
  });

  it('keeps what hung on the right side of a plot there', () => {
    const label = (spec: object) => {
      const layers = (spec as { layer: { mark: { type?: string }; encoding: { x: object } }[] })
        .layer;
      return layers.find(({ mark }) => mark.type === 'text')!.encoding.x;
    };
    expect(label(madeUpChart.spec)).to.deep.equal({ value: 516 });
    expect(label(narrowed(madeUpChart.spec as Spec))).to.deep.equal({ value: 306 });
  });

  it('moves and zooms with each of its plots, and tells values by the titles of axes', async () => {
    const { moving } = await reportedFigure(madeUpPanels);
    const text = JSON.stringify(moving);
    for (const zoom of ['zoom0', 'zoom1', 'zoom2']) expect(text).to.include(`"${zoom}_tuple"`);
    expect(text).to.include(String.raw`\"α (log scale)\": `);
    expect(text).not.to.include('"type":"symbol","interactive":false');
  });

  it('is left as it is where it has a slider of its own', () => {
    const spec = { ...madeUpChart.spec, params: [{ name: 'place' }] };
    expect(JSON.stringify(explored(spec))).not.to.include('zoom0');
  });

  it('is the same, to the byte, each time', async () => {
    expect(await reportedFigure(madeUpPanels)).to.deep.equal(await reportedFigure(madeUpPanels));
  });
});
