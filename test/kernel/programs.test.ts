import { expect } from 'chai';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type typescript from 'typescript';
import { reuseStructure } from '../../src/kernel/session/structure-reuse.js';
import { createPrograms, type Builder } from '../../src/kernel/session/programs.js';
import { ts } from '../../src/kernel/session/typescript.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';

/** The compiler's notes on how much of the last program went into one. */
const COMPLETELY = 2;
const structureOf = (program: typescript.Program) =>
  (program as typescript.Program & { structureIsReused: number }).structureIsReused;

/** Programs for cells in a folder, by way of what tslab's converter does. */
function cellsIn(folder: string) {
  const paths = { cell: join(folder, '__tslab__.ts'), previous: join(folder, '__prev__.d.ts') };
  const texts = new Map([
    [paths.cell, ''],
    [paths.previous, ''],
  ]);
  const watched = new Map<string, () => void>();
  const changed: string[] = [];
  let rebuild: (() => void) | undefined;
  let builder!: Builder;
  const sys: typescript.System = {
    ...ts.sys,
    getCurrentDirectory: () => folder,
    readFile: (path) => texts.get(path) ?? ts.sys.readFile(path),
    watchFile(path, tell) {
      watched.set(path, () => tell(path, ts.FileWatcherEventKind.Changed));
      return { close: () => undefined };
    },
    setTimeout: (callback: () => void) => (rebuild = callback),
  };
  const options: typescript.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es5.d.ts'],
    types: [],
    strict: true,
    declaration: true,
  };
  const host = {
    files: [paths.previous, paths.cell],
    options,
    sys,
    afterProgramCreate: (made: Builder) => (builder = made),
  };
  const rewriter = { whileEmitting: <Result>(work: () => Result) => work() };
  createPrograms(host, rewriter, (path) => changed.push(path));
  return {
    changed,
    write(cell: string, previous = '') {
      texts.set(paths.cell, `export {};\n${cell}`);
      texts.set(paths.previous, `export {};\n${previous}`);
      for (const path of Object.values(paths)) watched.get(path)!();
      rebuild!();
      return builder;
    },
    file: () => builder.getSourceFile(paths.cell)!,
    messages: () =>
      builder
        .getProgram()
        .getSemanticDiagnostics(builder.getSourceFile(paths.cell))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  };
}

describe('the programs of cells', function () {
  this.timeout(20_000);
  const folder = temporaryFolder('programs-');
  after(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('a.ts', 'export const one: number = 1;');
  write('b.ts', 'export const two: string = "2";');
  const cells = cellsIn(folder);

  it('tell what a cell declares before there is a program', () => {
    cells.write('const x = 1; function f() {}');
    const file = cells.file() as typescript.SourceFile & { locals: Map<string, unknown> };
    expect([...file.locals.keys()]).to.have.members(['x', 'f']);
    // The compiler notes the path when a program takes the file up.
    expect(file).to.have.property('path', '');
    expect(cells.messages()).to.deep.equal([]);
    expect(cells.file()).to.equal(file).and.to.have.property('path', file.fileName);
  });

  it('take files up that a cell is the first to import', () => {
    cells.write("import { one } from './a'; const x: number = one;");
    expect(cells.messages()).to.deep.equal([]);
    cells.write("import { two } from './b'; const x: number = two;", "import { one } from './a';");
    expect(cells.messages()).to.deep.equal(["Type 'string' is not assignable to type 'number'."]);
  });

  it('keep their structure where all that is imported is there already', () => {
    const both = "import { one } from './a'; import { two } from './b';";
    const builder = cells.write('const y: string = one; export { y, two };', both);
    expect(structureOf(builder.getProgram())).to.equal(COMPLETELY);
    // The converter lets names of earlier cells be seen by their place alone.
    expect(cells.messages()).to.deep.equal(["Cannot find name 'one'.", "Cannot find name 'two'."]);
    const next = cells.write(`${both} const y: string = one; const z: string = two;`);
    expect(structureOf(next.getProgram())).to.equal(COMPLETELY);
    expect(cells.messages()).to.deep.equal(["Type 'number' is not assignable to type 'string'."]);
    const last = cells.write("export const p = import('./b');", 'declare const q: import("./a");');
    expect(structureOf(last.getProgram())).to.equal(COMPLETELY);
  });

  it('go on after one that could not be made', () => {
    const first = cells.write('const x = 1;').getProgram();
    const old = first.getSourceFile(cells.file().fileName);
    for (const text of ['const x = 2;', 'const x = 3;']) {
      const fresh = ts.createSourceFile(old!.fileName, text, ts.ScriptTarget.ES2022);
      reuseStructure(first, old, fresh, () => ({ resolvedModule: undefined }));
    }
    const next = cells.write("import { one } from './a'; const x: number = one;");
    expect(structureOf(next.getProgram())).to.equal(COMPLETELY);
    expect(cells.messages()).to.deep.equal([]);
  });

  it('know by which name a cell imports a file, whatever the last one imported', () => {
    const emitted = (cell: string) => {
      const builder = cells.write(cell);
      let text = '';
      expect(cells.messages()).to.deep.equal([]);
      builder.emit(cells.file(), (name, data) => (text = name.endsWith('.d.ts') ? data : text));
      return text;
    };
    write('made.ts', 'export class Made {}\nexport const made = () => new Made();');
    emitted(
      "import { one } from './a'; import { two } from './b'; import { made } from './made'; [one, two, made];",
    );
    const text = emitted("import { made } from './made'; export const value = made();");
    expect(text).to.include('const value: import("./made").Made');
    emitted(
      "import { one } from './a'; import { two } from './b'; import { made } from './made'; [one, two, made];",
    );
    expect(emitted("import { one } from './a'; export const x = one;")).to.include(
      'const x: number',
    );
  });

  it('say what is missing, and find it as soon as it is there', () => {
    const code = "import { three } from './c'; const x: number = three;";
    cells.write(code);
    expect(cells.messages()[0]).to.match(/^Cannot find module '.\/c'/);
    write('c.ts', 'export const three = 3;');
    cells.write(code);
    expect(cells.messages()).to.deep.equal([]);
  });

  it('see that a file has changed, and say which', () => {
    const code = "import { one } from './a'; const x: number = one;";
    cells.write(code);
    expect(cells.messages()).to.deep.equal([]);
    cells.changed.length = 0;
    write('a.ts', 'export const one: string = "1";');
    utimesSync(join(folder, 'a.ts'), new Date(), new Date(Date.now() + 5000));
    cells.write(code);
    expect(cells.messages()).to.deep.equal(["Type 'string' is not assignable to type 'number'."]);
    expect(cells.changed).to.include(join(folder, 'a.ts'));
  });
});
