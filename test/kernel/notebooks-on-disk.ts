import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kernelArgv } from './live-kernel.js';
import type { Content } from './messages.js';

export interface Cell {
  readonly source: string;
  readonly tags?: readonly string[];
}

/** An output as a notebook's file keeps it: a message's content with its type. */
export type Output = Content & { readonly output_type: string };

/** A folder of Jupyter data in which `tslab` is this checkout's kernel; for JUPYTER_PATH. */
export function kernelspecFolder(folder: string): string {
  const data = join(folder, 'jupyter-data');
  const spec = join(data, 'kernels', 'tslab');
  mkdirSync(spec, { recursive: true });
  const text = JSON.stringify({
    argv: kernelArgv(),
    display_name: 'TypeScript',
    language: 'typescript',
    interrupt_mode: 'message',
  });
  writeFileSync(join(spec, 'kernel.json'), text);
  return data;
}

/** Writes a notebook for the kernel `tslab` and gives its path. */
export function writeNotebook(folder: string, name: string, cells: readonly Cell[]): string {
  const path = join(folder, name);
  const notebook = {
    cells: cells.map(({ source, tags = [] }, k) => ({
      cell_type: 'code',
      id: `cell-${k}`,
      execution_count: null,
      metadata: tags.length > 0 ? { tags } : {},
      outputs: [],
      source,
    })),
    metadata: {
      kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' },
      language_info: { name: 'typescript' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(path, JSON.stringify(notebook));
  return path;
}

/** The outputs of a notebook's code cells, by cell. */
export function readOutputs(path: string): Output[][] {
  // Python writes numbers that JSON has not, where papermill was given some.
  const text = readFileSync(path, 'utf8').replace(/: (?:-?Infinity|NaN)\b/g, ': null');
  const { cells } = JSON.parse(text) as {
    cells: { cell_type: string; outputs?: (Output & { text?: string | string[] })[] }[];
  };
  return cells
    .filter((cell) => cell.cell_type === 'code')
    .map(({ outputs = [] }) => outputs.map(withPlainText));
}

/** Files keep long texts as lists of lines. */
function withPlainText(output: Output & { text?: string | string[] }): Output {
  const whole = (value: unknown) => (Array.isArray(value) ? value.join('') : value);
  const data =
    output.data && Object.entries(output.data).map(([mime, text]) => [mime, whole(text)]);
  return {
    ...output,
    ...(output.text === undefined ? {} : { text: whole(output.text) as string }),
    ...(data ? { data: Object.fromEntries(data) as Record<string, unknown> } : {}),
  };
}
