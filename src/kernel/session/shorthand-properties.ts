import type typescript from 'typescript';
import { exported } from './cell-names.js';
import { ts } from './typescript.js';

/** The file that declares what earlier cells made, as tslab calls it. */
const isPrevious = (file: typescript.SourceFile) => file.fileName.endsWith('/__prev__.d.ts');

/**
 * Writes `{ v }` out as `{ v: exports.v }` where `v` is an earlier cell's: tslab puts `exports.` before
 * every other use of such a name, but not there.
 */
export function expandShorthandProperties(
  checker: typescript.TypeChecker,
): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => {
    const visit = (node: typescript.Node): typescript.Node => {
      if (!ts.isShorthandPropertyAssignment(node)) return ts.visitEachChild(node, visit, context);
      const symbol = checker.getShorthandAssignmentValueSymbol(node);
      if (!symbol?.declarations?.some((each) => isPrevious(each.getSourceFile()))) return node;
      const { factory } = context;
      const name = node.name.text;
      const value = exported(factory, name);
      const initial = node.objectAssignmentInitializer;
      return factory.createPropertyAssignment(
        name,
        initial
          ? factory.createAssignment(value, ts.visitNode(initial, visit) as typescript.Expression)
          : value,
      );
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
}
