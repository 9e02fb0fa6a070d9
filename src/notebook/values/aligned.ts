/** A number of an array: BigInt arrays have their own. */
export type Entry = number | bigint;

/** Significant digits of the largest number where there are decimals. */
const DIGITS = 6;
/** Decades that decimals span before powers of ten are plainer: the smallest keeps two digits. */
const DECADES = 4;

/**
 * Numbers as texts of one width, with the decimal points in one column. Whole numbers stay whole;
 * others have at most six significant digits, and powers of ten where they are of very different sizes.
 */
export function aligned(values: readonly Entry[]): string[] {
  const texts = values.map(formatFor(values));
  const width = texts.reduce((widest, { length }) => Math.max(widest, length), 0);
  return texts.map((text) => text.padStart(width));
}

function formatFor(values: readonly Entry[]): (value: Entry) => string {
  const finite = values.filter(
    (value): value is number => typeof value === 'number' && Number.isFinite(value),
  );
  const sizes = finite.filter((value) => value !== 0).map(Math.abs);
  if (finite.every((value) => Number.isInteger(value)) && sizes.every((size) => size < 1e12)) {
    return String;
  }
  const most = exponentOf(sizes.reduce((a, b) => Math.max(a, b), 0));
  const least = exponentOf(sizes.reduce((a, b) => Math.min(a, b), Infinity));
  if (most - least > DECADES || most > DIGITS || least < -DECADES) {
    return (value) => (unusual(value) ? String(value) : (value as number).toExponential(4));
  }
  const decimals = Math.max(0, DIGITS - 1 - most);
  const fixed = finite.map((value) => value.toFixed(decimals));
  const kept = Math.max(...fixed.map((text) => text.replace(/0+$/, '').split('.')[1]?.length ?? 0));
  return (value) => (unusual(value) ? String(value) : (value as number).toFixed(kept));
}

/** What has no digits after a point: NaN, infinities, BigInts. */
function unusual(value: Entry): boolean {
  return typeof value === 'bigint' || !Number.isFinite(value);
}

function exponentOf(size: number): number {
  return Number(size.toExponential(DIGITS - 1).split('e')[1]);
}

/** Texts between brackets, on one line where they fit into `width` columns, else on several. */
export function bracketed(texts: readonly string[], width = 84): string {
  if (texts.length === 0) return '[]';
  const line = `[ ${texts.map((text) => text.trim()).join(', ')} ]`;
  if (line.length <= width) return line;
  return `[\n${wrapped(texts, width).join(',\n')}\n]`;
}

/** Lines of as many texts of one width as fit, indented by two. */
export function wrapped(texts: readonly string[], width = 84): string[] {
  const across = fitting(texts, width);
  const lines: string[] = [];
  for (let k = 0; k < texts.length; k += across) {
    lines.push(`  ${texts.slice(k, k + across).join(', ')}`);
  }
  return lines;
}

/** How many texts of one width fit on a line. */
export function fitting(texts: readonly string[], width = 84): number {
  return Math.max(1, Math.floor(width / (texts[0].length + 2)));
}
