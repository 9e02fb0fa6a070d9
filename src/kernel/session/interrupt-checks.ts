import type typescript from 'typescript';
import { ts } from './typescript.js';

type Node = typescript.Node;

/**
 * Lets code that waits ask, after each await and in each round of a loop with one, whether its cell has
 * been interrupted: nothing else ends it, since an interrupt ends the wait for a cell and not what the
 * cell waits for.
 */
export function interruptChecks(): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const question = () =>
      factory.createExpressionStatement(
        factory.createCallExpression(
          factory.createPropertyAccessExpression(
            factory.createIdentifier('__tslab__'),
            'throwIfInterrupted',
          ),
          undefined,
          [],
        ),
      );
    const resumed = (wait: typescript.AwaitExpression) =>
      factory.createCallExpression(
        factory.createPropertyAccessExpression(factory.createIdentifier('__tslab__'), 'resumed'),
        undefined,
        [wait],
      );
    const visit = (node: Node): Node => {
      const changed = ts.visitEachChild(node, visit, context);
      if (ts.isAwaitExpression(changed)) return resumed(changed);
      if (!ts.isIterationStatement(changed, false) || !waits(changed)) return changed;
      const { statement } = changed;
      const rest = ts.isBlock(statement) ? statement.statements : [statement];
      return withBody(factory, changed, factory.createBlock([question(), ...rest], true));
    };
    return ts.visitEachChild(file, visit, context);
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
