import type typescript from 'typescript';
import { ts } from '../compile/typescript.js';
import { isAssignment } from './quick-loops.js';

type Node = typescript.Node;

interface Waiting {
  /** An await that asks when it is over. */
  awaited(wait: typescript.AwaitExpression): typescript.Expression;
  /** A loop that asks in each round. */
  checked(loop: Node): Node;
  waits(node: Node): boolean;
}

/**
 * Lets a cell that waits ask, after each await and in each round of a loop that may go round without one, whether
 * it has been interrupted: nothing else ends it, since an interrupt ends the wait for a cell and not what the
 * cell waits for.
 */
export function waiting(
  context: typescript.TransformationContext,
  tools: (name: string) => typescript.Expression,
): Waiting {
  const { factory } = context;
  const call = (name: string, given: readonly typescript.Expression[]) =>
    factory.createCallExpression(tools(name), undefined, given);
  return {
    awaited: (wait: typescript.AwaitExpression): typescript.Expression =>
      ts.setTextRange(call('resumed', [wait]), wait),
    checked(loop: Node): Node {
      if (!ts.isIterationStatement(loop, false)) return loop;
      const rest = statementsOf(loop);
      if (waitInAnyCase(rest)) return loop;
      const question = factory.createExpressionStatement(call('throwIfInterrupted', []));
      const body = factory.createBlock([question, ...rest], true);
      return ts.visitEachChild(loop, (child) => (child === loop.statement ? body : child), context);
    },
    waits,
  };
}

/** Whether the code waits, itself and not in a function that it makes. */
function waits(node: Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isForOfStatement(node) && node.awaitModifier) return true;
  return ts.forEachChild(node, waits) === true;
}

const statementsOf = ({ statement }: typescript.IterationStatement) =>
  ts.isBlock(statement) ? [...statement.statements] : [statement];

/** Whether the first statements wait, before one that could leave the rest out. */
function waitInAnyCase([first, ...rest]: readonly typescript.Statement[]): boolean {
  const values = first === undefined ? undefined : valuesOf(first);
  return values !== undefined && (values.some(waitsInAnyCase) || waitInAnyCase(rest));
}

/** What a statement works out in any case, where it is no more than that. */
function valuesOf(statement: typescript.Statement): readonly Node[] | undefined {
  if (ts.isExpressionStatement(statement)) return [statement.expression];
  if (!ts.isVariableStatement(statement)) return undefined;
  return statement.declarationList.declarations.flatMap(({ initializer }) => initializer ?? []);
}

/** Whether an expression waits whatever the values in it are. */
function waitsInAnyCase(node: Node): boolean {
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isOptionalChain(node)) return false;
  if (ts.isConditionalExpression(node)) return waitsInAnyCase(node.condition);
  if (ts.isBinaryExpression(node)) {
    const { left, right, operatorToken } = node;
    if (MAY_LEAVE_OUT.has(operatorToken.kind)) return waitsInAnyCase(left);
    // A pattern's defaults may not be asked for.
    if (isAssignment(operatorToken.kind)) return waitsInAnyCase(right);
  }
  return ts.forEachChild(node, waitsInAnyCase) === true;
}

/** Operators whose right side is not always worked out. */
const MAY_LEAVE_OUT: ReadonlySet<typescript.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);
