import { readable, rounded } from '../text/numbers.js';

/** A space at which no line breaks. */
export const NO_BREAK = '\u00a0';

/** A number as a reader would write it: 0.0123, 10⁷, 1.23 × 10⁻⁵, ∞, – for NaN, 1 − 2.1 × 10⁻⁶. */
export function numberText(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–';
  const belowOne = 1 - value;
  // A cosine is what it lacks of 1.
  if (belowOne > 1e-12 && rounded(value, digits) === 1) {
    return `1${NO_BREAK}−${NO_BREAK}${withinLine(belowOne, 2)}`;
  }
  return withinLine(value, digits);
}

/** 0.0123, 512, 10⁷ or 1.23 × 10⁻⁵, without a place where a line may break. */
function withinLine(value: number, digits: number): string {
  return readable(value, digits, { from: 1e-3, below: 1e4, space: NO_BREAK });
}
