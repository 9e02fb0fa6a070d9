import { expect } from 'chai';
import { inflateSync, crc32 } from 'node:zlib';
import { divergingColor, divergingRange, rasterAddress } from '../../src/charts/raster.js';
import { chunksOf } from './picture-difference.js';

describe('rasterAddress', () => {
  it('is a PNG with right checksums and one palette entry for each value', () => {
    const values = [-1, 0, 1, 5, -0.5, -0.02];
    const chunks = chunksOf(rasterAddress(values, 3, 2));
    for (const { crc, checked } of chunks) expect(crc).to.equal(crc32(checked));
    expect(chunks.map(({ type }) => type)).to.deep.equal(['IHDR', 'PLTE', 'IDAT', 'IEND']);
    expect([...chunks[0].data]).to.deep.equal([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
    // Every row begins with its filter, 0; values beyond ±1 have the strongest colour.
    expect([...inflateSync(chunks[2].data)]).to.deep.equal([0, 0, 127, 254, 0, 254, 64, 124]);
  });

  it('hatches what is negative, in squares of pixels where it is enlarged', () => {
    const rows = (values: number[], enlarged: number) => {
      const idat = chunksOf(rasterAddress(values, 2, 1, enlarged)).find(
        ({ type }) => type === 'IDAT',
      );
      return [...inflateSync(idat!.data)];
    };
    const line = (...pixels: number[]) => [0, ...pixels];
    expect(rows([-1, 1], 4)).to.deep.equal([
      ...line(0, 0, 0, 255, 254, 254, 254, 254),
      ...line(0, 0, 255, 0, 254, 254, 254, 254),
      ...line(0, 255, 0, 0, 254, 254, 254, 254),
      ...line(255, 0, 0, 0, 254, 254, 254, 254),
    ]);
    const wide = Array.from({ length: 14 }, () => -1);
    const idat = chunksOf(rasterAddress(wide, 14, 1)).find(({ type }) => type === 'IDAT');
    expect([...inflateSync(idat!.data)].filter((level) => level === 255)).to.have.length(2);
  });

  it('holds large pictures', () => {
    const side = 300;
    const chunks = chunksOf(rasterAddress(new Float64Array(side * side), side, side));
    for (const { crc, checked } of chunks) expect(crc).to.equal(crc32(checked));
    expect(inflateSync(chunks[2].data)).to.have.length(side * (side + 1));
  });
});

describe('diverging colours', () => {
  it('runs from blue through near white to orange', () => {
    expect(divergingColor(0)).to.deep.equal([250, 250, 250]);
    expect(divergingColor(-3)).to.deep.equal(divergingColor(-1));
    expect(divergingRange(3)).to.deep.equal(['#0c3e80', '#fafafa', '#e27a24']);
  });
});
