import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exportFigures } from '../../../src/charts/node/index.js';
import { claims } from '../../../src/claims/index.js';
import { recordsFolder, runClaims } from '../../../src/cli/reproduce/claim-runs.js';
import type { ClaimEvent } from '../../../src/cli/reproduce/outcome.js';
import { recordStore, runExperiment, type Run } from '../../../src/experiments/index.js';
import type { AnyRecord } from '../../../src/records/index.js';
import { readManifest } from '../../../src/records/node/index.js';
import { madeUpComparison } from '../../claims/scaled-records.js';
import { madeUpImageRun } from '../../helpers/made-up-image-run.js';
import { projectRoot } from '../../helpers/project-root.js';
import { temporaryFolder } from '../../notebooks/temporary-folder.js';

const hooks = new URL('./without-computing.js', import.meta.url).href;
const program = join(projectRoot(), 'dist', 'cli', 'main.js');

/** A command in a process that can load nothing that computes. */
function withoutComputing(...args: string[]) {
  return spawnSync(process.execPath, ['--import', hooks, program, ...args], { encoding: 'utf8' });
}

let sliding: Promise<AnyRecord> | undefined;

/** Short flows and descents; what takes longer is made up, and a sweep is one run for every seed. */
const quick: Run = async (spec, context) => {
  if (spec.kind === 'image-training') return madeUpImageRun({ name: spec.name! });
  if (spec.kind === 'step-comparison') return madeUpComparison();
  if (spec.kind === 'kinked-flow') {
    sliding ??= runExperiment({ ...spec, decades: 4 }, context);
    return sliding;
  }
  if (spec.kind === 'descent') {
    return runExperiment({ ...spec, c: 0.1, decades: 2, maxSteps: 100_000 }, context);
  }
  return runExperiment({ ...spec, decades: 4 }, context);
};

const DRAWN = ['directional-convergence', 'relu-alignment', 'h-alexnet', 'loss-scaled-steps'];

