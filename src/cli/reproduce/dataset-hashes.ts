/**
 * SHA-256 of every data set that a claim's records tell of, by name: a problem's data go by the problem's
 * name, other data by their own. A record may be any tree of plain objects and arrays.
 */
export function datasetHashes(record: unknown): Record<string, string> {
  const named = new Map<string, string>();
  const add = (name: string, { sha256 }: Hashed) => {
    // Two data sets of one name: the second is told apart by a number.
    for (let k = 1; ; k++) {
      const key = k === 1 ? name : `${name} (${k})`;
      if (named.has(key) && named.get(key) !== sha256) continue;
      return named.set(key, sha256);
    }
  };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    if (isHashed(value)) return void add(value.name, value);
    const { name, data, test, ...others } = value as Readonly<Record<string, unknown>>;
    const known = typeof name === 'string';
    for (const [part, words] of [
      [data, ''],
      [test, ', test'],
    ] as const) {
      if (known && isHashed(part)) add(`${name}${words}`, part);
      else visit(part);
    }
    Object.values(others).forEach(visit);
  };
  visit(record);
  return Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A data set in a record. */
interface Hashed {
  readonly name: string;
  readonly sha256: string;
}

function isHashed(value: unknown): value is Hashed {
  if (typeof value !== 'object' || value === null) return false;
  const { name, sha256 } = value as Partial<Hashed>;
  return typeof name === 'string' && typeof sha256 === 'string';
}
