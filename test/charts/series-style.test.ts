import { expect } from 'chai';
import { seriesStyle } from '../../src/charts/series-style.js';

const many = (count: number) =>
  Array.from({ length: count }, (_, k) => ({ name: `series ${k}`, x: [], y: [] }));

interface Range {
  readonly scale: { readonly range: readonly unknown[] };
}

function rangesOf(count: number, ordered: boolean) {
  const { channels, marked } = seriesStyle(many(count), 500, ordered);
  const colors = (channels.color as Range).scale.range as string[];
  return { colors, dashes: (channels.strokeDash as Range).scale.range, marked };
}

/** CIE lightness of a colour, which is what a print in grey keeps. */
function lightness(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 116 * Math.cbrt(0.2126 * r + 0.7152 * g + 0.0722 * b) - 16;
}

describe('the looks of series', () => {
  it('go from light to dark by steps that grey keeps, where series are ordered', () => {
    for (const count of [2, 4, 6]) {
      const grey = rangesOf(count, true).colors.map(lightness);
      const steps = grey.slice(1).map((value, k) => grey[k] - value);
      // The last two are both nearly black; one has dashes, the other none.
      for (const step of steps.slice(0, -1)) expect(step).to.be.above(8);
      expect(grey[0]).to.be.within(70, 80);
      expect(rangesOf(count, true).dashes.at(-1)).to.deep.equal([1, 0]);
    }
  });

  it('differ in dashes beside colours for as many as there are colours', () => {
    const { colors, dashes } = rangesOf(7, false);
    expect(new Set(colors).size).to.equal(7);
    expect(new Set(dashes.map(String)).size).to.equal(7);
  });

  it('differ in markers too where there are more than four', () => {
    expect(rangesOf(4, false).marked.size).to.equal(0);
    const markers = Array.from(rangesOf(7, false).marked.values(), ({ path }) => path);
    expect(new Set(markers).size).to.equal(7);
  });
});
