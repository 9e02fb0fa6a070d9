import type typescript from 'typescript';
import { isVar } from '../compile/names.js';
import { ts } from '../compile/typescript.js';

type Expression = typescript.Expression;
type Visit = (node: Expression) => Expression;

/**
 * The assignments that take the place of declarations. `which` says whether one without a value assigns
 * undefined.
 */
export function assignmentsOf(
  list: typescript.VariableDeclarationList,
  context: typescript.TransformationContext,
  visit: Visit,
  which: 'all' | 'given' = 'given',
): Expression[] {
  const { factory } = context;
  return list.declarations.flatMap((declaration): Expression[] => {
    const { name, initializer } = declaration;
    if (!initializer && which === 'given') return [];
    const value = initializer ? visit(initializer) : factory.createVoidZero();
    const to = targetOf(name, context, visit);
    const assigned = ts.setTextRange(factory.createAssignment(to, value), declaration);
    return ts.isObjectLiteralExpression(to)
      ? [ts.setTextRange(factory.createParenthesizedExpression(assigned), declaration)]
      : [assigned];
  });
}

/** What is assigned where a declaration binds a name or a pattern. */
function targetOf(
  name: typescript.BindingName,
  context: typescript.TransformationContext,
  visit: Visit,
): Expression {
  const { factory } = context;
  if (ts.isIdentifier(name)) return name;
  const whole = (element: typescript.BindingElement): Expression => {
    const to = targetOf(element.name, context, visit);
    const { initializer } = element;
    return initializer ? factory.createAssignment(to, visit(initializer)) : to;
  };
  if (ts.isArrayBindingPattern(name)) {
    const elements = name.elements.map((element) => {
      if (ts.isOmittedExpression(element)) return element;
      const inner = whole(element);
      return element.dotDotDotToken ? factory.createSpreadElement(inner) : inner;
    });
    return ts.setTextRange(factory.createArrayLiteralExpression(elements), name);
  }
  const properties = name.elements.map((element): typescript.ObjectLiteralElementLike => {
    if (element.dotDotDotToken) return factory.createSpreadAssignment(whole(element));
    const { propertyName, initializer } = element;
    if (propertyName === undefined && ts.isIdentifier(element.name)) {
      const filled = initializer && visit(initializer);
      return factory.createShorthandPropertyAssignment(element.name, filled);
    }
    const key =
      propertyName && ts.isComputedPropertyName(propertyName)
        ? factory.updateComputedPropertyName(propertyName, visit(propertyName.expression))
        : propertyName!;
    return factory.createPropertyAssignment(key, whole(element));
  });
  return ts.setTextRange(factory.createObjectLiteralExpression(properties), name);
}

/** A loop whose head declares no `var`: what that declares is a variable of the cell. */
export function withoutVar(
  loop: typescript.Node,
  context: typescript.TransformationContext,
): typescript.Node {
  const { factory } = context;
  if (ts.isForStatement(loop) && loop.initializer && isVarList(loop.initializer)) {
    const initial = commaOf(assignmentsOf(loop.initializer, context, plain), factory);
    const { condition, incrementor, statement } = loop;
    return factory.updateForStatement(loop, initial, condition, incrementor, statement);
  }
  if (ts.isForInStatement(loop) && isVarList(loop.initializer)) {
    const to = targetOf(loop.initializer.declarations[0].name, context, plain);
    return factory.updateForInStatement(loop, to, loop.expression, loop.statement);
  }
  if (ts.isForOfStatement(loop) && isVarList(loop.initializer)) {
    const to = targetOf(loop.initializer.declarations[0].name, context, plain);
    const { awaitModifier, expression, statement } = loop;
    return factory.updateForOfStatement(loop, awaitModifier, to, expression, statement);
  }
  return loop;
}

const isVarList = (node: typescript.Node): node is typescript.VariableDeclarationList =>
  ts.isVariableDeclarationList(node) && isVar(node);
const plain: Visit = (node) => node;

function commaOf(
  all: readonly Expression[],
  factory: typescript.NodeFactory,
): Expression | undefined {
  if (all.length === 0) return undefined;
  return all.reduce((before, each) => factory.createComma(before, each));
}
