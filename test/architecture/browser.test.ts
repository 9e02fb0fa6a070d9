import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../helpers/project-root.js';
import { BROWSER_ENTRY, nodeWordsIn, runtimeClosure, type SourceFile } from './rules.js';
import { sourceFiles } from './source-files.js';

type Target = string | null | { readonly [condition: string]: Target };
interface Manifest {
  readonly exports: Readonly<Record<string, Target>>;
  readonly sideEffects: readonly string[];
}

const manifest = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as Manifest;
const files = sourceFiles();

/** The source of what a bundler for browsers takes for an export; undefined where it is told to take none. */
function browserSource(target: Target): string | undefined {
  if (target === null) return undefined;
  if (typeof target !== 'string') return browserSource(target.browser ?? target.default);
  return target.replace(/^\.\/dist\//, '').replace(/\.js$/, '.ts');
}

const entries = Object.entries(manifest.exports)
  .filter(([name]) => name !== './package.json')
  .map(([name, target]) => {
    const isRefused = typeof target === 'object' && target?.browser === null;
    return { name, source: isRefused ? undefined : browserSource(target) };
  });

/** The packages that a browser gets with the kit. */
const PORTABLE_PACKAGES =
  /^(d3-dsv|d3-format|d3-random|fflate|hyparquet|hyparquet-writer|ml-matrix|pbf|pure-rand|zod)(\/|$)/;

describe('what a browser gets', () => {
  it('is an entry of its own, and the folders that run anywhere', () => {
    const offered = entries.filter(({ source }) => source !== undefined);
    expect(offered.map(({ name, source }) => [name, source])).to.deep.include.members([
      ['.', BROWSER_ENTRY],
      ['./datasets', 'datasets/portable.ts'],
      ['./flows', 'flows/index.ts'],
    ]);
  });

  for (const { name, source } of entries) {
    if (source === undefined) continue;
    it(`as ${name} brings nothing of Node along, and no package that a browser cannot load`, () => {
      const closure = runtimeClosure(files, source);
      expect(closure.files[0]?.path).to.equal(source);
      expect(nodeWordsIn(closure.files)).to.deep.equal([]);
      const others = closure.packages.filter((name) => !PORTABLE_PACKAGES.test(name));
      expect(others).to.deep.equal([]);
    });
  }

  it('is refused by name where a folder needs Node', () => {
    const refused = entries.filter(({ source }) => source === undefined);
    for (const { name } of refused) {
      const { packages } = runtimeClosure(files, `${name.slice(2)}/index.ts`);
      expect(packages.filter((name) => !PORTABLE_PACKAGES.test(name))).not.to.deep.equal([]);
    }
  });

  it('is found through imports of every kind but those of types', () => {
    const tree: SourceFile[] = [
      { path: 'browser.ts', text: "export * from './flows/a.js';" },
      { path: 'flows/a.ts', text: "import type { B } from './b.js';\nimport './c.js';" },
      { path: 'flows/b.ts', text: "import 'node:fs';" },
      { path: 'flows/c.ts', text: "const d = await import('koffi');\nBuffer.from(d);" },
    ];
    const closure = runtimeClosure(tree, 'browser.ts');
    const paths = closure.files.map(({ path }) => path);
    expect(paths).to.deep.equal(['browser.ts', 'flows/a.ts', 'flows/c.ts']);
    expect(closure.packages).to.deep.equal(['koffi']);
    const uses = ['flows/c.ts uses Buffer', 'flows/c.ts uses koffi'];
    expect(nodeWordsIn(closure.files)).to.have.members(uses);
  });
});

/** Whether a module does more, when it is loaded, than to make what it exports. */
function acts({ path, text }: SourceFile): boolean {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  return statements.some(
    (statement) =>
      (ts.isImportDeclaration(statement) && statement.importClause === undefined) ||
      !(
        ts.isImportDeclaration(statement) ||
        ts.isExportDeclaration(statement) ||
        ts.isExportAssignment(statement) ||
        ts.isVariableStatement(statement) ||
        ts.isDeclarationStatement(statement)
      ),
  );
}

describe('the list of side effects in package.json', () => {
  const listed = (path: string) =>
    manifest.sideEffects.some((pattern) => {
      const start = pattern.replace('./dist/', '').replace(/\*\*$/, '').replace(/\.js$/, '.ts');
      return start.endsWith('/') ? path.startsWith(start) : path === start;
    });

  it('names every module that does something when it is loaded, so that bundlers may drop the others', () => {
    const acting = files.filter(acts).map(({ path }) => path);
    expect(acting).to.include('index.ts');
    expect(acting.filter((path) => !listed(path))).to.deep.equal([]);
  });

  it('names nothing of what a browser gets', () => {
    const { files: portable } = runtimeClosure(files, BROWSER_ENTRY);
    expect(portable.map(({ path }) => path).filter(listed)).to.deep.equal([]);
  });
});
