import { expect } from 'chai';
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';
import { installInto, packInto, type Packed } from './consumer.js';

const tsc = join(projectRoot(), 'node_modules', 'typescript', 'bin', 'tsc');

/** The cell of the README, which says what comes of it. */
const cell = /^```ts\n([\s\S]*?)^```$/m.exec(
  readFileSync(join(projectRoot(), 'README.md'), 'utf8'),
)![1];

/** Each entry of the package, and something that it has. */
const ENTRIES = {
  numerics: 'randomStream',
  datasets: 'fashionMnistTiny',
  networks: 'twoLayer',
  losses: 'exponentialLoss',
  flows: 'followFlow',
  metrics: 'measure',
  tensors: 'tensorEngine',
  training: 'train',
  specs: 'planarSpec',
  records: 'mapPlan',
  charts: 'lineChart',
  claims: 'claims',
  experiments: 'runExperiment',
} as const;

describe('the package in a project of its own', function () {
  this.timeout(600_000);
  let folder: string;
  let packed: Packed;

  before(() => {
    // Outside of this project, so that nothing of it is found by chance.
    folder = mkdtempSync(join(tmpdir(), 'afterfit-consumer-'));
    packed = packInto(folder);
    expect(installInto(folder, packed)).to.equal(undefined);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function node(name: string, text: string): string {
    writeFileSync(join(folder, name), text);
    const run = spawnSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' });
    expect(run.stderr).to.equal('');
    return run.stdout.trim();
  }

  it('holds what is built, the images and the papers of the project, and nothing else', () => {
    const tops = new Set(packed.files.map(({ path }) => path.split('/')[0]));
    const papers = ['CHANGELOG.md', 'CITATION.cff', 'LICENSE', 'README.md', 'package.json'];
    expect([...tops].sort()).to.deep.equal([...papers, 'datasets', 'dist'].sort());
    expect(packed.size).to.be.below(3e6);
  });

  it('runs from plain JavaScript', () => {
    const script = `${cell}\nconsole.log(run.last.alpha.toFixed(3));`;
    expect(node('cell.js', script)).to.equal('100000.000');
  });

  it('has every entry that it names, and finds its images', () => {
    const imports = Object.entries(ENTRIES).map(
      ([entry, name]) =>
        `import { ${name} } from 'afterfit/${entry}'; console.log(typeof ${name});`,
    );
    const images = `import { fashionMnistTiny as images } from 'afterfit';
console.log(images('test').labels.length > 99);`;
    const lines = node('entries.js', `${imports.join('\n')}\n${images}`).split('\n');
    expect(lines).to.have.length(Object.keys(ENTRIES).length + 1);
    expect(lines.slice(0, -1)).not.to.include('undefined');
    expect(lines.at(-1)).to.equal('true');
  });

  it('draws a figure', () => {
    const text = node(
      'figure.js',
      `import { alphaAxis, lineChart, toSvg } from 'afterfit';
const plot = { x: alphaAxis, y: { title: 'y', symbol: 'y' }, series: [{ name: 'a', x: [1, 2], y: [1, 2] }] };
console.log((await toSvg(lineChart({ name: 'a', title: 'A', caption: 'B.' }, plot))).slice(0, 4));`,
    );
    expect(text).to.equal('<svg');
  });

  it('says in a sentence what is missing where the optional library was left out', () => {
    const text = node(
      'tensors.js',
      `import { loadTensorFlow, tensorFlowProblem } from 'afterfit/tensors';
console.log(await loadTensorFlow(), tensorFlowProblem());`,
    );
    expect(text).to.match(/^undefined .*@tensorflow\/tfjs-node/);
  });

  it('can be required', () => {
    const text = node('cell.cjs', "console.log(require('afterfit').squaredRelu.power);");
    expect(text).to.equal('2');
  });

  for (const [module, moduleResolution] of [
    ['NodeNext', 'NodeNext'],
    ['ESNext', 'Bundler'],
  ]) {
    it(`has its types in strict TypeScript with modules as ${moduleResolution} finds them`, () => {
      const entries = Object.entries(ENTRIES).map(
        ([entry, name], k) =>
          `import { ${name} as entry${k} } from 'afterfit/${entry}'; void entry${k};`,
      );
      const uses = `const alpha: number = run.last.alpha;
if (Math.abs(alpha - 1e5) > 1e-3) throw new Error(String(alpha));`;
      writeFileSync(join(folder, 'cell.ts'), `${entries.join('\n')}\n${cell}\n${uses}\n`);
      const compilerOptions = {
        ...{ module, moduleResolution, target: 'ES2023', lib: ['ES2023'], strict: true },
        ...{ types: [], skipLibCheck: true, outDir: 'built', rootDir: '.' },
      };
      const config = JSON.stringify({ compilerOptions, files: ['cell.ts'] });
      writeFileSync(join(folder, 'tsconfig.json'), config);
      const options = { cwd: folder, encoding: 'utf8' } as const;
      const compiled = spawnSync(process.execPath, [tsc, '-p', '.'], options);
      expect(compiled.stdout).to.equal('');
      expect(compiled.status).to.equal(0);
      const run = spawnSync(process.execPath, [join('built', 'cell.js')], options);
      expect(run.stderr).to.equal('');
      expect(run.status).to.equal(0);
    });
  }

  it('has an entry for browsers, which asks for nothing of Node', async () => {
    writeFileSync(join(folder, 'page.js'), `${cell}\nglobalThis.alpha = run.last.alpha;`);
    const { outputFiles, warnings } = await build({
      entryPoints: [join(folder, 'page.js')],
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    });
    expect(warnings).to.deep.equal([]);
    expect(outputFiles[0].text).not.to.match(/from\s*"node:/);
  });
});
