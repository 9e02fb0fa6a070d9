import type typescript from 'typescript';
import type { CompiledCell } from './compiler.js';
import { ts } from './typescript.js';

/**
 * The variables of all cells, by name. A plain object whose properties are never deleted: that keeps it
 * among those that V8 reads and writes fast.
 */
export type Scope = Record<string, unknown>;

/**
 * Declarations for the next cell after one that failed: names it had set already are as it declared
 * them, the others as they were before.
 */
export function declarationsAfterFailure(
  before: string,
  { declarations, names }: CompiledCell,
  isSet: (name: string) => boolean,
): string {
  const missing = new Set(names.filter((name) => !isSet(name)));
  if (missing.size === 0) return declarations;
  return (
    only(declarations, (name) => !missing.has(name)) + only(before, (name) => missing.has(name))
  );
}

/** The declarations of the names that are wanted. */
function only(declarations: string, isWanted: (name: string) => boolean): string {
  const file = ts.createSourceFile('d.ts', declarations, ts.ScriptTarget.Latest, true);
  const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
  const kept = file.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      const list = statement.declarationList;
      const wanted = list.declarations.filter(
        ({ name }) => !ts.isIdentifier(name) || isWanted(name.text),
      );
      if (wanted.length === 0) return [];
      const shorter = ts.factory.updateVariableDeclarationList(list, wanted);
      return [ts.factory.updateVariableStatement(statement, statement.modifiers, shorter)];
    }
    const declared = namesOf(statement);
    return declared.length === 0 || declared.some(isWanted) ? [statement] : [];
  });
  return kept
    .map((statement) => `${printer.printNode(ts.EmitHint.Unspecified, statement, file)}\n`)
    .join('');
}

function namesOf(statement: typescript.Statement): string[] {
  if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const bound = !namedBindings
      ? []
      : ts.isNamespaceImport(namedBindings)
        ? [namedBindings.name]
        : namedBindings.elements.map((element) => element.name);
    return [...(name ? [name] : []), ...bound].map(({ text }) => text);
  }
  const { name } = statement as typescript.Statement & { name?: typescript.Node };
  return name && ts.isIdentifier(name) ? [name.text] : [];
}
