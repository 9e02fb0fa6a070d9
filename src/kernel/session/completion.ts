import { charactersBefore, unitsBefore } from './cursor-position.js';
import type { Compiler } from './compiler.js';
import type { Evaluation } from './evaluation.js';

/** The most names that are sent: a longer list helps nobody and takes time to draw. */
const MOST = 1000;

/** The content of a complete_reply. */
export function completionsOf(
  compiler: Compiler,
  evaluation: Evaluation,
  code: string,
  cursor: number | null,
): object {
  const at = unitsBefore(code, cursor);
  const found = compiler.complete(evaluation.declarations(), code, at);
  const matches = found.candidates.slice(0, MOST);
  const start = charactersBefore(code, found.start);
  const end = charactersBefore(code, found.end);
  const kinds = new Map(found.original?.entries.map(({ name, kind }) => [name, kind]));
  // What JupyterLab shows beside each name; the field's name is the one it reads.
  const _jupyter_types_experimental = matches.map((text) => {
    return { text, type: kinds.get(text) ?? '', start, end };
  });
  const metadata = { _jupyter_types_experimental };
  return { status: 'ok', matches, cursor_start: start, cursor_end: end, metadata };
}
