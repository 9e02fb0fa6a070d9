import { basename } from 'node:path';
import { faultIn, parseJson, readText, valueAt } from '../json-file.js';
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
