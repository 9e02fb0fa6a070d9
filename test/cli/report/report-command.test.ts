import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claims } from '../../../src/claims/index.js';
import { jsonText } from '../../../src/cli/json-text.js';
import { recordsFolder, runClaims } from '../../../src/cli/reproduce/claim-runs.js';
import type { ClaimOutcome } from '../../../src/cli/reproduce/outcome.js';
import { resultsOf, timingsOf } from '../../../src/cli/reproduce/results.js';
import { recordStore, type Run } from '../../../src/experiments/index.js';
import { madeUpComparison } from '../../claims/scaled-records.js';
import { madeUpImageRun } from '../../helpers/made-up-image-run.js';
import { projectRoot } from '../../helpers/project-root.js';
import { temporaryFolder } from '../../notebooks/temporary-folder.js';
import { madeUpReport } from '../../report/made-up-report.js';

const hooks = new URL('../figures/without-computing.js', import.meta.url).href;
const program = join(projectRoot(), 'dist', 'cli', 'main.js');

/** The command in a process that can load nothing that computes. */
function report(...args: string[]) {
  const all = ['--import', hooks, program, 'report', ...args];
  return spawnSync(process.execPath, all, { encoding: 'utf8' });
}

const madeUp: Run = async (spec) =>
  spec.kind === 'step-comparison' ? madeUpComparison() : madeUpImageRun({ name: 'h-alexnet' });

const TOLD = ['h-alexnet', 'loss-scaled-steps'];

describe('the report command', function () {
  this.timeout(120_000);
  let out: string;
  const page = (name: string) => readFileSync(join(out, name), 'utf8');

  before(async () => {
    out = temporaryFolder('report-');
    const outcomes: ClaimOutcome[] = [];
    await runClaims(
      claims,
      { ids: TOLD, settings: { scale: 'smoke', seed: 1 }, out, fresh: false },
      recordStore(recordsFolder(out), { run: madeUp }),
      async () => ({ written: [], skipped: [] }),
      (event) => event.kind === 'finished' && outcomes.push(event.outcome),
    );
    const { provenance } = madeUpReport([]);
    const missing = [{ id: 'resnet', reason: 'Interrupted.' }];
    const timing = { began: new Date(0), seconds: 1 };
    writeFileSync(join(out, 'results.json'), jsonText(resultsOf(outcomes, provenance, missing)));
    writeFileSync(join(out, 'timings.json'), jsonText(timingsOf(timing, outcomes, [])));
  });
  after(() => rmSync(out, { recursive: true, force: true }));

  it('tells results and records in a process that cannot load networks, twice the same bytes', () => {
    const { status, stdout, stderr } = report('--from', out);
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    expect(stdout).to.equal(`${join(out, 'report.html')} tells of 2 claims\n`);
    report('--from', out, '--out', join(out, 'again.html'));
    expect(page('again.html') === page('report.html')).to.equal(true);
    for (const id of TOLD) expect(page('report.html')).to.include(`id="${id}"`);
    expect(page('report.html')).to.include('data-name="loss-scaled-margin"');
    expect(page('report.html')).to.include('<code>resnet</code>: Interrupted.');
  });

  it('draws nothing of records that are not those of the results', () => {
    const other = join(out, 'other');
    mkdirSync(join(other, 'records'), { recursive: true });
    writeFileSync(join(other, 'results.json'), page('results.json'));
    const manifest = page('records/h-alexnet.json').replace('"seed": 1', '"seed": 2');
    writeFileSync(join(other, 'records', 'h-alexnet.json'), manifest);
    expect(report('--from', other).status).to.equal(0);
    expect(page('other/report.html')).to.include('Its records are of scale smoke and seed 2');
    expect(page('other/report.html')).to.include('Its records were not kept.');
  });

  const refused: [string, string, RegExp][] = [
    ['no results', '', /results\.json: no such file; expected the results that /],
    ['another file', '{"claims": 1}', /results\.json: expected what .* writes; claims: /],
    ['no JSON', '{', /results\.json: not valid JSON at line 1/],
  ];
  for (const [what, text, sentence] of refused) {
    it(`ends with status 2 and one sentence for ${what}`, () => {
      const folder = join(out, 'refused');
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      if (text !== '') writeFileSync(join(folder, 'results.json'), text);
      const { status, stderr } = report('--from', folder);
      expect(status).to.equal(2);
      expect(stderr.trim()).to.match(sentence).and.not.include('\n');
    });
  }
});
