import type typescript from 'typescript';
import { isDeclarationFile, type Sources } from '../compile/sources.js';
import { ts } from '../compile/typescript.js';

type Documented = typescript.Node & { jsDoc?: typescript.JSDoc[]; jsDocCache?: unknown };

/** The compiler's own, which its published types leave out. */
const internal = ts as unknown as {
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

/** The compiler's description of what stands at a place, which reads documentation when it is asked for. */
export function documentedQuickInfo(
  language: typescript.LanguageService,
  sources: Sources,
  path: string,
  position: number,
): typescript.QuickInfo | undefined {
  const program = language.getProgram()!;
  const file = program.getSourceFile(path)!;
  const checker = program.getTypeChecker();
  const node = internal.getTouchingPropertyName(file, position);
  const symbol = node === file ? undefined : checker.getSymbolAtLocation(node);
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const meant = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  for (const declaration of meant?.declarations ?? []) document(declaration, sources);
  return language.getQuickInfoAtPosition(path, position);
}

function document(declaration: typescript.Node, sources: Sources): void {
  const file = declaration.getSourceFile();
  const text = isDeclarationFile(file.fileName) ? sources.readFile(file.fileName) : undefined;
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
