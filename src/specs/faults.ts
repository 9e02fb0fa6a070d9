import type { z } from 'zod';

/** The keys and indices that lead to a place in a file: ['labels', 3]. */
export type JsonPath = readonly PropertyKey[];

/** 'labels[3]'. */
export function placeText(path: JsonPath): string {
  return path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : `${place}${place ? '.' : ''}${String(key)}`,
    '',
  );
}

/** Reports that the value at a place is not as expected; does not return. */
export type Fault = (path: JsonPath, value: unknown, expected: string) => never;

/** 'labels[3] is 2; expected +1 or -1.' */
export function faultText(path: JsonPath, value: unknown, expected: string): string {
  const found = value === undefined ? 'is missing' : `is ${shown(value)}`;
  return `${placeText(path) || 'the file'} ${found}; expected ${expected}.`;
}

/** 'problem.json: labels[3] is 2; expected +1 or -1.' */
export function faultIn(name: string, path: JsonPath, value: unknown, expected: string): string {
  return `${name}: ${faultText(path, value, expected)}`;
}

/** What stands at a place; undefined where there is nothing. */
export function valueAt(raw: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    raw,
  );
}

function shown(value: unknown): string {
  // The number that a text such as 1e999 stands for, and what JSON has no word for.
  if (typeof value === 'number' || typeof value === 'function') return String(value);
  const text = JSON.stringify(value) ?? typeof value;
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

type Issue = z.core.$ZodIssue;

/**
 * A description as its schema has it, with what was left out filled in. Throws one sentence that begins
 * with `name` and says the place, what stands there and what was expected.
 */
export function parseSpec<T extends z.ZodType>(format: T, raw: unknown, name: string): z.output<T> {
  const parsed = format.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(deepest);
  // A key that stands for nothing is most often what another one is missing for.
  const odd = issues
    .filter((issue) => issue.code === 'unrecognized_keys')
    .sort((a, b) => a.path.length - b.path.length)[0];
  if (odd) {
    const place = placeText([...odd.path, odd.keys[0]]);
    throw new Error(`${name}: ${place} is not a known key; expected one of ${odd.message}.`);
  }
  const [{ path, message }] = issues;
  throw new Error(faultIn(name, path, valueAt(raw, path), message));
}

/**
 * Of a choice between forms, the complaint of the one form that the value has the outside of: one that
 * names a place within it. The choice's own message where there is none, or more than one.
 */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inside = issue.errors.filter(
    (branch) => branch.length > 0 && branch.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'), // prettier-ignore
  );
  if (inside.length !== 1) return issue;
  const [first] = inside[0];
  return deepest({ ...first, path: [...issue.path, ...first.path] });
}
