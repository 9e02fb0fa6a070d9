import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { codeOf } from '../files.js';
import { jsonFault } from './json-position.js';
import { requireAgreement } from './problem-checks.js';
import { problemFormat, unknownKey, type ProblemFile } from './problem-format.js';

/**
 * Reads and checks a problem. Throws one sentence that names the file and the place in it, such as
 * "problem.json: labels[3] is 2; expected +1 or -1."
 */
export function readProblem(path: string): ProblemFile {
  return parseProblem(readText(path), basename(path));
}

/** The same for the text of a file called `name`. */
export function parseProblem(text: string, name: string): ProblemFile {
  const raw = parseJson(text, name);
  const odd = unknownKey(raw);
  if (odd) {
    const known = odd.known.join(', ');
    throw new Error(`${name}: ${odd.path.join('.')} is not a known key; expected one of ${known}.`);
  }
  const parsed = problemFormat.safeParse(raw);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0];
    throw new Error(faultIn(name, path, valueAt(raw, path), message));
  }
  requireAgreement(parsed.data, (path, value, expected) => {
    throw new Error(faultIn(name, path, value, expected));
  });
  return parsed.data;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = codeOf(error);
    const reason = code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`;
    throw new Error(`${path}: ${reason}.`, { cause: error });
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = jsonFault(text);
    const place = fault && ` at line ${fault.line}, column ${fault.column}: found ${fault.found}`;
    throw new Error(`${name}: not valid JSON${place ?? ''}.`, { cause: error });
  }
}

type Path = readonly PropertyKey[];

function faultIn(name: string, path: Path, value: unknown, expected: string): string {
  const place = path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : `${place}${place ? '.' : ''}${String(key)}`,
    '',
  );
  const found = value === undefined ? 'is missing' : `is ${shown(value)}`;
  return `${name}: ${place || 'the file'} ${found}; expected ${expected}.`;
}

function shown(value: unknown): string {
  // The number that a text such as 1e999 stands for.
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    raw,
  );
}