describe('the figures command', function () {
  this.timeout(120_000);
  let out: string;
  const svgsIn = (folder: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.svg'))
      .sort();

  before(async () => {
    out = temporaryFolder('figures-');
    const events: ClaimEvent[] = [];
    await runClaims(
      claims,
      { ids: DRAWN, settings: { scale: 'smoke', seed: 1 }, out, fresh: false },
      recordStore(recordsFolder(out), { run: quick }),
      // Without its Python there are SVGs alone.
      ({ claim, record }, folder) =>
        exportFigures(claim.figures(record!), folder, { venv: join(out, 'none') }),
      (event) => events.push(event),
    );
    const finished = events.filter(({ kind }) => kind !== 'progress').map(({ kind }) => kind);
    expect(finished).to.deep.equal(DRAWN.map(() => 'finished'));
  });
  after(() => rmSync(out, { recursive: true, force: true }));

  it('draws the bytes of the claim’s own run in a process that cannot load networks', () => {
    const again = join(out, 'again');
    const { status, stdout, stderr } = withoutComputing(
      'figures',
      '--from',
      out,
      '--out',
      again,
      '--style',
      'web',
      '--format',
      'svg',
    );
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    expect(stdout).to.match(/^alignment is passed over: .*alignment\.json: no such file;/m);
    for (const id of DRAWN) {
      const names = svgsIn(join(out, 'figures', id));
      expect(svgsIn(join(again, id))).to.deep.equal(names).and.not.empty;
      for (const name of names) {
        const [first, second] = [join(out, 'figures'), again].map((folder) =>
          readFileSync(join(folder, id, name)),
        );
        expect(first.equals(second), `${id}/${name}`).to.equal(true);
      }
    }
  });

  it('is refused its modules there, as another command is', () => {
    const experiment = join(projectRoot(), 'docs', 'experiments', 'flow.json');
    const folder = join(out, 'not-there');
    const { status, stderr } = withoutComputing('experiment', experiment, '--out', folder);
    expect(status).not.to.equal(0);
    expect(stderr).to.match(/\/dist\/.* computes/);
    expect(existsSync(folder)).to.equal(false);
  });

  const refused: [string, () => string[], RegExp][] = [
    [
      'a claim that is none',
      () => ['nonsense'],
      /^There is no claim or figure 'nonsense' here; the claims are /,
    ],
    [
      'a figure of the paper without all of its records',
      () => ['figure-2'],
      /^figure-2: .*densenet\.json: no such file/,
    ],
    [
      'a width without a unit',
      () => ['--width', '3'],
      /^The width is '3'; expected a number with in/,
    ],
    [
      'a format that is none',
      () => ['--format', 'pdf,eps'],
      /^--format is 'pdf,eps'; expected some of svg, pdf, png with commas between\.$/,
    ],
    ['a claim without records', () => ['resnet'], /^resnet: .*resnet\.json: no such file; .*\.$/],
    [
      'a folder without any',
      () => ['--from', join(out, 'none')],
      /^.* has no records to draw; .*\.$/,
    ],
  ];
  for (const [what, args, sentence] of refused) {
    it(`ends with status 2 and one sentence for ${what}`, () => {
      const { status, stderr } = withoutComputing('figures', '--from', out, ...args());
      expect(status).to.equal(2);
      expect(stderr.trim()).to.match(sentence);
    });
  }

  it('draws one figure by its name, for paper, with its numbers, caption and provenance beside it', () => {
    const folder = join(out, 'one');
    const args = ['h-alexnet-margins', '--from', out, '--out', folder, '--format', 'svg'];
    const { status, stderr } = withoutComputing(
      'figures',
      ...args,
      '--width',
      '80mm',
      '--no-titles',
    );
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    const endings = ['csv', 'json', 'svg', 'tex', 'txt'];
    const files = readdirSync(join(folder, 'h-alexnet')).sort();
    expect(files).to.deep.equal(endings.map((ending) => `h-alexnet-margins.${ending}`));
    const read = (ending: string) =>
      readFileSync(join(folder, 'h-alexnet', `h-alexnet-margins.${ending}`), 'utf8');
    expect(read('svg')).to.match(/^<svg [^>]* width="226.772pt"/);
    expect(read('csv')).to.match(/^panel,mark,x,y,series\n÷ /);
    expect(read('txt')).to.match(/^H-AlexNet: margins of the training images\. Cumulative/);
    const {
      claims: origins,
      drawing,
      files: hashes,
    } = JSON.parse(read('json')) as {
      claims: { claim: string; seed: number; experiments: { training: { sha256: string } } }[];
      drawing: { commit: unknown; versions: object; options: object };
      files: object;
    };
    expect(origins.map(({ claim, seed }) => [claim, seed])).to.deep.equal([['h-alexnet', 1]]);
    expect(origins[0].experiments.training.sha256).to.match(/^[0-9a-f]{64}$/);
    expect(drawing.versions).to.include.keys('vega', 'vega-lite', 'vl-convert-python');
    expect(drawing.options).to.include({ style: 'paper', width: '80mm', titles: false });
    expect(hashes).to.have.keys('h-alexnet-margins.svg', 'h-alexnet-margins.csv');
  });

  it('tells of a record that is damaged', () => {
    const damaged = join(out, 'damaged', 'records');
    const { experiments } = readManifest(recordsFolder(out), 'h-alexnet');
    const record = join(damaged, experiments.training as string);
    mkdirSync(record, { recursive: true });
    writeFileSync(join(record, 'record.json'), '{"format": 99}');
    const manifest = readFileSync(join(recordsFolder(out), 'h-alexnet.json'));
    writeFileSync(join(damaged, 'h-alexnet.json'), manifest);
    const from = dirname(damaged);
    const { status, stderr } = withoutComputing('figures', 'h-alexnet', '--from', from);
    expect(stderr).to.match(/^h-alexnet: .*record\.json has the format 99; expected 1\.\n$/);
    expect(status).to.equal(2);
  });
});
