import type typescript from 'typescript';
import { ts } from '../compile/typescript.js';

type Node = typescript.Node;

interface Waiting {
  /** An await that asks when it is over. */
  awaited(wait: typescript.AwaitExpression): typescript.Expression;
  /** A loop that asks in each round. */
  checked(loop: Node): Node;
  waits(node: Node): boolean;
}

/**
 * Lets a cell that waits ask, after each await and in each round of a loop with one, whether it has been
 * interrupted: nothing else ends it, since an interrupt ends the wait for a cell and not what the cell
 * waits for.
 */
export function waiting(
  { factory }: typescript.TransformationContext,
  tools: (name: string) => typescript.Expression,
): Waiting {
  const call = (name: string, given: readonly typescript.Expression[]) =>
    factory.createCallExpression(tools(name), undefined, given);
  return {
    awaited: (wait: typescript.AwaitExpression): typescript.Expression =>
      ts.setTextRange(call('resumed', [wait]), wait),
    checked(loop: Node): Node {
      if (!ts.isIterationStatement(loop, false)) return loop;
      const { statement } = loop;
      const rest = ts.isBlock(statement) ? statement.statements : [statement];
      const question = factory.createExpressionStatement(call('throwIfInterrupted', []));
      return withBody(factory, loop, factory.createBlock([question, ...rest], true));
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
  if (ts.isDoStatement(loop)) return factory.updateDoStatement(loop, body, loop.expression);
  return loop;
}
