import type typescript from 'typescript';
import { ts } from './typescript.js';

type Node = typescript.Node;

/** What the code of a cell may ask the kernel for; a cell's loops ask it whether to stop. */
const KERNEL = '__tslab__';

/**
 * Makes loops at the top level of a cell as quick as in a function. tslab turns each assignment to a
 * variable of the cell into one to a property as well, and each use of an earlier cell's variable into a
 * property. Around a loop that calls nothing but Math, such variables become local ones, and are written
 * back when the loop ends, however it ends: an interrupted loop is told to stop by a number that it
 * looks at, so that it can write them back too.
 *
 * Variables that some function uses are left alone: what they hold may be changed or looked at by others.
 */
export function quickLoops(
  exported: ReadonlySet<string>,
  captured: Set<string>,
): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => (file) => {
    collectCaptured(file, captured);
    const visit = (node: Node): Node => {
      if (ts.isFunctionLike(node) || ts.isClassLike(node)) return node;
      if (isLoop(unlabelled(node)) && isPlain(node)) {
        return localised(node as typescript.Statement, exported, captured, context) ?? node;
      }
      return ts.visitEachChild(node, visit, context);
    };
    return ts.visitEachChild(file, visit, context);
  };
}

function unlabelled(node: Node): Node {
  return ts.isLabeledStatement(node) ? unlabelled(node.statement) : node;
}

function isLoop(node: Node): node is typescript.IterationStatement {
  return ts.isIterationStatement(node, false);
}

/** Whether every call in it is one of Math's, and nothing in it waits or is a function. */
function isPlain(node: Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isNewExpression(node)) return false;
  if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return false;
  if (ts.isTaggedTemplateExpression(node)) return false;
  if (ts.isForOfStatement(node) && node.awaitModifier) return false;
  if (ts.isCallExpression(node) && !isMath(node.expression)) return false;
  return ts.forEachChild(node, (child) => !isPlain(child)) !== true;
}

function isMath(callee: Node): boolean {
  return (
    ts.isPropertyAccessExpression(callee) &&
    ts.isIdentifier(callee.expression) &&
    callee.expression.text === 'Math'
  );
}

/** Adds every name that a function or class in the file uses. */
function collectCaptured(file: Node, captured: Set<string>): void {
  const walk = (node: Node, inside: boolean): void => {
    if (inside && ts.isIdentifier(node)) captured.add(node.text);
    const enters = ts.isFunctionLike(node) || ts.isClassLike(node);
    ts.forEachChild(node, (child) => walk(child, inside || enters));
  };
  walk(file, false);
}

/** The name of an earlier cell's variable: `exports.name`. */
function earlier(node: Node): string | undefined {
  const isOne =
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'exports' &&
    ts.isIdentifier(node.name);
  return isOne ? node.name.text : undefined;
}

/** Whether a name stands for a variable there, and not for a property or a label. */
function isReference(node: typescript.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (ts.isPropertyAssignment(parent)) return parent.name !== node;
  return !ts.isLabeledStatement(parent) && !ts.isBreakOrContinueStatement(parent);
}

/** What a loop does with names. */
interface Uses {
  /** Earlier cells' variables. */
  readonly earlier: Set<string>;
  /** Variables of this cell, and those of earlier ones as `exports.name`, that it assigns. */
  readonly assigned: Set<string>;
  readonly declared: Set<string>;
}

function usesIn(loop: Node): Uses {
  const uses: Uses = { earlier: new Set(), assigned: new Set(), declared: new Set() };
  const assign = (target: Node): void => {
    const name = earlier(target);
    if (name !== undefined) uses.assigned.add(`exports.${name}`);
    else if (ts.isIdentifier(target)) uses.assigned.add(target.text);
    else if (!ts.isElementAccessExpression(target) && !ts.isPropertyAccessExpression(target)) {
      // A pattern: every name in it is assigned, or counted as such.
      ts.forEachChild(target, assign);
    }
  };
  const walk = (node: Node): void => {
    const name = earlier(node);
    if (name !== undefined) return void uses.earlier.add(name);
    if (ts.isVariableDeclaration(node) || ts.isBindingElement(node)) {
      if (ts.isIdentifier(node.name)) uses.declared.add(node.name.text);
    }
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) assign(node.left);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      if (isStep(node.operator)) assign(node.operand);
    }
    if (ts.isForInStatement(node) || ts.isForOfStatement(node)) {
      if (!ts.isVariableDeclarationList(node.initializer)) assign(node.initializer);
    }
    ts.forEachChild(node, walk);
  };
  walk(loop);
  return uses;
}

const isAssignment = (kind: typescript.SyntaxKind) =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
const isStep = (kind: typescript.SyntaxKind) =>
  kind === ts.SyntaxKind.PlusPlusToken || kind === ts.SyntaxKind.MinusMinusToken;

