/** Six significant digits: more than a figure shows, few enough to keep files small and stable. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** Rounded copies of numbers. */
export function roundedAll(values: ArrayLike<number>): number[] {
  return Array.from(values, rounded);
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10^exponent as a reader would write it: 0.1, 1, 10, 10², 10⁻³. */
export function powerOfTen(exponent: number): string {
  if (exponent >= -1 && exponent <= 1) return String(10 ** exponent);
  const digits = String(Math.abs(exponent));
  const raised = Array.from(digits, (digit) => RAISED[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${raised}`;
}

/** A number with few digits and a proper minus sign, for labels. */
export function shown(value: number, digits = 3): string {
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (value !== 0 && (exponent < -3 || exponent > 5)) {
    const mantissa = Number((value / 10 ** exponent).toPrecision(digits));
    const factor = mantissa === 1 ? '' : `${mantissa} × `;
    return `${factor}${powerOfTen(exponent)}`.replace('-', '−');
  }
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}

/**
 * At most `most` indices into `places` (increasing numbers), spaced evenly in them, with the first
 * and the last. All indices where there are few enough.
 */
export function thinned(places: readonly number[], most: number): number[] {
  const last = places.length - 1;
  if (places.length <= most) return places.map((_, k) => k);
  const gap = (places[last] - places[0]) / (most - 1);
  const kept = [0];
  for (let k = 1; k < last; k++) {
    if (places[k] - places[kept[kept.length - 1]] >= gap) kept.push(k);
  }
  return [...kept, last];
}
