import type typescript from 'typescript';
import { ts } from './typescript.js';

type Node = typescript.Node;

/** The names that blocks, loops and catch clauses around a node of a parsed file declare for themselves. */
export function shadowedAround(node: Node): Set<string> {
  const hidden = new Set<string>();
  const declare = (inner: Node): void => {
    if (ts.isVariableDeclarationList(inner) && !(inner.flags & ts.NodeFlags.BlockScoped)) return;
    if (ts.isVariableDeclaration(inner) || ts.isBindingElement(inner)) {
      if (ts.isIdentifier(inner.name)) hidden.add(inner.name.text);
    }
    ts.forEachChild(inner, declare);
  };
  for (let { parent } = node; !ts.isSourceFile(parent); parent = parent.parent) {
    if (ts.isCatchClause(parent) && parent.variableDeclaration) declare(parent.variableDeclaration);
    else if (isFor(parent) && parent.initializer) declareHead(parent.initializer, declare);
    else if (ts.isBlock(parent)) parent.statements.filter(ts.isVariableStatement).forEach(declare);
    else if (ts.isCaseBlock(parent)) {
      const statements = parent.clauses.flatMap((clause) => [...clause.statements]);
      statements.filter(ts.isVariableStatement).forEach(declare);
    }
  }
  return hidden;
}

function isFor(
  node: Node,
): node is typescript.ForStatement | typescript.ForInStatement | typescript.ForOfStatement {
  return ts.isForStatement(node) || ts.isForInStatement(node) || ts.isForOfStatement(node);
}

function declareHead(head: Node, declare: (node: Node) => void): void {
  if (ts.isVariableDeclarationList(head)) declare(head);
}
