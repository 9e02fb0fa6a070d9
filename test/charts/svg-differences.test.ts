import { expect } from 'chai';
import { rasterAddress } from '../../src/charts/raster.js';
import { svgDifferences } from './svg-differences.js';

const CURVE = Array.from({ length: 60 }, (_, k) => [5 * k, 100 - 99 * Math.exp(-k / 17)]);

/** A line through points, each coordinate written by `text`. */
function pathOf(points: readonly number[][], text = (value: number) => value.toFixed(3)): string {
  return points.map(([x, y], k) => `${k === 0 ? 'M' : 'L'}${text(x)},${text(y)}`).join('');
}

const line = (d: string, rest = 'stroke="#0072B2" stroke-width="2"') =>
  `<path aria-label="α: 1,000; angle: −0.5" d="${d}" ${rest}/>`;
const picture = (values: readonly number[]) =>
  `<image width="2" height="2" xlink:href="${rasterAddress(values, 2, 2)}"/>`;
const drawing = (inner: string, word = 'angle') =>
  '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300">' +
  `<g class="mark-line" transform="translate(10,20)">${inner}</g><text x="5">${word}</text></svg>\n`;

const CURVED = line(pathOf(CURVE));
const KEPT = drawing(CURVED);

describe('svgDifferences', () => {
  it('finds none between a drawing and itself', () => {
    expect(svgDifferences(KEPT, KEPT)).to.deep.equal([]);
  });

  it('passes over what rounding makes of numbers', () => {
    const moved = CURVE.map(([x, y]) => [x, y + 0.004]);
    const near = drawing(line(pathOf(moved)).replace('−0.5', '−0.50001'));
    expect(svgDifferences(near, KEPT)).to.deep.equal([]);
    const shifted = KEPT.replace('translate(10,', 'translate(10.000000000000002,');
    expect(svgDifferences(shifted, KEPT)).to.deep.equal([]);
  });

  it('passes over points elsewhere on the same line', () => {
    const between = CURVE.flatMap(([x, y], k) => {
      const next = CURVE[k + 1];
      return next === undefined
        ? [[x, y]]
        : [
            [x, y],
            [(x + next[0]) / 2, (y + next[1]) / 2],
          ];
    });
    expect(svgDifferences(drawing(line(pathOf(between))), KEPT)).to.deep.equal([]);
  });

  const wrong: [string, string, RegExp][] = [
    ['a path rounded to one decimal', drawing(line(pathOf(CURVE, (v) => v.toFixed(1)))), /strays/],
    ['a path rounded to whole pixels', drawing(line(pathOf(CURVE, (v) => v.toFixed(0)))), /strays/],
    [
      'a path rounded to one digit',
      drawing(line(pathOf(CURVE, (v) => String(Number(v.toPrecision(1)))))),
      /strays/,
    ],
    ['a line that ends early', drawing(line(pathOf(CURVE.slice(0, -1)))), /strays/],
    ['a gap in a line', drawing(line(pathOf(CURVE).replace(/L(?=150)/, 'M'))), /2 pieces/],
    ['another curve', drawing(line('M0,1C5,5,6,6,7,9')), /d is 'M0,1C5/],
    ['a missing series', drawing(''), /holds nothing, expected path/],
    ['a series too many', drawing(CURVED + CURVED), /holds 2 × path, expected path/],
    ['another colour', KEPT.replace('#0072B2', '#0072B3'), /stroke is '#0072B3', expected/],
    ['another width of a line', KEPT.replace('"2"', '"2.01"'), /stroke-width is '2.01'/],
    ['a dash', drawing(line(pathOf(CURVE), 'stroke="#0072B2" stroke-width="2" stroke-dasharray="2,2"')), /stroke-dasharray is '2,2', expected none/], // prettier-ignore
    ['a colour left out', KEPT.replace('stroke="#0072B2"', ''), /stroke is missing/],
    ['another word', drawing(CURVED, 'angles'), /the words 'angles', expected 'angle'/],
    ['a group elsewhere', KEPT.replace('(10,', '(10.1,'), /transform is 'translate\(10.1,20\)'/],
    ['another size', KEPT.replace('"300"', '"301"'), /^svg, width is '301'/],
    ['another number in a label', KEPT.replace('1,000', '1,010'), /aria-label is/],
    ['numbers where letters were', KEPT.replace('angle:', '5:'), /aria-label is/],
    ['another root', '<g/>', /the document is a <g>/],
  ];
  for (const [what, drawn, told] of wrong) {
    it(`finds ${what}, and says where`, () => {
      const found = svgDifferences(drawn, KEPT);
      expect(found).to.have.length.above(0);
      expect(found.join('\n')).to.match(told);
    });
  }

  it('names the place by Vega’s classes', () => {
    expect(svgDifferences(KEPT.replace('#0072B2', 'red'), KEPT)).to.deep.equal([
      "svg > g.mark-line[1] > path[1], stroke is 'red', expected '#0072B2'",
    ]);
  });

  it('compares pictures by their pixels', () => {
    const kept = drawing(picture([-1, 0, 0.5, 1]));
    const near = drawing(picture([-1, 0.01, 0.5, 1]));
    const other = drawing(picture([-1, 0, 0.4, 1]));
    const wide = kept.replace(/xlink:href="[^"]*"/, `xlink:href="${rasterAddress([0], 1, 1)}"`);
    expect(svgDifferences(near, kept)).to.deep.equal([]);
    expect(svgDifferences(other, kept).join()).to.match(/13 of 255 levels .* row 1, column 0$/);
    expect(svgDifferences(wide, kept).join()).to.match(/of another size or kind$/);
    const elsewhere = kept.replace(/href="[^"]*"/, 'href="picture.png"');
    expect(svgDifferences(elsewhere, kept).join()).to.match(/leads to 'picture.png'/);
  });
});
