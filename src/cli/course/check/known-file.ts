import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readText } from '../../../files/read.js';
import { lookAt } from '../../../files/paths.js';
import type { ProblemSet } from '../problem-set.js';
import { testCells } from '../problem-set.js';
import { isAnswer, markOf } from '../notebook.js';

/** A submission whose points are known: wrong in a known way, or right and not written as the model solution is. */
export interface KnownSubmission {
  readonly name: string;
  /** What it shows the tests to catch, or to let pass. */
  readonly about: string;
  /** Points of each cell of tests by its grade_id: full ones where the file says nothing. */
  readonly points: Readonly<Record<string, number>>;
  /** Texts of the answers that differ from the model solution. */
  readonly answers: ReadonlyMap<string, string>;
}

/** The folders of known submissions, and the word with which a file in them says what it is about. */
const WORDS = { wrong: 'catches', right: 'shows' } as const;
type KnownFolder = keyof typeof WORDS;

/** The known submissions in a folder of a set, by name. Throws one sentence where a file is not as it should be. */
export function knownSubmissions(set: ProblemSet, kind: KnownFolder): KnownSubmission[] {
  const folder = join(set.folder, kind);
  if (!lookAt(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => parseKnown(set, kind, basename(file, '.ts'), readText(join(folder, file))));
}

/**
 * Reads a file of a known submission: `// catches: SENTENCE` and `// marks: GRADE_ID=POINTS …` (a right one has
 * `// shows: SENTENCE` and full marks), and then for each answer that is not the model solution's a line
 * `// %% GRADE_ID` and its text.
 */
export function parseKnown(
  set: ProblemSet,
  kind: KnownFolder,
  name: string,
  text: string,
): KnownSubmission {
  const at = `${set.name}/${kind}/${name}.ts`;
  const [head, ...parts] = text.split(/^\/\/ %% */m);
  const line = (key: string) => new RegExp(`^// ${key}: *(.+)$`, 'm').exec(head)?.[1].trim();
  const about = line(WORDS[kind]);
  if (about === undefined) throw new Error(`${at} does not say what it is; expected '// ${WORDS[kind]}: ' and a sentence.`); // prettier-ignore
  const points = Object.fromEntries(testCells(set.source).map((test) => [test.id, test.points]));
  const marks = kind === 'wrong' ? (line('marks') ?? '') : '';
  for (const mark of marks.split(/[\s,]+/).filter((each) => each !== '')) {
    const [id, number] = mark.split('=');
    const value = Number(number);
    if (!(id in points) || !(value >= 0 && value <= points[id])) {
      throw new Error(
        `${at} says '${mark}'; expected a cell of tests and points that it can give.`,
      );
    }
    points[id] = value;
  }
  const answers = new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end).trim(), part.slice(end + 1).trimEnd()] as const;
    }),
  );
  const known = new Set(set.source.cells.filter(isAnswer).map((cell) => markOf(cell)!.grade_id));
  for (const id of answers.keys()) {
    if (!known.has(id)) throw new Error(`${at} answers '${id}'; expected one of ${[...known].join(', ')}.`); // prettier-ignore
  }
  return { name, about, points, answers };
}
