import { readText } from '../../files/read.js';

/** What nbgrader knows of a cell. */
export interface CellMark {
  readonly grade_id: string;
  readonly grade: boolean;
  readonly solution: boolean;
  readonly locked: boolean;
  readonly task?: boolean;
  readonly points?: number;
}

/** A cell of a notebook file; its source is one text. */
export interface Cell {
  readonly cell_type: string;
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly nbgrader?: CellMark };
  readonly id?: string;
  readonly outputs?: readonly object[];
  readonly execution_count?: number | null;
}

/** A notebook file. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

type RawCell = Omit<Cell, 'source'> & { readonly source: string | readonly string[] };

/** The notebook in a text. Throws one sentence where there is none. */
export function parseNotebook(text: string, name: string): Notebook {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new Error(`${name}: it is no JSON; expected a notebook.`);
  }
  const { cells } = Object(raw) as { cells?: unknown };
  if (!Array.isArray(cells)) throw new Error(`${name}: it has no cells; expected a notebook.`);
  return {
    ...(raw as Notebook),
    cells: (cells as RawCell[]).map((cell) => ({ ...cell, source: sourceOf(cell) })),
  };
}

/** The notebook in a file. Throws one sentence where there is none. */
export const readNotebook = (path: string): Notebook => parseNotebook(readText(path), path);

function sourceOf({ source }: RawCell): string {
  return typeof source === 'string' ? source : source.join('');
}

export const markOf = (cell: Cell): CellMark | undefined => cell.metadata.nbgrader;

/** A cell of tests, which are run and give points. */
export const isTest = (cell: Cell): boolean => {
  const mark = markOf(cell);
  return cell.cell_type === 'code' && mark !== undefined && mark.grade && !mark.solution;
};

/** A cell that students fill in. */
export const isAnswer = (cell: Cell): boolean => markOf(cell)?.solution === true;

/** A cell that somebody gives points to by hand. */
export const isByHand = (cell: Cell): boolean => isGraded(cell) && !isTest(cell);

export const isGraded = (cell: Cell): boolean =>
  markOf(cell)?.grade === true || markOf(cell)?.task === true;
