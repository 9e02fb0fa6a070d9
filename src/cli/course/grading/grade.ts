import { isTest, markOf, type Cell, type Notebook } from '../notebook.js';
import type { CellOutput } from './cell-session.js';
import { shownOutputs } from './shown-outputs.js';
import type { AskStudent, Judge } from './judge.js';
import type { Student } from './student.js';

/** A notebook that was run, and what its tests gave. */
export interface Graded {
  readonly notebook: Notebook;
  /** Points of each cell of tests by its grade_id. */
  readonly points: Readonly<Record<string, number>>;
  /** What a lecturer may want to know: what failed where, a line each. */
  readonly notes: readonly string[];
}

/** Lines of one submission that are kept at most, and characters of each. */
const MOST_NOTES = 40;
const NOTE_LENGTH = 300;

/**
 * Runs all cells of a student's notebook that are no tests, and only then the tests, in the judge. `onAnswer` hears
 * each answer to a test.
 */
export async function gradeNotebook(
  notebook: Notebook,
  student: Student,
  judge: Judge,
  onAnswer?: (name: string, answer: string) => void,
): Promise<Graded> {
  const notes: string[] = [];
  const note = (line: string) => {
    const plain = line.replace(/\s+/g, ' ').slice(0, NOTE_LENGTH);
    if (notes.length < MOST_NOTES && !notes.includes(plain)) notes.push(plain);
  };
  const ask: AskStudent = async (name, args) => {
    const answer = await student.call(name, args);
    onAnswer?.(name, answer);
    const { error } = JSON.parse(answer) as { error?: unknown };
    if (typeof error === 'string') note(`${name}: ${error}`);
    return answer;
  };
  const outputs = new Map<Cell, readonly CellOutput[]>();
  // One loop without end must not take the time of the functions that are defined below it.
  let hasStalled = false;
  for (const cell of notebook.cells) {
    if (cell.cell_type !== 'code' || isTest(cell)) continue;
    const end = await student.runCell(cell.source, hasStalled && !markOf(cell));
    hasStalled ||= end.status === 'stopped' || end.status === 'ended';
    outputs.set(cell, end.outputs);
    if (end.fault !== undefined)
      note(`${markOf(cell)?.grade_id ?? 'a cell without a name'}: ${end.fault}`);
  }
  const points: Record<string, number> = {};
  for (const cell of notebook.cells) {
    if (!isTest(cell)) continue;
    const { grade_id: id, points: most = 0 } = markOf(cell)!;
    const judged = await judge.test(cell, most, ask);
    points[id] = judged.points;
    outputs.set(cell, judged.outputs);
    if (judged.fault !== undefined) note(`${id}: ${judged.fault}`);
  }
  return { notebook: withOutputs(notebook, outputs), points, notes };
}

function withOutputs(
  notebook: Notebook,
  outputs: ReadonlyMap<Cell, readonly CellOutput[]>,
): Notebook {
  let count = 0;
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type !== 'code') return cell;
    const execution_count = ++count;
    const shown = shownOutputs(outputs.get(cell) ?? [], execution_count);
    return { ...cell, execution_count, outputs: shown };
  });
  return { ...notebook, cells };
}
