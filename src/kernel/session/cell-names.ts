import type typescript from 'typescript';
import { ts } from './typescript.js';

/** `exports.name`: where a cell's variable lives for all cells. */
export function exported(
  factory: typescript.NodeFactory,
  name: string,
): typescript.PropertyAccessExpression {
  return factory.createPropertyAccessExpression(factory.createIdentifier('exports'), name);
}

/** Tells every name that stands inside functions and classes, and each outermost of these. */
export function insideFunctions(
  file: typescript.Node,
  onName: (name: string) => void,
  onFunction: (outermost: typescript.Node) => void = () => undefined,
): void {
  const walk = (node: typescript.Node, inside: boolean): void => {
    if (inside && ts.isIdentifier(node)) onName(node.text);
    const enters = ts.isFunctionLike(node) || ts.isClassLike(node);
    if (enters && !inside) onFunction(node);
    ts.forEachChild(node, (child) => walk(child, inside || enters));
  };
  walk(file, false);
}