/** The loop with local variables, or nothing where it has no use for them. */
function localised(
  loop: typescript.Statement,
  exported: ReadonlySet<string>,
  captured: ReadonlySet<string>,
  context: typescript.TransformationContext,
): typescript.Statement | undefined {
  const { factory } = context;
  const uses = usesIn(loop);
  const own = [...uses.assigned].filter(
    (name) => exported.has(name) && !captured.has(name) && !uses.declared.has(name),
  );
  const others = [...uses.earlier].filter(
    (name) => !captured.has(name) || !uses.assigned.has(`exports.${name}`),
  );
  if (own.length + others.length === 0) return undefined;
  const local = new Map<string, typescript.Identifier>();
  const stop = factory.createUniqueName('stop');
  const of = (name: string) =>
    factory.createPropertyAccessExpression(factory.createIdentifier('exports'), name);
  for (const name of own) local.set(name, factory.createUniqueName(name));
  for (const name of others) local.set(`exports.${name}`, factory.createUniqueName(name));
  const declarations = [
    factory.createVariableDeclaration(stop, undefined, undefined, kernel(factory, 'stop')),
    ...own.map((name) => declared(factory, local.get(name)!, factory.createIdentifier(name))),
    ...others.map((name) => declared(factory, local.get(`exports.${name}`)!, of(name))),
  ];
  const writes = [
    ...own.map((name) => {
      const both = factory.createAssignment(factory.createIdentifier(name), local.get(name)!);
      return factory.createExpressionStatement(factory.createAssignment(of(name), both));
    }),
    ...others
      .filter((name) => uses.assigned.has(`exports.${name}`))
      .map((name) =>
        factory.createExpressionStatement(
          factory.createAssignment(of(name), local.get(`exports.${name}`)!),
        ),
      ),
  ];
  const inner = renamed(loop, local, stop, context);
  return factory.createBlock(
    [
      factory.createVariableStatement(
        undefined,
        factory.createVariableDeclarationList(declarations, ts.NodeFlags.Let),
      ),
      factory.createTryStatement(
        factory.createBlock([inner], true),
        undefined,
        factory.createBlock(writes, true),
      ),
    ],
    true,
  );
}

function declared(
  factory: typescript.NodeFactory,
  name: typescript.Identifier,
  value: typescript.Expression,
): typescript.VariableDeclaration {
  return factory.createVariableDeclaration(name, undefined, undefined, value);
}

function kernel(factory: typescript.NodeFactory, name: string): typescript.Expression {
  return factory.createPropertyAccessExpression(factory.createIdentifier(KERNEL), name);
}

/** The loop with its variables renamed, and with a look at the interrupt in each round. */
function renamed(
  loop: typescript.Statement,
  local: ReadonlyMap<string, typescript.Identifier>,
  stop: typescript.Identifier,
  context: typescript.TransformationContext,
): typescript.Statement {
  const { factory } = context;
  const check = () =>
    factory.createIfStatement(
      factory.createElementAccessExpression(stop, 0),
      factory.createThrowStatement(
        factory.createCallExpression(kernel(factory, 'stopped'), undefined, []),
      ),
    );
  const visit = (node: Node): Node => {
    const name = earlier(node);
    if (name !== undefined) return local.get(`exports.${name}`) ?? node;
    if (ts.isShorthandPropertyAssignment(node)) {
      const value = local.get(node.name.text);
      const changed = value && factory.createPropertyAssignment(node.name.text, value);
      return changed ?? ts.visitEachChild(node, visit, context);
    }
    if (ts.isIdentifier(node)) return (isReference(node) && local.get(node.text)) || node;
    const changed = ts.visitEachChild(node, visit, context);
    if (!isLoop(changed)) return changed;
    const { statement } = changed;
    const rest = ts.isBlock(statement) ? statement.statements : [statement];
    return withBody(factory, changed, factory.createBlock([check(), ...rest], true));
  };
  return visit(loop) as typescript.Statement;
}

function withBody(
  factory: typescript.NodeFactory,
  loop: typescript.IterationStatement,
  body: typescript.Block,
): Node {
  if (ts.isForStatement(loop)) {
    const { initializer, condition, incrementor } = loop;
    return factory.updateForStatement(loop, initializer, condition, incrementor, body);
  }
  if (ts.isForInStatement(loop)) {
    return factory.updateForInStatement(loop, loop.initializer, loop.expression, body);
  }
  if (ts.isForOfStatement(loop)) {
    const { awaitModifier, initializer, expression } = loop;
    return factory.updateForOfStatement(loop, awaitModifier, initializer, expression, body);
  }
  if (ts.isWhileStatement(loop)) return factory.updateWhileStatement(loop, loop.expression, body);
  return factory.updateDoStatement(
    loop as typescript.DoStatement,
    body,
    (loop as typescript.DoStatement).expression,
  );
}
