import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../helpers/project-root.js';

/** A cell as it lies in the file, its source joined. */
export interface NotebookCell {
  readonly id: string;
  readonly kind: 'markdown' | 'code';
  readonly source: string;
  readonly raw: Record<string, unknown>;
}

export interface NotebookFile {
  readonly file: string;
  readonly path: string;
  readonly content: Record<string, unknown>;
  readonly text: string;
  readonly cells: readonly NotebookCell[];
}

/** The committed notebooks, in order. */
export function committedNotebooks(): NotebookFile[] {
  const folder = join(projectRoot(), 'notebooks');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb'))
    .sort()
    .map((file) => readNotebook(folder, file));
}

/** The sources of the course's problem sets, in order. */
export function courseNotebooks(): NotebookFile[] {
  const folder = join(projectRoot(), 'notebooks', 'course');
  return readdirSync(folder)
    .filter((name) => /^ps\d+$/.test(name))
    .sort()
    .map((name) => readNotebook(join(folder, name), `${name}.ipynb`));
}

function readNotebook(folder: string, file: string): NotebookFile {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const content = JSON.parse(text) as Record<string, unknown>;
  const cells = (content.cells as Record<string, unknown>[]).map((raw) => ({
    id: String(raw.id),
    kind: raw.cell_type as NotebookCell['kind'],
    source: [raw.source as string | string[]].flat().join(''),
    raw,
  }));
  return { file, path, content, text, cells };
}

/** A code cell as the compiler sees it. */
function parsed(source: string): ts.SourceFile {
  return ts.createSourceFile('cell.ts', source, ts.ScriptTarget.ES2022, true);
}

/** Syntax errors of a cell. */
export function syntaxErrors(source: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(source, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** Loops of a cell that are in no function: the kernel runs them about 200 times slower. */
export function looseLoops(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isIterationStatement(node, false)) found.push(node.getText().split('\n')[0]);
    ts.forEachChild(node, visit);
  };
  visit(parsed(source));
  return found;
}

/** `{ name }` in an object, which fails where `name` comes from an earlier cell. */
export function shorthandProperties(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(parsed(source));
  return found;
}

/** What a cell imports: module and names. */
export function importsOf(source: string): { from: string; names: string[] }[] {
  return parsed(source)
    .statements.filter(ts.isImportDeclaration)
    .map((statement) => {
      const bindings = statement.importClause?.namedBindings;
      const names =
        bindings && ts.isNamedImports(bindings)
          ? bindings.elements.map((element) => element.name.text)
          : [];
      return { from: (statement.moduleSpecifier as ts.StringLiteral).text, names };
    });
}

/** Whether a name stands in the code of a cell, outside its imports. */
export function uses(source: string, name: string): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && node.text === name) found = true;
    ts.forEachChild(node, visit);
  };
  visit(parsed(source));
  return found;
}

/** The names that `const`, `let` and `var` declare at the top level of a cell, those of patterns included. */
export function declaredNames(source: string): string[] {
  const namesIn = (name: ts.BindingName): string[] =>
    ts.isIdentifier(name)
      ? [name.text]
      : name.elements.flatMap((each) => (ts.isBindingElement(each) ? namesIn(each.name) : []));
  return parsed(source)
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ name }) => namesIn(name));
}

/**
 * Places in code where a reader would have to know how a list is laid out or that something is there:
 * `list[0]`, `list[k - 1]`, `list.at(-1)`, `x!`.
 */
export function bareLookups(source: string): string[] {
  const found: string[] = [];
  const isNumber = (node: ts.Node | undefined): boolean =>
    node !== undefined &&
    (ts.isNumericLiteral(node) || (ts.isPrefixUnaryExpression(node) && isNumber(node.operand)));
  const isLookup = (node: ts.Node): boolean => {
    if (ts.isNonNullExpression(node)) return true;
    if (ts.isElementAccessExpression(node)) {
      return isNumber(node.argumentExpression) || ts.isBinaryExpression(node.argumentExpression);
    }
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
    return node.expression.name.text === 'at' && isNumber(node.arguments[0]);
  };
  const visit = (node: ts.Node): void => {
    if (isLookup(node)) found.push(node.getText().split('\n')[0]);
    ts.forEachChild(node, visit);
  };
  visit(parsed(source));
  return found;
}

/** The pieces of code that stand between backticks in a text, in lines or in blocks. */
export function codeIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  const inline = markdown.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g);
  return [...blocks, ...[...inline].map(([, code]) => code)];
}
