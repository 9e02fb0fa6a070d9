import { expect } from 'chai';
import { inflateSync, crc32 } from 'node:zlib';
import { divergingColor, divergingRange, rasterAddress } from '../../src/charts/raster.js';
import { chunksOf } from './picture-difference.js';

describe('rasterAddress', () => {
  it('is a PNG with right checksums and one palette entry for each value', () => {
    const values = [-1, 0, 1, 5, -0.5, -7];
    const chunks = chunksOf(rasterAddress(values, 3, 2));
    for (const { crc, checked } of chunks) expect(crc).to.equal(crc32(checked));
    expect(chunks.map(({ type }) => type)).to.deep.equal(['IHDR', 'PLTE', 'IDAT', 'IEND']);
    expect([...chunks[0].data]).to.deep.equal([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
    // Every row begins with its filter, 0; values beyond ±1 have the strongest colour.
    expect([...inflateSync(chunks[2].data)]).to.deep.equal([0, 0, 127, 254, 0, 254, 64, 0]);
  });

  it('holds pictures of more than one stored block', () => {
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
    expect(divergingRange(3)).to.deep.equal(['#2166ac', '#fafafa', '#c9580d']);
  });
});
