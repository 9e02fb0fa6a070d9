import { inflateSync } from 'node:zlib';

/** A part of a PNG file. */
export interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** The checksum in the file. */
  readonly crc: number;
  /** What it is the checksum of. */
  readonly checked: Buffer;
}

const ADDRESS = 'data:image/png;base64,';

/** The parts of an inline PNG, in order. */
export function chunksOf(address: string): Chunk[] {
  const bytes = Buffer.from(address.slice(ADDRESS.length), 'base64');
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const checked = bytes.subarray(at + 4, at + 8 + length);
    const type = checked.subarray(0, 4).toString('latin1');
    chunks.push({ type, data: checked.subarray(4), crc: bytes.readUInt32BE(at + 8 + length), checked }); // prettier-ignore
    at += 12 + length;
  }
  return chunks;
}

/** Places in the palette: white, and the colour of the hatching, which negative values have. */
const MIDDLE = 127;
const HATCHED = 255;

/** Of the 255 colours from one end of the scale to the other. */
const LEVELS = 3;

/**
 * How an inline picture differs from the one that is kept, in words; undefined where both have one
 * size and one palette, and no pixel is further than a few steps of the palette from the other's.
 * Reads what `rasterAddress` writes: a byte for each pixel, rows without filters.
 */
export function pictureDifference(drawn: string, kept: string): string | undefined {
  if (!drawn.startsWith(ADDRESS) || !kept.startsWith(ADDRESS)) {
    return `leads to '${drawn.slice(0, 40)}', expected '${kept.slice(0, 40)}'`;
  }
  const [one, other] = [drawn, kept].map((address) => {
    const part = (type: string) => chunksOf(address).find((chunk) => chunk.type === type)!.data;
    const [header, palette] = [part('IHDR'), part('PLTE')];
    return { header, palette, width: header.readUInt32BE(0), rows: inflateSync(part('IDAT')) };
  });
  if (!one.header.equals(other.header)) return 'is a picture of another size or kind';
  if (!one.palette.equals(other.palette)) return 'is a picture of other colours';
  // A line of the hatching stands for any negative value: near the first of them rounding chooses.
  const distance = (k: number) => {
    const [low, high] = [one.rows[k], other.rows[k]].sort((a, b) => a - b);
    return high === HATCHED && low < MIDDLE ? 0 : high - low;
  };
  let far = 0;
  for (const k of one.rows.keys()) if (distance(k) > distance(far)) far = k;
  const away = distance(far);
  if (away <= LEVELS) return undefined;
  const [row, column] = [Math.floor(far / (one.width + 1)), (far % (one.width + 1)) - 1];
  return `is ${away} of 255 levels of colour away in row ${row}, column ${column}`;
}
