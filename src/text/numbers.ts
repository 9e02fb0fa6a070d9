import { formatLocale, type FormatLocaleObject } from 'd3-format';

/** What programs read: a hyphen before negative numbers. */
const CODE = formatLocale({ decimal: '.', thousands: ',', grouping: [3], currency: ['', ''], minus: '-' }); // prettier-ignore
/** What readers read: a proper minus sign. */
const PROSE = formatLocale({ decimal: '.', thousands: ',', grouping: [3], currency: ['', ''], minus: '−' }); // prettier-ignore

/** `count` significant digits, zeros at the end included: 0.500, 1.23e-7, NaN, Infinity; as `toPrecision`. */
export function digits(value: number, count = 3): string {
  return formatter(CODE, `.${count}g`)(value);
}

/** The same of several numbers, with commas between them. */
export function listed(values: readonly number[], count = 3): string {
  return values.map((value) => digits(value, count)).join(', ');
}

/** The number that is nearest among those of `count` significant digits. */
export function rounded(value: number, count = 6): number {
  return Number(digits(value, count));
}

/** Rounded copies of numbers. */
export function roundedAll(values: ArrayLike<number>, count = 6): number[] {
  return Array.from(values, (value) => rounded(value, count));
}

/** 60,000: a count with its thousands set apart. */
export function countText(count: number): string {
  return formatter(CODE, ',')(count);
}

/** '1 row', '2 rows'. */
export function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Between which sizes a number needs no power of ten; 0 never does. */
export interface Plain {
  /** The smallest; default 0.001. */
  readonly from?: number;
  /** The first that is too large; default 1,000,000. */
  readonly below?: number;
}

/**
 * `count` significant digits in few characters: 0.0123, 512, 1.23e-7. Zeros at the end are left out of
 * plain numbers, and kept before an exponent unless `trimmed`, so that columns of those are of one width.
 */
export function compact(
  value: number,
  count: number,
  { from = 1e-3, below = 1e6, trimmed = false }: Plain & { readonly trimmed?: boolean } = {},
): string {
  if (!isPowerful(value, from, below)) return formatter(CODE, `.${count}~r`)(value);
  return formatter(CODE, `.${count - 1}${trimmed ? '~' : ''}e`)(value);
}

/**
 * A number as a reader would write it: −0.0123, 10⁷, 1.23 × 10⁻⁵, ∞, NaN. It is rounded before it is
 * decided whether it needs a power: 9,999,999.99 is 10⁷, not 10 × 10⁶. `space` stands around the ×.
 */
export function readable(
  value: number,
  count: number,
  { from = 1e-3, below = 1e6, space = ' ' }: Plain & { readonly space?: string } = {},
): string {
  if (Math.abs(value) === Infinity) return value > 0 ? '∞' : '−∞';
  if (!isPowerful(rounded(value, count), from, below)) {
    return formatter(PROSE, `.${count}~r`)(value);
  }
  const [mantissa, exponent] = formatter(PROSE, `.${count - 1}~e`)(value).split('e');
  const power = powerOfTen(Number(exponent));
  return mantissa === '1' ? power : `${mantissa}${space}×${space}${power}`;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10^exponent as a reader would write it: 0.1, 1, 10, 10², 10⁻³. */
export function powerOfTen(exponent: number): string {
  if (exponent >= -1 && exponent <= 1) return String(10 ** exponent);
  const raised = Array.from(String(Math.abs(exponent)), (digit) => RAISED[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${raised}`;
}

function isPowerful(value: number, from: number, below: number): boolean {
  const size = Math.abs(value);
  return Number.isFinite(value) && size !== 0 && (size < from || size >= below);
}

const formatters = new Map<FormatLocaleObject, Map<string, (value: number) => string>>([
  [CODE, new Map()],
  [PROSE, new Map()],
]);

/** Specifiers are read once each: tables hold many numbers of one form. */
function formatter(locale: FormatLocaleObject, specifier: string): (value: number) => string {
  const known = formatters.get(locale)!;
  const found = known.get(specifier) ?? locale.format(specifier);
  known.set(specifier, found);
  return found;
}
