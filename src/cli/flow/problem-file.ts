import { basename, dirname } from 'node:path';
import { expand } from '../../specs/expand.js';
import { parseSpec, valueAt } from '../../specs/faults.js';
import { nodeReaders } from '../../specs/node/readers.js';
import type { PlainProblem } from '../../specs/plain-format.js';
import { plainProblem } from '../../specs/plain-problem.js';
import { flowFileFormat } from '../../specs/problem.js';
import type { Solver } from '../../specs/solver.js';
import { parseJson, readText, tooDeep } from '../json-file.js';
import { withFileName } from './with-file-name.js';
import { resultFormat, type EarlierRun } from './result-format.js';

/** A problem, and the run of it that a result file tells of. */
export interface Posed {
  readonly file: PlainProblem;
  /** Undefined for a problem that has not been run, or whose result holds no last point. */
  readonly earlier?: EarlierRun;
  /** How a description says that it is solved. */
  readonly solver?: Solver;
}

/**
 * Reads and checks a problem, its description or a result. Throws one sentence that names the file and
 * the place in it, such as "problem.json: labels[3] is 2; expected +1 or -1."
 */
export function readProblem(path: string): Posed {
  const name = basename(path);
  return posedIn(parseJson(readText(path), name), name, dirname(path));
}

function posedIn(raw: unknown, name: string, folder: string): Posed {
  try {
    if (isDescription(raw)) return described(raw, name, folder);
    return { file: problemIn(raw, name), earlier: earlierIn(raw, name) };
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(name, error) : error;
  }
}

/** The problem alone, from the text of a file called `name`. */
export function parseProblem(text: string, name: string): PlainProblem {
  return problemIn(parseJson(text, name), name);
}

/** The problem in the content of a file called `name`. */
export function problemIn(raw: unknown, name: string): PlainProblem {
  return plainProblem(raw, name);
}

/** A description says where its examples are; a problem in the open, and a result, hold them. */
function isDescription(raw: unknown): raw is object {
  const says = [['data', 'kind'], ['start']].some((path) => valueAt(raw, path) !== undefined);
  return says && valueAt(raw, ['inputs']) === undefined;
}

function described(raw: object, name: string, folder: string): Posed {
  const entry = parseSpec(flowFileFormat, raw, name);
  const file = withFileName(name, () => expand(entry, nodeReaders(folder)));
  return { file: { ...file, description: { ...raw, $schema: undefined } }, solver: entry.solver };
}

function earlierIn(raw: unknown, name: string): EarlierRun | undefined {
  if (valueAt(raw, ['last']) === undefined) return undefined;
  return parseSpec(resultFormat, raw, name);
}
