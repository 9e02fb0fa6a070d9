import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../src/cli/commands.js';
import { projectRoot } from '../helpers/project-root.js';
import { fixture } from '../networks/onnx/fixtures.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { commandsOf, PAGES, snippets } from './snippets.js';

const root = projectRoot();
const program = join(root, 'dist', 'cli', 'main.js');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** What makes a command small enough to be run here: words of it, and what stands in their place. */
const SMALLER: readonly (readonly [RegExp, string])[] = [
  [/--scale standard --seed 7/, '--scale smoke --seed 7 --no-notebooks'],
  [/run reproduce$/, 'run reproduce -- margin-maximization --no-notebooks --out out'],
  [/run bench( -- gradients .*)?$/, 'run bench -- --list'],
  // Figures of the claim that is run here.
  [/figures -- h-alexnet-margins /, 'figures -- margin-gap '],
  [/figures -- figure-1 /, 'figures -- margins-in-time '],
];

/** Commands that are not run here, and why. */
const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  [
    / measure .* cifar-10/,
    'CIFAR-10 does not come with the project; test/cli/measure measures another network',
  ],
  [
    / train /,
    'minutes; test/cli/train trains on fewer images, and published.test.ts reads the file',
  ],
  [/ bench -- (relu-flow|kernels|convolution-steps)/, 'minutes; test/cli/bench has their parts'],
  [/ reproduce -- --scale standard/, 'all claims at standard scale'],
  [
    / sweep -- (?!.*--(dry-run|judge))/,
    'minutes, and a cluster; test/cli/sweep has its own, here and on Slurm',
  ],
  [
    / course -- (check|release|collect|grade|feedback|export)/,
    'nbgrader and a sandbox; test/cli/course does all of it with a small set',
  ],
  [/ course -- serve/, 'serves until Ctrl-C; test/cli/course/serve logs in'],
  [/ new -- (claim|set) /, 'writes into the project; new.long.test.ts runs it in a copy'],
];

/** In the order in which one leaves what another reads. */
const ORDER = ['reproduce', 'report', 'figures', 'experiment', 'flow', 'bench'];

/** The commands of all pages that are written in TypeScript, made small, each once. */
function toRun(): string[][] {
  const given = PAGES.flatMap(commandsOf)
    .filter(({ words, fenced }) => words[1] === 'run' && (fenced || words.length > 3))
    .filter(({ words }) => commands.has(words[2]))
    .map(({ text }) => text)
    .filter((text) => !LEFT_OUT.some(([pattern]) => pattern.test(text)));
  const small = given.map((text) =>
    SMALLER.reduce((made, [part, instead]) => made.replace(part, instead), text),
  );
  return [...new Set(small)]
    .map((text) => text.split(' ').slice(2))
    .map((words) => words.filter((word) => word !== '--'))
    .sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
}

describe('the commands that pages give, made small', function () {
  this.timeout(600_000);
  let folder: string;

  before(() => {
    folder = temporaryFolder('docs-');
    mkdirSync(join(folder, 'docs', 'experiments'), { recursive: true });
    for (const name of readdirSync(join(root, 'docs', 'experiments'))) {
      copyFileSync(
        join(root, 'docs', 'experiments', name),
        join(folder, 'docs', 'experiments', name),
      );
    }
    // The table and the problem that the pages speak of.
    writeFileSync(join(folder, 'table.csv'), TABLE);
    const problem = snippets().find(({ text }) => text.includes('"solver"'))!.text;
    writeFileSync(join(folder, 'problem.json'), problem);
    // The network and the checkpoints.
    mkdirSync(join(folder, 'checkpoints'));
    copyFileSync(fixture('lenet.npz'), join(folder, 'test.npz'));
    for (const name of ['model.onnx', 'checkpoints/epoch-1.onnx', 'checkpoints/epoch-2.onnx']) {
      copyFileSync(fixture('lenet-script.onnx'), join(folder, name));
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const words of toRun()) {
    it(`npm run ${words.join(' ')}`, () => {
      const run = spawnSync(process.execPath, [program, ...words], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(run.status, run.stderr).to.equal(0);
      for (const [k, word] of words.entries()) {
        const made = ['--out', '--html'].includes(word) ? words[k + 1] : undefined;
        if (made !== undefined) expect(existsSync(join(folder, made)), made).to.equal(true);
      }
    });
  }
});

/** Two species that a line parts. */
const TABLE = `length,width,species
1.0,0.2,a
1.3,0.4,a
0.9,0.1,a
2.6,1.9,b
2.9,2.2,b
3.1,1.8,b
`;

/** What each TypeScript block comes to: an expression for its end, and the value that its page tells. */
const TOLD: Readonly<Record<string, string>> = {
  'run.last.alpha;': 'Math.abs(run.last.alpha - 1e5) < 1e-3 && run.last.pathLength > 0',
  'class Swatch': 'firstThatFits(100) === 31',
  exportFigure: "written.some((path) => path.endsWith('my-angles.svg'))",
  planarSpec:
    'Math.abs(descent.measurements.alignment.slice(-1)[0]) <= 1 && descent.measurements.alpha.slice(-1)[0] >= 100',
  runSweep: 'Math.abs(Number(rows[0].fitted) - 0.5) < 5e-3',
  notebookSettings: "seed === 1 && scale === 'smoke' && settings.seed === 1",
};

describe('the TypeScript of the pages', function () {
  this.timeout(600_000);
  let folder: string;
  const blocks = snippets().filter(({ language }) => language === 'ts');
  const file = (k: number) => `block${k}.ts`;

  before(() => {
    // Within the project, so that it is found by its own name.
    folder = temporaryFolder('blocks-');
    blocks.forEach(({ text }, k) => {
      const [, holds] = Object.entries(TOLD).find(([part]) => text.includes(part)) ?? [];
      expect(holds, `what ${text} comes to`).not.to.equal(undefined);
      writeFileSync(join(folder, file(k)), `${text}\nconsole.log(${holds});\n`);
    });
    const compilerOptions = {
      ...{ module: 'NodeNext', moduleResolution: 'NodeNext', target: 'ES2023', strict: true },
      ...{ types: ['node'], skipLibCheck: true, outDir: 'built', rootDir: '.' },
    };
    const config = JSON.stringify({ compilerOptions, include: ['*.ts'] });
    writeFileSync(join(folder, 'tsconfig.json'), config);
    const compiled = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    expect(compiled.stdout).to.equal('');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [k, { page, line }] of blocks.entries()) {
    it(`${page}, line ${line}, compiles and comes to what it says`, () => {
      const built = join(folder, 'built', file(k).replace('.ts', '.js'));
      const run = spawnSync(process.execPath, [built], { cwd: folder, encoding: 'utf8' });
      expect(run.status, run.stderr).to.equal(0);
      expect(run.stdout.trim().split('\n').at(-1)).to.equal('true');
    });
  }

  it('is found', () => {
    expect(blocks.length).to.be.at.least(Object.keys(TOLD).length);
  });
});
