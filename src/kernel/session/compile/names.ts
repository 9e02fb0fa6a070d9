import type typescript from 'typescript';
import { ts } from './typescript.js';

type Node = typescript.Node;

/** What a cell says a name is. */
export interface Declared {
  /** Whether it stands for a value, a type, or both. */
  readonly value: boolean;
  readonly type: boolean;
  /** Whether it can be assigned. */
  readonly variable: boolean;
  /** Whether the type takes parameters. */
  readonly generic: boolean;
}

/** Names in a cell: those of its top level, and what it uses. */
export interface Names {
  readonly declared: ReadonlyMap<string, Declared>;
  readonly used: ReadonlySet<string>;
  /** Those that stand inside functions and classes: whatever runs may look at such a variable. */
  readonly insideFunctions: ReadonlySet<string>;
}

const VALUE: Declared = { value: true, type: false, variable: false, generic: false };
const VARIABLE: Declared = { ...VALUE, variable: true };
const TYPE: Declared = { ...VALUE, value: false, type: true };
const BOTH: Declared = { ...VALUE, type: true };

/** The names in a parsed cell. */
export function namesIn(file: typescript.SourceFile): Names {
  const declared = new Map<string, Declared>();
  const declare = (name: string, as: Declared) => {
    const known = declared.get(name);
    declared.set(name, {
      value: as.value || known?.value === true,
      type: as.type || known?.type === true,
      variable: as.variable || known?.variable === true,
      generic: as.generic || known?.generic === true,
    });
  };
  for (const statement of file.statements) declareTop(statement, declare);
  const used = new Set<string>();
  const insideFunctions = new Set<string>();
  const walk = (node: Node, inside: boolean): void => {
    if (ts.isIdentifier(node) && isUse(node)) {
      used.add(node.text);
      if (inside) insideFunctions.add(node.text);
    }
    const enters = inside || ts.isFunctionLike(node) || ts.isClassLike(node);
    ts.forEachChild(node, (child) => walk(child, enters));
  };
  walk(file, false);
  return { declared, used, insideFunctions };
}

/** Whether a name may stand for a variable or a type there, and not for a property. */
function isUse(node: typescript.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (ts.isQualifiedName(parent)) return parent.right !== node;
  if (ts.isPropertyAssignment(parent)) return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isClassElement(parent) || ts.isTypeElement(parent)) return parent.name !== node;
  return !ts.isLabeledStatement(parent) && !ts.isBreakOrContinueStatement(parent);
}

type Declare = (name: string, as: Declared) => void;

function declareTop(statement: typescript.Statement, declare: Declare): void {
  if (ts.isVariableStatement(statement)) {
    const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
    for (const { name } of statement.declarationList.declarations) {
      for (const each of boundNames(name)) declare(each, isConst ? VALUE : VARIABLE);
    }
    return;
  }
  if (ts.isFunctionDeclaration(statement) && statement.name) declare(statement.name.text, VALUE);
  else if (ts.isClassDeclaration(statement) && statement.name) {
    declare(statement.name.text, { ...BOTH, generic: isGeneric(statement) });
  } else if (ts.isEnumDeclaration(statement)) declare(statement.name.text, BOTH);
  else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    declare(statement.name.text, { ...TYPE, generic: isGeneric(statement) });
  } else if (ts.isModuleDeclaration(statement)) {
    if (ts.isIdentifier(statement.name) && !isGlobal(statement)) declare(statement.name.text, BOTH);
  } else if (ts.isImportEqualsDeclaration(statement)) declare(statement.name.text, BOTH);
  else if (ts.isImportDeclaration(statement)) {
    for (const each of importedNames(statement)) declare(each, BOTH);
  }
  declareNested(statement, declare);
}

const isGeneric = (node: { readonly typeParameters?: readonly unknown[] }) =>
  (node.typeParameters?.length ?? 0) > 0;

/** Whether it is `declare global`. */
export const isGlobal = (node: typescript.ModuleDeclaration): boolean =>
  (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;

function importedNames({ importClause }: typescript.ImportDeclaration): string[] {
  if (!importClause) return [];
  const { name, namedBindings } = importClause;
  const bound = !namedBindings
    ? []
    : ts.isNamespaceImport(namedBindings)
      ? [namedBindings.name]
      : namedBindings.elements.map((element) => element.name);
  return [...(name ? [name] : []), ...bound].map(({ text }) => text);
}

/** `var` anywhere in a statement is a variable of the top level. */
function declareNested(node: Node, declare: Declare): void {
  if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return;
  if (ts.isVariableDeclarationList(node) && isVar(node)) {
    for (const { name } of node.declarations) {
      for (const each of boundNames(name)) declare(each, VARIABLE);
    }
  }
  ts.forEachChild(node, (child) => declareNested(child, declare));
}

export const isVar = (list: typescript.VariableDeclarationList): boolean =>
  (list.flags & ts.NodeFlags.BlockScoped) === 0;

/** The names that a declaration's name or pattern binds. */
export function boundNames(name: typescript.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((each) => (ts.isBindingElement(each) ? boundNames(each.name) : []));
}
