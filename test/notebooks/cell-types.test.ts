import { expect } from 'chai';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type ts from 'typescript';
import { projectRoot } from '../helpers/project-root.js';
import { committedNotebooks, courseNotebooks } from './notebook-file.js';

/** The compiler of the kernel: older than ours, and with its own view of declarations. */
const kernels = createRequire(import.meta.url)('@tslab/typescript-for-tslab') as typeof ts;

/** The options under which the kernel checks a cell. */
const OPTIONS: ts.CompilerOptions = {
  module: kernels.ModuleKind.ESNext,
  moduleResolution: kernels.ModuleResolutionKind.Node10,
  esModuleInterop: true,
  target: kernels.ScriptTarget.ES2022,
  types: [],
  strict: true,
  noEmit: true,
};

/** Declarations that have been read, so that every program need not read them again. */
const declarations = new Map<string, ts.SourceFile | undefined>();

/**
 * What the kernel's compiler makes of cells that lie in the notebooks' folder, and its errors in each, by name;
 * with `all` in the declarations that they lead to as well.
 */
function programOf(cells: ReadonlyMap<string, string>, all = false) {
  const folder = join(projectRoot(), 'notebooks');
  const texts = new Map(Array.from(cells, ([name, text]) => [join(folder, name), text]));
  const host = kernels.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(path);
    if (text === undefined) {
      if (!declarations.has(path)) declarations.set(path, getSourceFile(path, ...rest));
      return declarations.get(path);
    }
    return kernels.createSourceFile(path, text, kernels.ScriptTarget.ES2022, true);
  };
  const program = kernels.createProgram([...texts.keys()], OPTIONS, host);
  const messages = new Map(Array.from(cells.keys(), (name): [string, string[]] => [name, []]));
  const own = all ? [undefined] : [...texts.keys()].map((path) => program.getSourceFile(path));
  const faults = own.flatMap((file) => [...kernels.getPreEmitDiagnostics(program, file)]);
  for (const { file, messageText } of faults) {
    const name = basename(file?.fileName ?? '');
    const known = messages.get(name) ?? [];
    messages.set(name, [...known, kernels.flattenDiagnosticMessageText(messageText, ' ')]);
  }
  return { messages, program };
}

/** The same for one cell. */
function errorsIn(cell: string, all = false): { messages: string[]; program: ts.Program } {
  const { messages, program } = programOf(new Map([['a-cell.ts', cell]]), all);
  return { messages: [...messages.values()].flat(), program };
}

/** Where `any` shows in a type, looking through functions and objects that the project declares. */
function anyIn(checker: ts.TypeChecker, at: ts.Node, type: ts.Type, path: string): string[] {
  const seen = new Set<ts.Type>();
  const walk = (each: ts.Type, name: string, depth: number): string[] => {
    if (each.flags & kernels.TypeFlags.Any) return [name];
    if (depth === 0 || seen.has(each)) return [];
    seen.add(each);
    const declared = each.symbol?.declarations?.[0]?.getSourceFile().fileName ?? '';
    if (each.isUnionOrIntersection()) {
      return each.types.flatMap((one) => walk(one, name, depth));
    }
    if (declared.includes('node_modules')) {
      const inner = checker.getTypeArguments(each as ts.TypeReference);
      return inner.flatMap((one) => walk(one, `${name}<>`, depth - 1));
    }
    const typeOf = (symbol: ts.Symbol) => checker.getTypeOfSymbolAtLocation(symbol, at);
    return [
      ...each
        .getCallSignatures()
        .flatMap((signature) => [
          ...signature
            .getParameters()
            .flatMap((one) => walk(typeOf(one), `${name}(${one.name})`, depth - 1)),
          ...walk(signature.getReturnType(), `${name}()`, depth - 1),
        ]),
      ...checker
        .getPropertiesOfType(each)
        .flatMap((one) => walk(typeOf(one), `${name}.${one.name}`, depth - 1)),
    ];
  };
  return walk(type, path, 5);
}

