import type typescript from 'typescript';
import { ts } from '../compile/typescript.js';
import { runtimeName } from './reserved.js';

/** A name that an import gives a cell: what it is called here and there, and whether it can change there. */
export type Binding = readonly [local: string, imported: string, isLive: boolean];

interface ImportFacts {
  readonly checker: typescript.TypeChecker;
  fileOf(name: string): string | undefined;
}

/** `$cell.bind(await $cell.load('module', …), [['name', 'name', false], …])` in place of an import. */
export function importCalls(
  statement: typescript.ImportDeclaration,
  { checker, fileOf }: ImportFacts,
  tools: (name: string) => typescript.Expression,
  { factory }: typescript.TransformationContext,
): typescript.Statement[] {
  const { importClause, moduleSpecifier, attributes } = statement;
  const name = (moduleSpecifier as typescript.StringLiteral).text;
  const bindings: Binding[] = [];
  if (importClause) {
    const { name: whole, namedBindings } = importClause;
    if (whole) bindings.push([whole.text, 'default', isVariable(whole, checker)]);
    if (namedBindings && ts.isNamespaceImport(namedBindings)) {
      bindings.push([namedBindings.name.text, '*', false]);
    } else {
      for (const each of namedBindings?.elements ?? []) {
        const imported = (each.propertyName ?? each.name).text;
        bindings.push([each.name.text, imported, isVariable(each.name, checker)]);
      }
    }
  }
  const text = (value: string) => factory.createStringLiteral(value);
  const file = fileOf(name);
  const given = Object.fromEntries(
    (attributes?.elements ?? []).map((each) => [
      each.name.text,
      (each.value as typescript.StringLiteral).text,
    ]),
  );
  const load = factory.createCallExpression(tools('load'), undefined, [
    text(name),
    file === undefined ? factory.createVoidZero() : text(file),
    factory.createObjectLiteralExpression(
      Object.entries(given).map(([key, value]) =>
        factory.createPropertyAssignment(text(key), text(value)),
      ),
    ),
  ]);
  const list = factory.createArrayLiteralExpression(
    bindings.map(([local, imported, isLive]) =>
      factory.createArrayLiteralExpression([
        text(runtimeName(local)),
        text(imported),
        isLive ? factory.createTrue() : factory.createFalse(),
      ]),
    ),
  );
  const call = factory.createCallExpression(tools('bind'), undefined, [
    ts.setTextRange(factory.createAwaitExpression(load), statement),
    list,
  ]);
  const made = factory.createExpressionStatement(ts.setTextRange(call, statement));
  return [ts.setTextRange(made, statement)];
}

/** Whether what is imported is a variable that its module may assign, so that its value cannot be copied. */
function isVariable(name: typescript.Identifier, checker: typescript.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(ts.getOriginalNode(name));
  if (!symbol || (symbol.flags & ts.SymbolFlags.Alias) === 0) return false;
  const { valueDeclaration } = checker.getAliasedSymbol(symbol);
  return (
    valueDeclaration !== undefined &&
    ts.isVariableDeclaration(valueDeclaration) &&
    (ts.getCombinedNodeFlags(valueDeclaration) & ts.NodeFlags.Const) === 0
  );
}
