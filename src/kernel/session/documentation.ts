import type typescript from 'typescript';
import { ts } from './typescript.js';

export const isDeclarationFile = (path: string): boolean => /\.d\.[cm]?ts$/.test(path);

type QuickInfo = (
  file: typescript.SourceFile,
  checker: typescript.TypeChecker,
  token: typescript.CancellationToken,
  position: number,
) => typescript.QuickInfo | undefined;

type Documented = typescript.Node & { jsDoc?: typescript.JSDoc[]; jsDocCache?: unknown };

/** The compiler's own, which its published types leave out. */
const internal = ts as unknown as {
  getQuickInfoAtPosition: QuickInfo;
  getTouchingPropertyName(file: typescript.SourceFile, position: number): typescript.Node;
  getJSDocCommentRanges(node: typescript.Node, text: string): typescript.TextRange[] | undefined;
  parseIsolatedJSDocComment(
    text: string,
    start: number,
    length: number,
  ): { jsDoc: typescript.JSDoc } | undefined;
  setParentRecursive(root: typescript.Node, incremental: boolean): void;
};

/** How far above a declaration its comment may stand: `const` is two levels above the name. */
const LEVELS = 3;

/**
 * The text of a declaration file with plain comments in place of those that document, all at the same
 * places: parsing the documentation takes a tenth of a session's start.
 */
export function withoutDocumentation(text: string): string {
  return text.replace(/^([ \t]*)\/\*\*(?!\/)/gm, '$1/* ');
}

/** The compiler's description of what stands at a place, which reads documentation when it is asked for. */
export function documentedQuickInfo(readFile: (path: string) => string | undefined): QuickInfo {
  return (file, checker, token, position) => {
    const node = internal.getTouchingPropertyName(file, position);
    const symbol = node === file ? undefined : checker.getSymbolAtLocation(node);
    const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const meant = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
    for (const declaration of meant?.declarations ?? []) document(declaration, readFile);
    return internal.getQuickInfoAtPosition(file, checker, token, position);
  };
}

function document(
  declaration: typescript.Node,
  readFile: (path: string) => string | undefined,
): void {
  const file = declaration.getSourceFile();
  const text = isDeclarationFile(file.fileName) ? readFile(file.fileName) : undefined;
  // It may have been changed since it was parsed.
  if (text?.length !== file.text.length) return;
  let node: Documented = declaration;
  for (let level = 0; level < LEVELS && !ts.isSourceFile(node); level++) {
    node.jsDoc ??= commentsOf(node, text);
    node.jsDocCache = undefined;
    node = node.parent;
  }
}

function commentsOf(node: typescript.Node, text: string): typescript.JSDoc[] | undefined {
  const found = internal.getJSDocCommentRanges(node, text)?.flatMap(({ pos, end }) => {
    const parsed = internal.parseIsolatedJSDocComment(text, pos, end - pos)?.jsDoc;
    if (!parsed) return [];
    internal.setParentRecursive(parsed, false);
    return [Object.assign(parsed, { parent: node })];
  });
  return found?.length ? found : undefined;
}
