import type typescript from 'typescript';
import { exported } from './cell-names.js';
import { shadowedAround } from './shadowed-names.js';
import { ts } from './typescript.js';

type Node = typescript.Node;

/**
 * Adds what the compiler leaves out when it exports variables: `var` in blocks and in the heads of loops,
 * and the variables that `for (v of …)` and `for (v in …)` set in each round.
 */
export function exportNested(
  local: ReadonlySet<string>,
): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const exporting = (name: string, value: typescript.Expression) =>
      factory.createAssignment(exported(factory, name), value);
    const again = (name: string) =>
      factory.createExpressionStatement(exporting(name, factory.createIdentifier(name)));
    const known = (names: readonly string[]) => names.filter((name) => local.has(name));
    const visit = (node: Node): Node | Node[] => {
      if (ts.isFunctionLike(node) || ts.isClassLike(node)) return node;
      const inner = ts.visitEachChild(node, visit, context);
      if (ts.isForOfStatement(inner) || ts.isForInStatement(inner)) {
        const hidden = shadowedAround(ts.getOriginalNode(node));
        const names = known(namesSet(inner.initializer)).filter((name) => !hidden.has(name));
        if (names.length === 0) return inner;
        const body = factory.createBlock([...names.map(again), inner.statement], true);
        const { initializer, expression } = inner;
        return ts.isForInStatement(inner)
          ? factory.updateForInStatement(inner, initializer, expression, body)
          : factory.updateForOfStatement(inner, inner.awaitModifier, initializer, expression, body);
      }
      if (ts.isVariableDeclarationList(inner) && isVar(inner)) {
        const list = inner.declarations.map((each) => {
          const { name, initializer } = each;
          if (!initializer || !ts.isIdentifier(name) || !local.has(name.text)) return each;
          const value = exporting(name.text, initializer);
          return factory.updateVariableDeclaration(each, name, undefined, undefined, value);
        });
        return factory.updateVariableDeclarationList(inner, list);
      }
      if (!ts.isVariableStatement(inner) || !isVar(inner.declarationList)) return inner;
      const patterns = inner.declarationList.declarations.filter(
        ({ name }) => !ts.isIdentifier(name),
      );
      return [inner, ...known(patterns.flatMap(namesSet)).map(again)];
    };
    // What is not inside another statement the compiler exports itself.
    const top = (node: Node) => (ts.isVariableStatement(node) ? node : visit(node));
    return ts.visitEachChild(file, top, context);
  };
}

const isVar = (list: typescript.VariableDeclarationList) =>
  (list.flags & ts.NodeFlags.BlockScoped) === 0;

/** Names of the cell's variables that a declaration, or the head of a loop, sets. */
function namesSet(target: Node): string[] {
  if (ts.isIdentifier(target)) return [target.text];
  if (ts.isVariableDeclarationList(target)) {
    return isVar(target) ? target.declarations.flatMap(namesSet) : [];
  }
  if (ts.isVariableDeclaration(target) || ts.isBindingElement(target)) return namesSet(target.name);
  if (ts.isShorthandPropertyAssignment(target)) return [target.name.text];
  if (ts.isPropertyAssignment(target)) return namesSet(target.initializer);
  if (ts.isBinaryExpression(target)) return namesSet(target.left);
  if (ts.isSpreadElement(target) || ts.isSpreadAssignment(target)) {
    return namesSet(target.expression);
  }
  const isPattern =
    ts.isObjectBindingPattern(target) ||
    ts.isArrayBindingPattern(target) ||
    ts.isArrayLiteralExpression(target) ||
    ts.isObjectLiteralExpression(target) ||
    ts.isParenthesizedExpression(target);
  const names: string[] = [];
  if (isPattern) ts.forEachChild(target, (child) => void names.push(...namesSet(child)));
  return names;
}
