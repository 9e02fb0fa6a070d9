import { crc32 } from '../numerics/crc32.js';
import { zlibSync } from 'fflate';

/**
 * From −1 to 1: blue through white to orange; the same hues as the two classes. Blue is much the darker one, so
 * that a print in grey tells the sides apart.
 */
const STOPS: readonly (readonly [number, readonly [number, number, number]])[] = [
  [-1, [12, 62, 128]],
  [-0.5, [112, 162, 206]],
  [0, [250, 250, 250]],
  [0.5, [250, 198, 142]],
  [1, [226, 122, 36]],
];

/** The colour of a value in [−1, 1], as red, green and blue from 0 to 255; values beyond have that of the end. */
export function divergingColor(value: number): [number, number, number] {
  const at = Math.min(1, Math.max(-1, value));
  const above = Math.max(
    1,
    STOPS.findIndex(([stop]) => stop >= at),
  );
  const [low, from] = STOPS[above - 1];
  const [high, to] = STOPS[above];
  const share = (at - low) / (high - low);
  return from.map((part, i) => Math.round(part + share * (to[i] - part))) as [
    number,
    number,
    number,
  ];
}

/** `steps` colours from −1 to 1 as hex strings, for a legend. */
export function divergingRange(steps: number): string[] {
  return Array.from({ length: steps }, (_, k) => {
    const parts = divergingColor((2 * k) / (steps - 1) - 1);
    return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  });
}

const LEVELS = 255;

/** What hatches negative values: a print in grey has the two hues alike. */
const HATCH = [8, 48, 107] as const;
/** Its place in the palette, after the levels. */
const HATCHED = LEVELS;
/** What is nearer to 0 has no sign to be seen. */
const NO_SIGN = 0.04;
/** Pixels from one line of the hatching to the next, in pictures of large pixels and of small ones. */
const APART = { large: 4, small: 7 } as const;

/**
 * A picture of width×height values in [−1, 1] (row by row, the top row first) as the address of an
 * inline PNG, the same on every machine, with one byte for a pixel before it is compressed. Negative values are
 * hatched. `enlarged` draws each value as a square of so many pixels, each with its own lines.
 */
export function rasterAddress(
  values: ArrayLike<number>,
  width: number,
  height: number,
  enlarged = 1,
): string {
  const header = [...word(enlarged * width), ...word(enlarged * height), 8, 3, 0, 0, 0];
  const levels = Array.from({ length: LEVELS }, (_, k) =>
    divergingColor((2 * k) / (LEVELS - 1) - 1),
  );
  const palette = [...levels, HATCH].flat();
  const apart = enlarged > 1 ? APART.large : APART.small;
  const pixels: number[] = [];
  for (let row = 0; row < enlarged * height; row++) {
    pixels.push(0);
    const from = Math.floor(row / enlarged) * width;
    for (let column = 0; column < enlarged * width; column++) {
      const value = Math.min(1, Math.max(-1, values[from + Math.floor(column / enlarged)]));
      const isHatched = value < -NO_SIGN && (row + column + 1) % apart === 0;
      pixels.push(isHatched ? HATCHED : Math.round(((value + 1) / 2) * (LEVELS - 1)));
    }
  }
  const bytes = [
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...chunk('IHDR', header),
    ...chunk('PLTE', palette),
    ...chunk('IDAT', zlibSync(Uint8Array.from(pixels), { level: 9 })),
    ...chunk('IEND', []),
  ];
  return `data:image/png;base64,${btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))}`;
}

function word(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
}

function chunk(type: string, data: Iterable<number>): number[] {
  const named = [...Buffer.from(type), ...data];
  return [...word(named.length - 4), ...named, ...word(crc32(Uint8Array.from(named)))];
}
