/** x³² + x²⁶ + … + 1 with its bits reversed, as zip archives have it. */
const POLYNOMIAL = 0xedb88320;

/** The remainders of one byte, then of that byte with one to three zero bytes after it. */
const [LAST, THIRD, SECOND, FIRST] = tables();

/**
 * The CRC-32 of zip archives (IEEE 802.3), from 0 to 2³² − 1. fflate keeps its own to itself and does
 * not check one when it unpacks; Node's is not in browsers.
 */
export function crc32(bytes: Uint8Array): number {
  const fours = bytes.length - (bytes.length % 4);
  let rest = -1;
  let at = 0;
  // Four bytes at once: their lookups do not wait for each other.
  for (; at < fours; at += 4) {
    rest ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    rest =
      FIRST[rest & 255] ^
      SECOND[(rest >>> 8) & 255] ^
      THIRD[(rest >>> 16) & 255] ^
      LAST[rest >>> 24];
  }
  for (; at < bytes.length; at++) rest = LAST[(rest ^ bytes[at]) & 255] ^ (rest >>> 8);
  return ~rest >>> 0;
}

function tables(): Int32Array[] {
  const last = Int32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? POLYNOMIAL ^ (rest >>> 1) : rest >>> 1;
    return rest;
  });
  const withZero = (table: Int32Array) => table.map((rest) => last[rest & 255] ^ (rest >>> 8));
  const third = withZero(last);
  const second = withZero(third);
  return [last, third, second, withZero(second)];
}
