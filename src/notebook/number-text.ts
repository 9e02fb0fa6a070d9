import { powerOfTen } from '../figures/numbers.js';

/** A space at which no line breaks. */
export const NO_BREAK = '\u00a0';

/** A number as a reader would write it: 0.0123, 10⁷, 1.23 × 10⁻⁵, ∞, – for NaN, 1 − 2.1 × 10⁻⁶. */
export function numberText(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const belowOne = 1 - value;
  // A cosine is what it lacks of 1.
  if (belowOne > 1e-12 && Number(value.toPrecision(digits)) === 1) {
    return `1${NO_BREAK}−${NO_BREAK}${numberInWords(belowOne, 2)}`;
  }
  return numberInWords(value, digits).replace('-', '−');
}

/** 0.0123, 512, 10⁷ or 1.23 × 10⁻⁵. */
function numberInWords(value: number, digits: number): string {
  // The exponent after rounding: 9,999,999.99 is 10⁷, not 10 × 10⁶.
  const [mantissa, exponent] = value
    .toExponential(digits - 1)
    .split('e')
    .map(Number);
  if (value === 0 || (exponent > -4 && exponent < 4)) {
    return String(Number(value.toPrecision(digits)));
  }
  const power = powerOfTen(exponent);
  return mantissa === 1 ? power : `${mantissa}${NO_BREAK}×${NO_BREAK}${power}`;
}

/** 60,000: a count with its thousands set apart. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** '1 row', '2 rows'. */
export function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}
