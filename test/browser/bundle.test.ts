import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import ts from 'typescript';
import * as kit from '../../src/browser.js';
import { projectRoot } from '../helpers/project-root.js';
import { bundleForBrowser, sizeWords } from './bundle.js';

/** The packages whose code is in a bundle. */
function packagesIn(files: readonly string[]): string[] {
  const names = files.map((file) => /node_modules\/([^/]+)/.exec(file)?.[1]);
  return [...new Set(names)].filter((name) => name !== undefined).sort();
}

describe('the kit in a bundle for browsers', function () {
  this.timeout(60_000);

  it('holds the portable folders and small packages, nothing else', async () => {
    const bundle = await bundleForBrowser("export * from 'afterfit';");
    console.log(`      The whole kit for browsers: ${sizeWords(bundle)}.`);
    const packages = [
      'd3-dsv',
      'd3-format',
      'd3-random',
      'fflate',
      'hyparquet',
      'hyparquet-writer',
      'ml-matrix',
      'pbf',
      'pure-rand',
      'zod',
    ];
    expect(packagesIn(bundle.files)).to.deep.equal(packages);
    const own = bundle.files.filter((file) => !file.startsWith('node_modules/'));
    const folders = new Set(own.map((file) => file.split('/')[1]));
    expect([...folders]).to.include.members(['numerics', 'flows', 'metrics']);
    expect(own.filter((file) => /\/(node|native|tensors|notebook)\//.test(file))).to.deep.equal([]);
  });

  it('leaves out what a page does not use', async () => {
    const flow = await bundleForBrowser(
      "import { followFlow } from 'afterfit';\nconsole.log(followFlow);",
    );
    console.log(`      followFlow alone: ${sizeWords(flow)}.`);
    expect(flow.files.filter((file) => /\/(metrics|datasets|limits)\//.test(file))).to.deep.equal(
      [],
    );
    expect(packagesIn(flow.files)).not.to.include.members(['fflate']);
    const random = await bundleForBrowser(
      "import { randomStream } from 'afterfit';\nconsole.log(randomStream(1).uniform());",
    );
    console.log(`      randomStream alone: ${sizeWords(random)}.`);
    expect(packagesIn(random.files)).to.deep.equal(['d3-random', 'pure-rand']);
    const own = random.files.filter((file) => file.startsWith('dist/'));
    expect(own).to.deep.equal(['dist/numerics/random.js']);
  });

  it('is refused, with the name, where a page imports what needs Node', async () => {
    const refusal = async (script: string) => {
      try {
        await bundleForBrowser(script);
      } catch (error) {
        return (error as Error).message;
      }
      return 'nothing';
    };
    expect(await refusal("import 'afterfit/tensors';")).to.include('afterfit/tensors');
    const file = "import { readNpz } from 'afterfit/datasets';\nreadNpz('w.npz');";
    expect(await refusal(file)).to.include('"readNpz"');
  });
});

describe('the entry for browsers', () => {
  it('has what runs anywhere, and nothing that reads files or installs a library', () => {
    expect(kit).to.include.keys('followFlow', 'certifyLimit', 'datasetFromCsv', 'arraysIn');
    expect(kit).not.to.include.any.keys('readCsvDataset', 'readNpz', 'train', 'exportFigure');
  });

  it('is found by Node too where it is asked to take what a browser would', () => {
    const script =
      "import { linearAlgebraName } from 'afterfit'; console.log(linearAlgebraName());";
    const run = (...options: string[]) =>
      execFileSync(process.execPath, [...options, '--input-type=module', '-e', script], {
        cwd: projectRoot(),
        encoding: 'utf8',
      }).trim();
    expect(run('--conditions=browser')).to.equal('plain TypeScript');
  });

  it('has types that need nothing of Node', function () {
    this.timeout(60_000);
    const program = ts.createProgram([join(projectRoot(), 'dist', 'browser.d.ts')], {
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2023.d.ts'],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      customConditions: ['browser'],
      types: [],
      strict: true,
      noEmit: true,
    });
    const complaints = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(complaints).to.deep.equal([]);
    const files = program.getSourceFiles().map(({ fileName }) => fileName);
    expect(files.filter((file) => file.includes('@types/node'))).to.deep.equal([]);
  });
});
