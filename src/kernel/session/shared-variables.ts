import type typescript from 'typescript';
import { exported, insideFunctions } from './cell-names.js';
import { ts } from './typescript.js';

type Node = typescript.Node;

/**
 * Lets functions and later cells share one variable. tslab gives later cells a copy, so that a function
 * goes on with its own when a later cell assigns the variable. A variable of the top level that a
 * function of its cell uses lives in `exports` alone instead, where later cells look for it too; it is
 * taken out of `local`, the names that are variables as well.
 */
export function sharedVariables(
  local: Set<string>,
): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => (file) => {
    const names = sharedIn(file);
    if (names.size === 0) return file;
    for (const name of names) local.delete(name);
    const { factory } = context;
    const place = (name: string, node: Node) => ts.setTextRange(exported(factory, name), node);
    const visit = (node: Node): Node => {
      if (ts.isExportDeclaration(node)) return withoutNames(node, names, factory);
      if (ts.isVariableStatement(node) && node.parent === file) return assigned(node);
      if (ts.isShorthandPropertyAssignment(node) && isShared(node.name, names)) {
        const { name, objectAssignmentInitializer: initial } = node;
        const target = place(name.text, name);
        const value = initial && (ts.visitNode(initial, visit) as typescript.Expression);
        return factory.createPropertyAssignment(
          name.text,
          value ? factory.createAssignment(target, value) : target,
        );
      }
      if (ts.isCallExpression(node) && isShared(node.expression, names)) {
        // Called as a variable is, without `this`.
        const callee = place(node.expression.text, node.expression);
        const bare = factory.createParenthesizedExpression(
          factory.createComma(factory.createNumericLiteral(0), callee),
        );
        const given = ts.visitNodes(
          node.arguments,
          visit,
        ) as typescript.NodeArray<typescript.Expression>;
        return factory.updateCallExpression(node, bare, node.typeArguments, given);
      }
      if (isShared(node, names)) return place(node.text, node);
      return ts.visitEachChild(node, visit, context);
    };
    /** `let a = 1, b;` with a shared a: `exports.a = 1; let b;` */
    const assigned = (statement: typescript.VariableStatement): Node => {
      const { declarations, flags } = statement.declarationList;
      const parts = declarations.map((declaration): typescript.Statement => {
        const { name, initializer } = declaration;
        if (!ts.isIdentifier(name) || !names.has(name.text)) {
          const alone = ts.visitEachChild(declaration, visit, context);
          const list = factory.createVariableDeclarationList([alone], flags);
          return ts.setTextRange(
            factory.createVariableStatement(statement.modifiers, list),
            declaration,
          );
        }
        const value = initializer
          ? (ts.visitNode(initializer, visit) as typescript.Expression)
          : factory.createParenthesizedExpression(factory.createVoidZero());
        const assignment = factory.createAssignment(place(name.text, name), value);
        return ts.setTextRange(factory.createExpressionStatement(assignment), declaration);
      });
      return parts as unknown as Node;
    };
    return ts.visitEachChild(file, visit, context);
  };
}

/** Variables that the file declares once, in a statement of the top level, and a function in it uses. */
function sharedIn(file: typescript.SourceFile): ReadonlySet<string> {
  const candidates = new Set<string>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const { declarations, flags } = statement.declarationList;
    if (flags & ts.NodeFlags.Const || statement.modifiers?.length) continue;
    for (const { name } of declarations) {
      if (ts.isIdentifier(name)) candidates.add(name.text);
    }
  }
  const locals = (file as Scoped).locals;
  const used = new Set<string>();
  insideFunctions(file, (name) => used.add(name));
  const once = (name: string) => (locals?.get(name)?.declarations?.length ?? 0) === 1;
  return new Set([...candidates].filter((name) => used.has(name) && once(name)));
}

interface Scoped extends Node {
  readonly locals?: ReadonlyMap<string, typescript.Symbol>;
}

/** Whether a node is a use of such a variable, and not of another that has its name. */
function isShared(node: Node, names: ReadonlySet<string>): node is typescript.Identifier {
  if (!ts.isIdentifier(node) || !names.has(node.text)) return false;
  const { parent } = node;
  if (!parent) return false;
  const isName =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && (parent.name === node || parent.propertyName === node)) ||
    ts.isLabeledStatement(parent) ||
    ts.isBreakOrContinueStatement(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isMetaProperty(parent) ||
    (ts.isClassElement(parent) && parent.name === node);
  if (isName) return false;
  for (let scope: Node = parent; !ts.isSourceFile(scope); scope = scope.parent) {
    if ((scope as Scoped).locals?.has(node.text)) return false;
    const hasOwnName = ts.isFunctionExpression(scope) || ts.isClassExpression(scope);
    const { name } = scope as Node & { name?: Node };
    if (hasOwnName && name && ts.isIdentifier(name) && name.text === node.text) return false;
  }
  return true;
}

function withoutNames(
  node: typescript.ExportDeclaration,
  names: ReadonlySet<string>,
  factory: typescript.NodeFactory,
): Node {
  if (!node.exportClause || !ts.isNamedExports(node.exportClause)) return node;
  const left = node.exportClause.elements.filter(({ name }) => !names.has(name.text));
  const clause = factory.updateNamedExports(node.exportClause, left);
  const { modifiers, isTypeOnly, moduleSpecifier, assertClause } = node;
  return factory.updateExportDeclaration(
    node,
    modifiers,
    isTypeOnly,
    clause,
    moduleSpecifier,
    assertClause,
  );
}
