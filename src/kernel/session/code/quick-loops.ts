import type typescript from 'typescript';
import { ts } from '../compile/typescript.js';

type Node = typescript.Node;

/** What loops of a cell's top level need besides their code. */
export interface Loops {
  /** Whether a name stands for a variable of some cell that no function of any cell uses. */
  isUnobserved(name: string): boolean;
  /** Takes code that writes a loop's variables back where it stands, for each loop that is quick. */
  readonly keeping: string[];
}

/**
 * Makes a loop at the top level of a cell as quick as in a function. V8 keeps no number in a register
 * that lives in a global variable. So the variables that the loop assigns, and that nobody else can look
 * at meanwhile, are local ones of the same name in the loop, and are written back when it ends. An
 * interrupt does not run `finally`: it writes them back by `keeping`.
 */
export function quickLoop(
  loop: typescript.Statement,
  { isUnobserved, keeping }: Loops,
  { factory }: typescript.TransformationContext,
): typescript.Statement {
  const names = [...assignedIn(loop)].filter(isUnobserved);
  if (names.length === 0) return loop;
  const mark = `$loop${keeping.length}`;
  const id = (name: string) => factory.createIdentifier(name);
  const held = (name: string) => `${mark}_${name}`;
  const declare = (pairs: readonly (readonly [string, string])[]) =>
    factory.createVariableStatement(
      undefined,
      factory.createVariableDeclarationList(
        pairs.map(([name, value]) =>
          factory.createVariableDeclaration(name, undefined, undefined, id(value)),
        ),
        ts.NodeFlags.Let,
      ),
    );
  const assign = (pairs: readonly (readonly [string, string])[]) =>
    factory.createBlock(
      pairs.map(([to, from]) =>
        factory.createExpressionStatement(factory.createAssignment(id(to), id(from))),
      ),
    );
  const out = names.map((name) => [held(name), name] as const);
  const back = names.map((name) => [name, held(name)] as const);
  keeping.push(
    `${held(names[0])}; ${names.map((name) => `globalThis.${name} = ${name};`).join(' ')}`,
  );
  const inner = factory.createTryStatement(
    factory.createBlock([loop], true),
    undefined,
    assign(out),
  );
  return factory.createBlock(
    [
      declare(out),
      factory.createTryStatement(
        factory.createBlock([declare(back), inner], true),
        undefined,
        assign(back),
      ),
    ],
    true,
  );
}

/** Names that a loop assigns, of whatever variables, itself and not in functions. */
function assignedIn(loop: Node): Set<string> {
  const names = new Set<string>();
  const assign = (target: Node): void => {
    if (ts.isIdentifier(target)) names.add(target.text);
    else if (ts.isBinaryExpression(target)) assign(target.left);
    else if (ts.isPropertyAssignment(target)) assign(target.initializer);
    else if (ts.isShorthandPropertyAssignment(target)) assign(target.name);
    else if (!ts.isElementAccessExpression(target) && !ts.isPropertyAccessExpression(target)) {
      ts.forEachChild(target, assign);
    }
  };
  const walk = (node: Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
      assign(node.left);
    }
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      if (isStep(node.operator)) assign(node.operand);
    }
    if (ts.isForInStatement(node) || ts.isForOfStatement(node)) {
      if (!ts.isVariableDeclarationList(node.initializer)) assign(node.initializer);
    }
    ts.forEachChild(node, walk);
  };
  walk(loop);
  return names;
}

export const isAssignment = (kind: typescript.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
const isStep = (kind: typescript.SyntaxKind) =>
  kind === ts.SyntaxKind.PlusPlusToken || kind === ts.SyntaxKind.MinusMinusToken;
