import type typescript from 'typescript';
import { ts } from '../compile/typescript.js';

/** Names by which libraries find out where they run. */
const TELLING = [
  ...['window', 'self', 'document', 'navigator', 'location', 'frames', 'parent', 'top'],
  ...['module', 'exports', 'require', 'define', 'importScripts', 'Deno', 'Bun', 'process'],
  ...['HTMLElement', 'Element', 'Node', 'XMLHttpRequest', 'Image', 'customElements', 'jest'],
];

/** Names that were global before any cell ran: to others they go on to mean what they meant. */
const reserved = new Set<string>(TELLING);
for (let each: object | null = globalThis; each; each = Object.getPrototypeOf(each) as object) {
  for (const name of Object.getOwnPropertyNames(each)) reserved.add(name);
}

/** The global variable that holds what `import.meta` is in a cell. */
export const META = '$meta';

export const isReserved = (name: string): boolean => reserved.has(name);

/** The global variable in which a name of a cell lives. */
export const runtimeName = (name: string): string => (reserved.has(name) ? `$${name}` : name);

/** Gives a cell's own variables other names where all code in the session knows theirs. */
export function renameReserved(
  checker: typescript.TypeChecker,
  names: ReadonlySet<string>,
): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => (file) => {
    if (names.size === 0 && !file.text.includes('import.meta')) return file;
    const { factory } = context;
    const { locals } = ts.getOriginalNode(file) as typescript.SourceFile & {
      locals?: ReadonlyMap<string, typescript.Symbol>;
    };
    const isCells = (node: typescript.Identifier): boolean => {
      const original = ts.getOriginalNode(node);
      // What the compiler has made is about the cell's own declaration.
      if (!original.parent) return true;
      const { parent } = original;
      const symbol = ts.isShorthandPropertyAssignment(parent)
        ? checker.getShorthandAssignmentValueSymbol(parent)
        : checker.getSymbolAtLocation(original);
      return symbol !== undefined && symbol === locals?.get(node.text);
    };
    const isName = (node: typescript.Identifier, parent: typescript.Node): boolean =>
      (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
      (ts.isPropertyAssignment(parent) && parent.name === node) ||
      (ts.isBindingElement(parent) && parent.propertyName === node) ||
      (ts.isClassElement(parent) && parent.name === node);
    const isRenamed = (node: typescript.Node): node is typescript.Identifier =>
      ts.isIdentifier(node) && names.has(node.text) && isCells(node);
    const renamed = (node: typescript.Identifier) =>
      ts.setTextRange(
        ts.setOriginalNode(factory.createIdentifier(runtimeName(node.text)), node),
        node,
      );
    const visitIn =
      (parent: typescript.Node) =>
      (node: typescript.Node): typescript.Node => {
        if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node;
        if (ts.isShorthandPropertyAssignment(node) && isRenamed(node.name)) {
          const { name, objectAssignmentInitializer: initial } = node;
          const filled = initial && (ts.visitNode(initial, visitIn(node)) as typescript.Expression);
          const value = filled ? factory.createAssignment(renamed(name), filled) : renamed(name);
          return factory.createPropertyAssignment(name.text, value);
        }
        if (ts.isBindingElement(node) && !node.propertyName && isRenamed(node.name)) {
          const { dotDotDotToken, name, initializer } = node;
          const filled = initializer && ts.visitNode(initializer, visitIn(node));
          const isProperty = ts.isObjectBindingPattern(parent) && !dotDotDotToken;
          return factory.updateBindingElement(
            node,
            dotDotDotToken,
            isProperty ? factory.createIdentifier(name.text) : undefined,
            renamed(name),
            filled as typescript.Expression | undefined,
          );
        }
        if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
          return factory.createIdentifier(META);
        }
        if (ts.isIdentifier(node)) {
          return !isName(node, parent) && isRenamed(node) ? renamed(node) : node;
        }
        return ts.visitEachChild(node, visitIn(node), context);
      };
    return ts.visitEachChild(file, visitIn(file), context);
  };
}
