import type typescript from 'typescript';
import type { Compiler } from '../compile/compiler.js';
import { ts } from '../compile/typescript.js';
import { packagesFor } from './packages.js';
import { charactersBefore, unitsBefore } from './cursor-position.js';

/** The most names that are sent: a longer list helps nobody and takes time to draw. */
const MOST = 1000;

/** The content of a complete_reply. */
export function completionsOf(compiler: Compiler, code: string, cursor: number | null): object {
  const at = unitsBefore(code, cursor);
  const [first, last] = wordAround(code, at);
  const found = compiler.ask(code, (language, path) =>
    language.getCompletionsAtPosition(path, at, {
      includeCompletionsForModuleExports: false,
      includeCompletionsWithInsertText: false,
    }),
  );
  const known = found?.entries ?? [];
  const names = new Set(known.map(({ name }) => name));
  const packages = packagesFor(code.slice(0, at), process.cwd()).filter((name) => !names.has(name));
  const entries = [...known, ...packages.map(packageEntry)];
  const span = entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
  const [from, to] = span
    ? [span.start, span.start + span.length]
    : packages.length > 0
      ? [code.slice(0, at).search(/[^'"]*$/), at]
      : [first, last];
  const typed = code.slice(from, at).toLowerCase();
  const chosen = entries
    .filter(({ name, kind }) => {
      return (
        kind !== ts.ScriptElementKind.warning &&
        !isLink(name) &&
        name.toLowerCase().startsWith(typed)
      );
    })
    .sort(bySortText)
    .slice(0, MOST);
  const start = charactersBefore(code, from);
  const end = charactersBefore(code, to);
  const matches = chosen.map(({ name }) => name);
  // What JupyterLab shows beside each name; the field's name is the one it reads.
  const _jupyter_types_experimental = chosen.map(({ name, kind }) => {
    return { text: name, type: kind, start, end };
  });
  const metadata = { _jupyter_types_experimental };
  return { status: 'ok', matches, cursor_start: start, cursor_end: end, metadata };
}

const packageEntry = (name: string): typescript.CompletionEntry => ({
  name,
  kind: ts.ScriptElementKind.externalModuleName,
  sortText: '11',
});

/** The modules of cells themselves are nobody's business. */
const isLink = (name: string) => /^__(cell|globals)\d*(\.d)?(\.ts)?$/.test(name);

const bySortText = (a: typescript.CompletionEntry, b: typescript.CompletionEntry) =>
  a.sortText.localeCompare(b.sortText) || a.name.localeCompare(b.name);

/** Where the word begins and ends in which, or at whose end, a place is. */
function wordAround(code: string, at: number): [number, number] {
  const before = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, at))![0].length;
  const after = /^[\p{ID_Continue}$]*/u.exec(code.slice(at))![0].length;
  return [at - before, before > 0 ? at + after : at];
}
