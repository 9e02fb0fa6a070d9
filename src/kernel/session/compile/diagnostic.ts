import { relative } from 'node:path';
import type typescript from 'typescript';
import { isOfPackage } from './sources.js';
import { ts } from './typescript.js';

/** Where a diagnostic is, in the cell: zero-based. */
interface Position {
  readonly offset: number;
  readonly line: number;
  readonly character: number;
}

/** What the compiler complains of. */
export interface Diagnostic {
  readonly start: Position;
  readonly end: Position;
  readonly messageText: string;
  readonly category: number;
  readonly code: number;
  /** The file it is about, where that is not the cell. */
  readonly fileName?: string;
}

/** A package without types is used as it is: that is no fault of the cell's. */
const UNTYPED_PACKAGE = 7016;

/** What the compiler says where a type would have to be written: 7005 to 7053. */
const isAboutMissingType = (code: number) => code >= 7005 && code <= 7053;

/** Packages are as they are, and JavaScript has no place to write a type. */
function concernsTheUser({ code, file }: typescript.Diagnostic, folder: string): boolean {
  if (code === UNTYPED_PACKAGE || file === undefined) return false;
  if (isOfPackage(file.fileName, folder)) return false;
  return !(/\.[cm]?js$/.test(file.fileName) && isAboutMissingType(code));
}

/**
 * Diagnostics about a cell, whose text its module begins with, and about files beside it. A long message
 * comes as several, the later ones explaining the first.
 */
export function diagnosticsOf(
  found: readonly typescript.Diagnostic[],
  cell: { readonly path: string; readonly source: string },
  folder: string,
): Diagnostic[] {
  return found.flatMap((each) => {
    const { file, start = 0, length = 0 } = each;
    if (!file || !concernsTheUser(each, folder)) return [];
    const isCell = file.fileName === cell.path;
    if (isCell && start >= cell.source.length && start > 0) return [];
    const place = (offset: number) => ({ offset, ...file.getLineAndCharacterOfPosition(offset) });
    const end = Math.min(start + length, isCell ? cell.source.length : file.text.length);
    const at = {
      start: place(start),
      end: place(end),
      category: each.category,
      code: each.code,
      ...(isCell ? {} : { fileName: relative(folder, file.fileName) }),
    };
    return chain(each.messageText).map((messageText) => ({ ...at, messageText }));
  });
}

function chain(message: string | typescript.DiagnosticMessageChain): string[] {
  if (typeof message === 'string') return [message];
  return [message.messageText, ...(message.next ?? []).flatMap(chain)];
}

/** What the parser complains of; at its end where something is missing there. */
export function syntaxErrors(file: typescript.SourceFile): Diagnostic[] {
  const { parseDiagnostics } = file as typescript.SourceFile & {
    parseDiagnostics: readonly typescript.DiagnosticWithLocation[];
  };
  const last = file.text.trimEnd().length;
  return parseDiagnostics.map(({ start, length, category, code, messageText }) => {
    const [from, to] = [start, start + length].map((offset) => Math.min(offset, last));
    const place = (offset: number) => ({ offset, ...file.getLineAndCharacterOfPosition(offset) });
    const text = ts.flattenDiagnosticMessageText(messageText, ' ');
    return { start: place(from), end: place(to), category, code, messageText: text };
  });
}
