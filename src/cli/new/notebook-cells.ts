/** A cell of a notebook that is laid down. */
export interface Cell {
  readonly kind: 'markdown' | 'code';
  readonly id: string;
  readonly lines: readonly string[];
  /** What tools keep with it, such as `{ tags: [...] }`; nothing if left out. */
  readonly metadata?: object;
}

/** What Jupyter notes of the kernel that a notebook is for. */
const METADATA = {
  kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' },
  language_info: {
    codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
    file_extension: '.ts',
    mimetype: 'text/typescript',
    name: 'typescript',
    version: '3.7.2',
  },
};

export function markdown(id: string, ...lines: readonly string[]): Cell {
  return { kind: 'markdown', id, lines };
}

export function code(id: string, ...lines: readonly string[]): Cell {
  return { kind: 'code', id, lines };
}

/** A notebook's file as Jupyter writes it. */
export function notebookOf(cells: readonly Cell[]): string {
  const notebook = {
    cells: cells.map(cellAsWritten),
    metadata: METADATA,
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

function cellAsWritten({ kind, id, lines, metadata = {} }: Cell): object {
  const source = lines.map((line, k) => (k < lines.length - 1 ? `${line}\n` : line));
  return kind === 'markdown'
    ? { cell_type: kind, id, metadata, source }
    : { cell_type: kind, execution_count: null, id, metadata, outputs: [], source };
}
