import type typescript from 'typescript';
import { exported, insideFunctions } from './cell-names.js';
import { shadowedAround } from './shadowed-names.js';
import { ts } from './typescript.js';

type Node = typescript.Node;

/** What a file's loops need besides their code. */
export interface LoopNotes {
  /** Names that some function of some cell uses: whatever runs may look at such a variable. */
  readonly captured: Set<string>;
  /** Names that some function of some cell assigns: a getter or an iterator may change them. */
  readonly changed: Set<string>;
  /** Code that writes a loop's variables back while it runs, for each loop that has become quick. */
  readonly keeping: string[];
}

/**
 * Makes loops at the top level of a cell as quick as in a function. tslab turns each assignment to a
 * variable of the cell into one to a property as well, and each use of an earlier cell's variable into a
 * property. Around a loop that calls nothing but Math, such variables become local ones, and are written
 * back when the loop ends. An interrupt does not run `finally`: it writes them back by `keeping`.
 *
 * Variables that some function uses are left alone: what they hold may be changed or looked at by others.
 * For a variable of this cell only this cell's functions count, since no other knows it.
 */
export function quickLoops(
  local: ReadonlySet<string>,
  notes: LoopNotes,
): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => (file) => {
    const own = new Set<string>();
    collectCaptured(file, own, notes.changed);
    for (const name of own) notes.captured.add(name);
    const visit = (node: Node): Node => {
      if (ts.isFunctionLike(node) || ts.isClassLike(node)) return node;
      if (isLoop(unlabelled(node)) && isPlain(node)) {
        const loop = node as typescript.Statement;
        return localised(loop, chosenIn(loop, local, own, notes), notes, context);
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

/** Adds every name that a function or class in the file uses, and those that one assigns. */
function collectCaptured(file: Node, captured: Set<string>, changed: Set<string>): void {
  insideFunctions(
    file,
    (name) => captured.add(name),
    (outermost) => {
      for (const name of usesIn(outermost).assigned) changed.add(name.replace(/^exports\./, ''));
    },
  );
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
  // Made by another change: then it is a property's name.
  if (!parent) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (ts.isPropertyAssignment(parent)) return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
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

/** Names that become local in a loop. */
interface Chosen {
  /** Variables of this cell, all assigned in the loop. */
  readonly own: readonly string[];
  /** Variables of earlier cells, and which of them are assigned. */
  readonly earlier: readonly string[];
  readonly assigned: ReadonlySet<string>;
}

function chosenIn(
  loop: Node,
  local: ReadonlySet<string>,
  ownCaptured: ReadonlySet<string>,
  { captured, changed }: LoopNotes,
): Chosen {
  const uses = usesIn(loop);
  const hidden = new Set([...uses.declared, ...shadowedAround(ts.getOriginalNode(loop))]);
  return {
    own: [...uses.assigned].filter(
      (name) => local.has(name) && !ownCaptured.has(name) && !hidden.has(name),
    ),
    earlier: [...uses.earlier].filter(
      (name) => !changed.has(name) && !(captured.has(name) && uses.assigned.has(`exports.${name}`)),
    ),
    assigned: uses.assigned,
  };
}

/** The loop with local variables, as it is where it has no use for them. */
function localised(
  loop: typescript.Statement,
  { own, earlier: others, assigned }: Chosen,
  { keeping }: LoopNotes,
  context: typescript.TransformationContext,
): typescript.Statement {
  if (own.length + others.length === 0) return loop;
  const { factory } = context;
  const within = (name: string) => factory.createIdentifier(`$loop${keeping.length}_${name}`);
  const of = (name: string) => exported(factory, name);
  const declare = (name: string, value: typescript.Expression) =>
    factory.createVariableDeclaration(within(name), undefined, undefined, value);
  const declarations = [
    ...own.map((name) => declare(name, factory.createIdentifier(name))),
    ...others.map((name) => declare(name, of(name))),
  ];
  const changed = others.filter((name) => assigned.has(`exports.${name}`));
  const writes = [
    ...own.map((name) => {
      const both = factory.createAssignment(factory.createIdentifier(name), within(name));
      return factory.createAssignment(of(name), both);
    }),
    ...changed.map((name) => factory.createAssignment(of(name), within(name))),
  ].map((each) => factory.createExpressionStatement(each));
  const names = new Map([
    ...own.map((name) => [name, within(name)] as const),
    ...others.map((name) => [`exports.${name}`, within(name)] as const),
  ]);
  const kept = [...own, ...changed].map((name) => `exports.${name} = ${within(name).text};`);
  keeping.push(kept.join(' '));
  return factory.createBlock(
    [
      factory.createVariableStatement(
        undefined,
        factory.createVariableDeclarationList(declarations, ts.NodeFlags.Let),
      ),
      factory.createTryStatement(
        factory.createBlock([renamed(loop, names, context)], true),
        undefined,
        factory.createBlock(writes, true),
      ),
    ],
    true,
  );
}

/** The loop with its variables renamed. */
function renamed(
  loop: typescript.Statement,
  names: ReadonlyMap<string, typescript.Identifier>,
  context: typescript.TransformationContext,
): typescript.Statement {
  const { factory } = context;
  const visitInitial = (name: Node) => (node: Node) => (node === name ? node : visit(node));
  const visit = (node: Node): Node => {
    const name = earlier(node);
    if (name !== undefined) return names.get(`exports.${name}`) ?? node;
    if (ts.isShorthandPropertyAssignment(node)) {
      const value = names.get(node.name.text);
      const initial = node.objectAssignmentInitializer;
      if (!value) return ts.visitEachChild(node, visitInitial(node.name), context);
      const filled =
        initial && factory.createAssignment(value, visit(initial) as typescript.Expression);
      return factory.createPropertyAssignment(node.name.text, filled ?? value);
    }
    if (ts.isIdentifier(node)) return (isReference(node) && names.get(node.text)) || node;
    return ts.visitEachChild(node, visit, context);
  };
  return visit(loop) as typescript.Statement;
}
