import { expect } from 'chai';
import { crc32 as crc32OfNode } from 'node:zlib';
import { crc32 } from '../../src/numerics/crc32.js';

describe('the CRC-32 of zip archives', () => {
  it('is that of its definition on the text that everybody checks', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).to.equal(0xcbf43926);
    expect(crc32(new Uint8Array())).to.equal(0);
  });

  it("is that of Node's library, of every length and wherever the bytes lie in their buffer", () => {
    const buffer = Uint8Array.from({ length: 1100 }, (_, k) => (k * k * 7 + (k >> 3)) & 255);
    for (let length = 0; length < 70; length++) {
      for (let start = 0; start < 5; start++) {
        const bytes = buffer.subarray(start, start + length);
        expect(crc32(bytes)).to.equal(crc32OfNode(bytes));
      }
    }
    expect(crc32(buffer)).to.equal(crc32OfNode(buffer));
  });
});