describe('the package as the kernel’s compiler sees it from a cell', function () {
  this.timeout(60_000);

  it('has declarations without errors and without any', () => {
    const { messages, program } = errorsIn(
      "import * as afterfit from 'afterfit';\nexport { afterfit };\n",
      true,
    );
    expect(messages).to.deep.equal([]);
    const checker = program.getTypeChecker();
    const file = program.getSourceFile(join(projectRoot(), 'notebooks', 'a-cell.ts'))!;
    const [declaration] = file.statements as unknown as ts.ImportDeclaration[];
    const module = checker.getSymbolAtLocation(declaration.moduleSpecifier)!;
    const found = checker.getExportsOfModule(module).flatMap((symbol) => {
      const target =
        symbol.flags & kernels.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      if (!(target.flags & kernels.SymbolFlags.Value)) return [];
      const type = checker.getTypeOfSymbolAtLocation(target, file);
      return anyIn(checker, file, type, symbol.name);
    });
    expect(found).to.deep.equal([]);
  });

  it('reports a wrong type, so that numbers have not become any', () => {
    const { messages } = errorsIn(
      "import { planarProblem, snapshotAt } from 'afterfit';\n" +
        "const problem = planarProblem('relu', 1);\n" +
        'export const a: string = problem.theta0;\n' +
        'export const b: string = snapshotAt(problem.objective, problem.theta0).margins;\n',
    );
    expect(messages).to.deep.equal([
      "Type 'Float64Array' is not assignable to type 'string'.",
      "Type 'Float64Array' is not assignable to type 'string'.",
    ]);
  });

  it('takes an activation, a loss, a step rule and a metric of one’s own, and checks them', () => {
    const cell = (unit: string) =>
      `import {
  descend, measure, objective, planarProblem, twoLayer,
  type Loss, type Metric, type OwnStep, type Pointwise,
} from 'afterfit';
const steep: Pointwise = {
  name: 'steep', power: 1, smooth: false, slopes: [0.5, 2],
  value: (z) => (z > 0 ? 2 : 0.5) * z, slope: (z) => (z > 0 ? 2 : 0.5), curvature: () => 0,
};
const loss: Loss = {
  name: 'polynomial',
  dual(margins, _pairs, q) {
    const alpha = 1 / margins.reduce((sum, p) => sum + 1 / p, 0);
    margins.forEach((p, i) => (q[i] = (alpha / p) ** 2));
    return alpha;
  },
  logRisk: (alpha) => -Math.log(alpha),
  logSlope: (alpha) => -2 * Math.log(alpha),
  slopeDecay: (alpha) => 2 / alpha,
};
const rule: OwnStep = { kind: 'own', name: 'mine', plan: ({ alpha }) => ({ share: 0.01 / alpha }) };
const pull = {
  name: 'pull' as const, doc: 'Sum of the dual variables.', unit: ${unit},
  value: ({ dual }: { dual: Float64Array }) => dual.reduce((sum, q) => sum + q, 0),
} satisfies Metric<'pull'>;
const { theta0, objective: { inputs, labels } } = planarProblem('relu', 1);
const risk = objective(twoLayer(3, 16, steep), inputs, labels, loss);
const options = { rule, untilAlpha: 1, maxSteps: 10, saveFactor: 1.05 };
const { trajectory } = descend(risk, theta0, options);
export const column: Float64Array = measure(risk, trajectory, { metrics: [pull] }).own.pull;
export const layers: number = risk.network.layers.length;
`;
    expect(errorsIn(cell("''")).messages).to.deep.equal([]);
    expect(errorsIn(cell('5')).messages).not.to.be.empty;
  });

  it('lets a class say how it is drawn, and checks what it says', () => {
    const cell = (forms: string) =>
      "import { jupyterDisplay, type Displayable } from 'afterfit';\n" +
      'class Disc implements Displayable {\n' +
      `  [jupyterDisplay]() { return ${forms}; }\n}\nexport const disc = new Disc();\n`;
    expect(errorsIn(cell("{ 'text/plain': 'disc' }")).messages).to.deep.equal([]);
    expect(errorsIn(cell("Promise.resolve({ 'text/plain': 'disc' })")).messages).to.deep.equal([]);
    expect(errorsIn(cell('5')).messages).to.have.length(1);
  });

  it('keeps the type of what is tracked', () => {
    const { messages } = errorsIn(
      "import { range, track } from 'afterfit';\n" +
        "for (const k of track(range(3), 'a')) { const text: string = k; void text; }\n" +
        'export async function later(items: AsyncIterable<Date>) {\n' +
        '  for await (const item of track(items)) { const text: string = item; void text; }\n}\n',
    );
    expect(messages).to.deep.equal([
      "Type 'number' is not assignable to type 'string'.",
      "Type 'Date' is not assignable to type 'string'.",
    ]);
  });
});

describe('the notebooks as the kernel’s compiler sees them', function () {
  this.timeout(60_000);

  it('have cells without errors of types', () => {
    const texts = [...committedNotebooks(), ...courseNotebooks()].map(
      ({ file, cells }): [string, string] => {
        const code = cells.filter(({ kind }) => kind === 'code').map(({ source }) => source);
        // A module of its own, so that its names are not those of another notebook.
        return [`${file}.ts`, `${code.join('\n')}\nexport {};\n`];
      },
    );
    const { messages } = programOf(new Map(texts));
    expect(Object.fromEntries(messages)).to.deep.equal(
      Object.fromEntries(texts.map(([name]) => [name, []])),
    );
  });
});
