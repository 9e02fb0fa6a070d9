import { basename } from 'node:path';
import type { ZodError } from 'zod';
import { faultIn, parseJson, readText, tooDeep, valueAt } from '../json-file.js';
import { requireAgreement } from './problem-checks.js';
import { problemFormat, unknownKey, type ProblemFile } from './problem-format.js';
import { resultFormat, type EarlierRun } from './result-format.js';

/** A problem, and the run of it that a result file tells of. */
export interface Posed {
  readonly file: ProblemFile;
  /** Undefined for a problem that has not been run, or whose result holds no last point. */
  readonly earlier?: EarlierRun;
}

/**
 * Reads and checks a problem or a result. Throws one sentence that names the file and the place in it,
 * such as "problem.json: labels[3] is 2; expected +1 or -1."
 */
export function readProblem(path: string): Posed {
  const name = basename(path);
  return posedIn(parseJson(readText(path), name), name);
}

function posedIn(raw: unknown, name: string): Posed {
  try {
    return { file: problemIn(raw, name), earlier: earlierIn(raw, name) };
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(name, error) : error;
  }
}

/** The problem alone, from the text of a file called `name`. */
export function parseProblem(text: string, name: string): ProblemFile {
  return problemIn(parseJson(text, name), name);
}

/** The problem in the content of a file called `name`. */
export function problemIn(raw: unknown, name: string): ProblemFile {
  const odd = unknownKey(raw);
  if (odd) {
    const known = odd.known.join(', ');
    throw new Error(`${name}: ${odd.path.join('.')} is not a known key; expected one of ${known}.`);
  }
  const parsed = problemFormat.safeParse(raw);
  if (!parsed.success) throw issueIn(name, raw, parsed.error);
  requireAgreement(parsed.data, (path, value, expected) => {
    throw new Error(faultIn(name, path, value, expected));
  });
  return parsed.data;
}

function earlierIn(raw: unknown, name: string): EarlierRun | undefined {
  if (valueAt(raw, ['last']) === undefined) return undefined;
  const parsed = resultFormat.safeParse(raw);
  if (!parsed.success) throw issueIn(name, raw, parsed.error);
  return parsed.data;
}

function issueIn(name: string, raw: unknown, { issues }: ZodError): Error {
  const { path, message } = issues[0];
  return new Error(faultIn(name, path, valueAt(raw, path), message));
}
