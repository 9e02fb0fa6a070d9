/**
 * A value as JSON text, the same text for the same value: keys in the order they were given, numbers
 * with every digit of the double, lists of numbers or words on one line. JSON has no word for numbers
 * that are not finite, so they become the strings "Infinity", "-Infinity" and "NaN".
 */
export function jsonText(value: unknown): string {
  return `${write(value, '')}\n`;
}

function write(value: unknown, indent: string): string {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const inner = `${indent}  `;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = Array.from(value as ArrayLike<unknown>, (item) => write(item, inner));
    return enclose('[', items, ']', indent, isFlat(value as ArrayLike<unknown>));
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const items = entries.map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inner)}`);
  return enclose('{', items, '}', indent, false);
}

function enclose(
  open: string,
  items: readonly string[],
  close: string,
  indent: string,
  onOneLine: boolean,
): string {
  if (items.length === 0 || onOneLine) return `${open}${items.join(', ')}${close}`;
  return `${open}\n${indent}  ${items.join(`,\n${indent}  `)}\n${indent}${close}`;
}

function isFlat(values: ArrayLike<unknown>): boolean {
  return Array.from(values).every((item) => typeof item !== 'object' || item === null);
}
