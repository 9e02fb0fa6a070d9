import type typescript from 'typescript';
import { exportNested } from './nested-exports.js';
import { quickLoops } from './quick-loops.js';
import { sharedVariables } from './shared-variables.js';
import { ts } from './typescript.js';
import { interruptChecks } from './interrupt-checks.js';

/** What is known of a cell's code after its last translation. */
export interface Rewritten {
  /** Names that the cell declares, but for types. */
  readonly names: readonly string[];
  /** The name under which it leaves the value of its last expression. */
  readonly last: string | undefined;
  /** Whether it waits outside functions; tslab overlooks `for await` and an await of something bracketed. */
  readonly hasAwait: boolean;
  /** Code that, where a quick loop stands, writes its variables back. */
  readonly keeping: readonly string[];
  /** From the code that runs to the module's code, and from there to the cell: source maps as JSON. */
  readonly maps: readonly [string, string];
}

type Transpile = TypeScript['transpileModule'];
type TypeScript = typeof typescript;

export interface Rewriter {
  begin(): void;
  /** Runs tslab's emit: what is transpiled meanwhile is a module beside the notebook, not the cell. */
  whileEmitting<Result>(emit: () => Result): Result;
  transpile(
    original: Transpile,
    source: string,
    options: typescript.TranspileOptions,
  ): typescript.TranspileOutput;
  result(): Rewritten;
}

const NOTHING: Rewritten = {
  names: [],
  last: undefined,
  hasAwait: false,
  keeping: [],
  maps: ['', ''],
};
const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;

/**
 * The last step of tslab's converter, from a module to code that runs in a function, with what it lacks:
 * source maps, quick loops, plain assignments instead of property definitions.
 */
export function createRewriter(): Rewriter {
  let emitting = false;
  let rewritten = NOTHING;
  const captured = new Set<string>();
  const changed = new Set<string>();
  return {
    begin: () => (rewritten = NOTHING),
    whileEmitting(emit) {
      emitting = true;
      try {
        return emit();
      } finally {
        emitting = false;
      }
    },
    transpile(original, source, options) {
      const inline = INLINE_MAP.exec(source);
      const plain = inline ? source.slice(0, inline.index) : source;
      if (emitting) return original(plain, options);
      const exported = new Set<string>();
      /** Those that are variables of the code as well as properties. */
      const local = new Set<string>();
      const keeping: string[] = [];
      let hasAwait = false;
      const output = original(plain, {
        ...options,
        compilerOptions: { ...options.compilerOptions, sourceMap: true },
        transformers: {
          before: [
            () => (file) => {
              for (const name of exportedNames(file)) exported.add(name);
              exported.forEach((name) => local.add(name));
              hasAwait = holdsAwait(file);
              return file;
            },
            sharedVariables(local),
            interruptChecks(),
            quickLoops(local, { captured, changed, keeping }),
            exportNested(local),
          ],
        },
      });
      const firstMap = inline ? Buffer.from(inline[1], 'base64').toString('utf8') : '';
      const last = [...exported].find((name) => /^tsLastExpr\d*$/.test(name));
      const names = [...exported].filter((name) => name !== last);
      rewritten = {
        names,
        last,
        hasAwait,
        keeping,
        maps: [output.sourceMapText ?? '', firstMap],
      };
      return { ...output, outputText: plainAssignments(output.outputText, local) };
    },
    result: () => rewritten,
  };
}

/** Names in `export { a, b }`, and `export const` for the value of the last expression. */
function exportedNames(file: typescript.SourceFile): string[] {
  return file.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      return clause && ts.isNamedExports(clause)
        ? clause.elements.map(({ name }) => name.text)
        : [];
    }
    const isExported =
      ts.isVariableStatement(statement) &&
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : [],
    );
  });
}

function holdsAwait(node: typescript.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isForOfStatement(node) && node.awaitModifier) return true;
  return ts.forEachChild(node, holdsAwait) === true;
}

/**
 * The compiler's code for a module, made fit for an object that many cells share: its names are set,
 * not defined, so that a later cell can set them again; and a name keeps its value until the cell has a
 * new one, also when the cell fails before that.
 */
function plainAssignments(code: string, local: ReadonlySet<string>): string {
  return code
    .replace(/^Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);$/m, '')
    .replace(/^(?:exports\.[\w$]+ = )+void 0;$/m, (line) => {
      const names = [...line.matchAll(/exports\.([\w$]+) =/g)].map(([, name]) => name);
      return names.every((name) => local.has(name)) ? '' : line;
    })
    .replace(
      /^Object\.defineProperty\(exports, "([^"]+)", \{ enumerable: true, get: function \(\) \{ return (.*); \} \}\);$/gm,
      'exports.$1 = $2;',
    )
    .replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n');
}
