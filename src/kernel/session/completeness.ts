import type typescript from 'typescript';
import { ts } from './compile/typescript.js';

/** The content of an is_complete_reply. */
export type Completeness =
  | { readonly status: 'complete' | 'invalid' | 'unknown' }
  | { readonly status: 'incomplete'; readonly indent: string };

const UNTERMINATED_STRING = 1002;
const UNTERMINATED_PATTERN = 1161;

/** Messages of the parser about something that is not there, as opposed to something wrong. */
const UNTERMINATED = new Set([
  1010, // '*/' expected.
  1160, // Unterminated template literal.
]);

/** Whether code can run as it stands, needs more lines, or is wrong whatever follows. */
export function completenessOf(code: string): Completeness {
  if (/^\s*(%\w+|[\w$.]+\?{1,2})\s*$/.test(code)) return { status: 'complete' };
  let faults: readonly typescript.DiagnosticWithLocation[];
  try {
    const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest);
    const { parseDiagnostics } = file as typescript.SourceFile & {
      parseDiagnostics?: readonly typescript.DiagnosticWithLocation[];
    };
    faults = parseDiagnostics ?? [];
  } catch {
    // Nested too deeply for the parser.
    return { status: 'unknown' };
  }
  if (faults.length === 0) return { status: 'complete' };
  const end = code.trimEnd().length;
  const lacksMore = ({ start, length, code: number }: typescript.DiagnosticWithLocation) => {
    const atEnd = start + length >= end;
    // A string in quotes ends with its line, so more lines do not mend it.
    if (number === UNTERMINATED_STRING || number === UNTERMINATED_PATTERN) return false;
    return UNTERMINATED.has(number) || (atEnd && start >= end);
  };
  if (!faults.every(lacksMore)) return { status: 'invalid' };
  // Two empty lines at the end: whoever typed them wants it run.
  if (/\n\s*\n\s*$/.test(code)) return { status: 'complete' };
  return { status: 'incomplete', indent: indentAfter(code) };
}

/** The indentation of a line that follows. */
function indentAfter(code: string): string {
  const last = code.trimEnd().split('\n').at(-1) ?? '';
  const indent = /^\s*/.exec(last)![0];
  return /[{([]\s*(\/\/.*)?$/.test(last) || /=>\s*$/.test(last) ? `${indent}  ` : indent;
}
