import type typescript from 'typescript';
import { boundNames, isVar } from '../compile/names.js';
import { ts } from '../compile/typescript.js';
import { importCalls } from './imports.js';
import { assignmentsOf, withoutVar } from './patterns.js';
import { quickLoop, type Loops } from './quick-loops.js';
import { waiting } from './waiting.js';

type Node = typescript.Node;

/** What the script of a cell needs to know of it. */
export interface CellFacts extends Loops {
  readonly checker: typescript.TypeChecker;
  /** Whether a name is one that the cell declares. */
  isOwn(name: string): boolean;
  /** The statement whose value is the cell's, if its last one has a value. */
  readonly last: typescript.Statement | undefined;
  /** Where the cell's own text ends in its module: what follows is the kernel's. */
  readonly end: number;
  /** The file of an import, where that is no package's. */
  fileOf(name: string): string | undefined;
}

/** The name by which a cell's code finds the kernel's tools, as a parameter that user's functions never see. */
const TOOLS = '$cell';

/**
 * Turns a cell's module, its types gone already, into a script: functions of the top level are the
 * script's own, so that they are global and keep their text; the rest is a function, the script's value,
 * in which declarations of the top level have become assignments to global variables.
 */
export function scriptOf(facts: CellFacts): typescript.TransformerFactory<typescript.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const functions: typescript.Statement[] = [];
    const first: typescript.Statement[] = [];
    const tools = (name: string) =>
      factory.createPropertyAccessExpression(factory.createIdentifier(TOOLS), name);
    const { awaited, checked, waits } = waiting(context, tools);
    /** Loops around the code, of those that can be quick as a whole. */
    let depth = 0;

    /** Code of the top level, outside functions. */
    const visit = (node: Node): Node | Node[] => {
      if (ts.isFunctionLike(node) || ts.isClassLike(node)) return node;
      if (ts.isExpressionStatement(node) && ts.getOriginalNode(node) === facts.last) {
        const kept = factory.createAssignment(tools('value'), same(node.expression));
        return ts.setTextRange(factory.createExpressionStatement(kept), node);
      }
      if (ts.isVariableStatement(node) && isVar(node.declarationList)) return statements(node);
      const isLoop = ts.isIterationStatement(node, false) || ts.isLabeledStatement(node);
      if (!isLoop) {
        const inner = ts.visitEachChild(node, visit, context);
        return ts.isAwaitExpression(inner) ? awaited(inner) : inner;
      }
      if (waits(node)) return checked(withoutVar(ts.visitEachChild(node, visit, context), context));
      depth++;
      const loop = withoutVar(ts.visitEachChild(node, visit, context), context);
      depth--;
      return depth > 0 ? loop : quickLoop(loop as typescript.Statement, facts, context);
    };
    const same = (node: typescript.Expression) =>
      ts.visitNode(node, visit) as typescript.Expression;
    const statements = (
      statement: typescript.VariableStatement,
      isTop = false,
    ): typescript.Statement[] => {
      const { declarationList: list } = statement;
      // What the compiler has made up for itself stays a variable of the function.
      const isOwn = list.declarations.some(({ name }) => boundNames(name).some(facts.isOwn));
      if (!isOwn) return [ts.visitEachChild(statement, visit, context)];
      const all = assignmentsOf(list, context, same, isTop ? 'all' : 'given').map((each) =>
        ts.setTextRange(factory.createExpressionStatement(each), each),
      );
      return all.length > 0 ? all : [factory.createEmptyStatement()];
    };
    const top = (statement: typescript.Statement): typescript.Statement[] => {
      if (ts.isFunctionDeclaration(statement)) {
        functions.push(withoutModifiers(statement, factory));
        return [];
      }
      if (ts.isImportDeclaration(statement)) {
        if (ts.getOriginalNode(statement).pos < facts.end) {
          first.push(...importCalls(statement, facts, tools, context));
        }
        return [];
      }
      if (ts.isExportDeclaration(statement)) return [];
      if (ts.isExportAssignment(statement)) {
        return [factory.createExpressionStatement(same(statement.expression))];
      }
      if (ts.isVariableStatement(statement)) return statements(statement, true);
      if (ts.isClassDeclaration(statement) && statement.name) {
        const { name, heritageClauses, members } = statement;
        const value = ts.setTextRange(
          factory.createClassExpression(undefined, name, undefined, heritageClauses, members),
          statement,
        );
        const assigned = factory.createAssignment(factory.createIdentifier(name.text), value);
        return [ts.setTextRange(factory.createExpressionStatement(assigned), statement)];
      }
      const changed = visit(statement);
      return (Array.isArray(changed) ? changed : [changed]) as typescript.Statement[];
    };

    const body = file.statements.flatMap(top);
    const all = [...first, ...body].filter((each) => !ts.isEmptyStatement(each));
    const isAsync = all.some(waits);
    const whole = factory.createFunctionExpression(
      isAsync ? [factory.createModifier(ts.SyntaxKind.AsyncKeyword)] : undefined,
      undefined,
      undefined,
      undefined,
      [factory.createParameterDeclaration(undefined, undefined, TOOLS)],
      undefined,
      factory.createBlock(all, true),
    );
    const strict = factory.createExpressionStatement(factory.createStringLiteral('use strict'));
    const value = factory.createExpressionStatement(factory.createParenthesizedExpression(whole));
    return factory.updateSourceFile(file, [strict, ...functions, value]);
  };
}

function withoutModifiers(
  statement: typescript.FunctionDeclaration,
  factory: typescript.NodeFactory,
): typescript.Statement {
  const { asteriskToken, name, parameters, body } = statement;
  const kept = statement.modifiers?.filter(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  return factory.updateFunctionDeclaration(
    statement,
    kept,
    asteriskToken,
    name,
    undefined,
    parameters,
    undefined,
    body,
  );
}
