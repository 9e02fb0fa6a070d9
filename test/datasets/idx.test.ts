import { expect } from 'chai';
import { readIdx } from '../../src/datasets/idx.js';

const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255);

describe('readIdx', () => {
  it('reads sizes and values', () => {
    const { dimensions, values } = readIdx(images, 'a.idx', 3);
    expect(dimensions).to.deep.equal([2, 1, 3]);
    expect([...values]).to.deep.equal([1, 2, 3, 4, 5, 255]);
  });

  it('reads from the middle of a larger buffer', () => {
    const padded = new Uint8Array(40);
    padded.set(images, 7);
    expect(readIdx(padded.subarray(7, 29), 'a.idx', 3).dimensions).to.deep.equal([2, 1, 3]);
  });

  it('refuses a wrong magic number', () => {
    expect(() => readIdx(images, 'a.idx', 1)).to.throw(
      'a.idx: expected the IDX magic number 0x00000801 (unsigned bytes, 1 dimension), found 0x00000803.',
    );
    expect(() => readIdx(Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'a.png', 3)).to.throw(
      'a.png: expected the IDX magic number 0x00000803 (unsigned bytes, 3 dimensions), found 0x89504e47.',
    );
  });

  it('refuses a type other than unsigned bytes', () => {
    expect(() => readIdx(images.with(2, 0x0d), 'a.idx', 3)).to.throw(
      'a.idx: unsupported IDX type, expected unsigned bytes (0x08), found 32-bit floats (0x0d).',
    );
  });

  it('refuses truncated values', () => {
    expect(() => readIdx(images.subarray(0, 20), 'a.idx', 3)).to.throw(
      'a.idx: truncated, expected 2 × 1 × 3 = 6 values, found 4.',
    );
  });

  it('refuses a truncated header', () => {
    expect(() => readIdx(images.subarray(0, 10), 'a.idx', 3)).to.throw(
      'a.idx: expected an IDX header of 16 bytes, found 10 bytes.',
    );
    expect(() => readIdx(new Uint8Array(0), 'a.idx', 3)).to.throw(
      'a.idx: expected an IDX header of 16 bytes, found 0 bytes.',
    );
  });

  it('refuses bytes after the end', () => {
    expect(() => readIdx(Uint8Array.of(...images, 0, 0), 'a.idx', 3)).to.throw(
      'a.idx: expected 2 × 1 × 3 = 6 values, found 2 more bytes after them.',
    );
  });
});
