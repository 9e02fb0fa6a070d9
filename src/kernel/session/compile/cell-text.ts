import type typescript from 'typescript';
import { isGlobal } from './names.js';
import { ts } from './typescript.js';

/**
 * The source with `export` blanked out where it stands before a declaration: every name of a cell is
 * there for the next one anyhow, and what is exported from a module is imported. Nothing moves, so
 * positions in error messages stay right.
 */
export function withoutExports(source: string): string {
  if (!source.includes('export')) return source;
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest);
  let text = source;
  const put = (start: number, end: number, words: string) => {
    text = text.slice(0, start) + words.padEnd(end - start) + text.slice(end);
  };
  const blank = (start: number, end: number) =>
    put(start, end, source.slice(start, end).replace(/[^\n]/g, ' '));
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) {
      const { moduleSpecifier, exportClause, end } = statement;
      const start = statement.getStart(file);
      if (!moduleSpecifier) blank(start, end);
      else if (exportClause) put(start, start + 6, 'import');
    } else if (ts.isExportAssignment(statement)) {
      const start = statement.getStart(file);
      const value = statement.expression.getStart(file);
      if (!statement.isExportEquals) blank(start, value);
      // A statement that began with a brace would be a block.
      if (!statement.isExportEquals && source[value] === '{') put(start, start + 7, 'true &&');
    }
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const isExport = ({ kind }: typescript.Modifier) =>
      kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword;
    for (const modifier of modifiers.filter(isExport)) {
      // A function or class without a name is no statement but a value, which nothing in the cell can call.
      const isNameless = modifier.kind === ts.SyntaxKind.DefaultKeyword && hasNoName(statement);
      put(modifier.getStart(file), modifier.end, isNameless ? 'void' : '');
    }
  }
  return text;
}

function hasNoName(statement: typescript.Statement): boolean {
  return (
    (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && !statement.name
  );
}

/** Whether it is `declare global` or `declare module 'name'`, which is about more than its cell. */
export function isAugmentation(statement: typescript.Statement): boolean {
  if (!ts.isModuleDeclaration(statement)) return false;
  return isGlobal(statement) || ts.isStringLiteral(statement.name);
}
