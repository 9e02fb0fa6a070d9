import type { Answers, ProblemSet } from '../problem-set.js';
import { isAnswer, markOf } from '../notebook.js';

/** What could be made of a file that a student handed in. */
export type Submission =
  | ({ readonly notes: readonly string[] } & Answers)
  /** Why there is nothing to be graded, as one line. */
  | { readonly refused: string };

/** Code cells of a student's own that are taken along, and characters of all that is taken. */
const MOST_OWN = 100;
const MOST_TEXT = 1_000_000;
const MOST_CELLS = 2000;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

/** A cell as far as it counts. */
interface Found {
  readonly type: string;
  readonly id: string | undefined;
  readonly text: string;
}

function foundIn(raw: unknown): Found | undefined {
  const { cell_type: type, source, metadata } = fieldsOf(raw);
  const text = Array.isArray(source) ? source.map((line) => (typeof line === 'string' ? line : '')).join('') : source; // prettier-ignore
  if (typeof type !== 'string' || typeof text !== 'string') return undefined;
  const { grade_id: id } = fieldsOf(fieldsOf(metadata).nbgrader);
  return { type, text, id: typeof id === 'string' ? id : undefined };
}

/**
 * What a student wrote, out of the text of a notebook file: the answers by their grade_id, and code cells of the student's own.
 * Nothing else counts: given cells and their marks come from the release.
 */
export function readSubmission(text: string, { name, released }: ProblemSet): Submission {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { refused: 'the file is no JSON' };
  }
  const { cells } = fieldsOf(raw);
  if (!Array.isArray(cells)) return { refused: 'the file is no notebook' };
  if (cells.length > MOST_CELLS) return { refused: `it has more than ${MOST_CELLS} cells` };
  const given = new Map(
    released.cells.flatMap((cell) => {
      const mark = markOf(cell);
      return mark ? [[mark.grade_id, cell] as const] : [];
    }),
  );
  const answers = new Map<string, string>();
  const own: { after: string; source: string }[] = [];
  const notes: string[] = [];
  let after = '';
  let size = 0;
  for (const cell of cells.map(foundIn)) {
    if (!cell) continue;
    const known = cell.id === undefined ? undefined : given.get(cell.id);
    if (known && isAnswer(known)) {
      const id = cell.id!;
      if (cell.type !== known.cell_type) return { refused: `${id} is no ${known.cell_type} cell` };
      const before = answers.get(id);
      const isStub = (answer: string) => answer.trim() === known.source.trim();
      if (before !== undefined && before !== cell.text && !isStub(before) && !isStub(cell.text)) {
        return { refused: `${id} is there twice, with two answers` };
      }
      if (before === undefined || isStub(before)) answers.set(id, cell.text);
    } else if (!known && cell.type === 'code' && cell.text.trim() !== '') {
      own.push({ after, source: cell.text });
    }
    if (known) after = cell.id!;
    if (!known || isAnswer(known)) size += cell.text.length;
  }
  if (answers.size === 0) return { refused: `none of its cells is an answer to ${name}` };
  if (size > MOST_TEXT) return { refused: 'its answers are too long' };
  if (own.length > MOST_OWN) return { refused: `it has more than ${MOST_OWN} cells of its own` };
  for (const [id, cell] of given) {
    if (isAnswer(cell) && !answers.has(id)) notes.push(`${id} is missing`);
  }
  return { answers, own, notes };
}
