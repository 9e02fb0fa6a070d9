import { expect } from 'chai';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  gatherSweep,
  planSweep,
  readSweep,
  runBatch,
  runSweep,
  sweepFile,
  sweepOf,
  sweepRowOf,
  writeBatches,
  type SweepPlan,
} from '../../src/experiments/sweep/index.js';
import { Interrupted, type Progress } from '../../src/experiments/index.js';
import { numberIn, numbersIn, textIn } from '../../src/records/index.js';
import { planarSpec, type ExperimentSpec } from '../../src/specs/index.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { deadSpec, rejectionOf, tinySpec } from './tiny-problems.js';
import { tinySweep } from './tiny-sweep.js';

/** Does what a workflow does, here. */
async function carryOut(plan: SweepPlan, folder: string, only = plan.batches.length) {
  writeBatches(plan, folder);
  for (const { id } of plan.batches.slice(0, only)) {
    await runBatch(join(folder, 'batches', `${id}.json`));
  }
}

describe('a sweep', function () {
  this.timeout(60_000);
  let root: string;
  before(() => (root = temporaryFolder('sweep-')));
  after(() => rmSync(root, { recursive: true, force: true }));
  const folderOf = (name: string) => {
    const folder = join(root, name);
    mkdirSync(folder);
    return folder;
  };

  it('is one table, the same bytes whatever its batches are', async () => {
    const bytes: Buffer[] = [];
    for (const batch of [1, 4]) {
      const folder = folderOf(`batch-${batch}`);
      const plan = await planSweep(tinySweep(), folder, batch);
      expect(plan.batches).to.have.length(batch === 1 ? 6 : 2);
      await carryOut(plan, folder);
      expect(await gatherSweep(plan, folder)).to.equal(0);
      bytes.push(readFileSync(sweepFile(folder, plan)));
    }
    expect(bytes[0].equals(bytes[1])).to.equal(true);
    const { rows, columns, about } = await readSweep(join(root, 'batch-1', 'tiny.parquet'));
    expect(rows.map((row) => [row.run, row.width, row.seed])).to.deep.equal([[0, 4, 1], [1, 4, 2], [2, 4, 3], [3, 8, 1], [4, 8, 2], [5, 8, 3]]); // prettier-ignore
    expect(columns.map(({ name }) => name)).to.include.members(['verdict', 'limit_lambda', 'saddles', 'spec']); // prettier-ignore
    expect(JSON.parse(about.sweep)).to.deep.include({ name: 'tiny' });
    const row = rows.find(({ status }) => status === 'finished')!;
    const again = await sweepRowOf(JSON.parse(textIn(row, 'spec')) as ExperimentSpec);
    expect(again).to.deep.include({ margin: row.margin, lengths: row.lengths });
  });

  it('is the same table where it is run here, without a folder', async () => {
    const shares: number[] = [];
    const onProgress = ({ share = NaN }: Progress) => shares.push(share);
    const table = await runSweep(tinySweep(), { onProgress });
    expect(table).to.deep.equal(await readSweep(join(root, 'batch-1', 'tiny.parquet')));
    expect(shares[0]).to.equal(0);
    // Runs that came to their goal before are not followed again in one process.
    expect(Math.max(...shares)).to.be.within(0.1, 0.99);
    expect(sweepOf(table).axes.map(({ name }) => name)).to.deep.equal(['width', 'seed']);
    expect(() => sweepOf({ about: {} })).to.throw(/does not say of which sweep/);
    const stopped = runSweep(tinySweep(), { signal: { aborted: true } });
    expect(await rejectionOf(stopped)).to.be.instanceOf(Interrupted);
  });

  it('goes on where it was left, also with more runs than before', async () => {
    const folder = folderOf('left');
    const plan = await planSweep(tinySweep(), folder, 2);
    await carryOut(plan, folder, 2);
    expect(await gatherSweep(plan, folder)).to.equal(2);
    expect(existsSync(sweepFile(folder, plan))).to.equal(false);
    const next = await planSweep(tinySweep(), folder, 2);
    expect([next.done.size, next.batches]).to.deep.equal([4, plan.batches.slice(2)]);
    const more = await planSweep(tinySweep(4), folder, 10);
    expect(more.batches.map(({ runs }) => runs.length)).to.deep.equal([4]);
    await carryOut(more, folder);
    expect(await gatherSweep(more, folder)).to.equal(0);
    expect((await readSweep(sweepFile(folder, more))).rows).to.have.length(8);
  });

  it('takes away a table that is broken, and computes it again', async () => {
    const folder = folderOf('broken');
    const plan = await planSweep(tinySweep(1), folder, 2);
    await carryOut(plan, folder);
    const [part] = readdirSync(join(folder, 'parts'));
    const path = join(folder, 'parts', part);
    writeFileSync(path, readFileSync(path).subarray(0, 200));
    const next = await planSweep(tinySweep(1), folder, 2);
    expect(next.batches).to.deep.equal(plan.batches);
    expect(existsSync(path)).to.equal(false);
  });

  it('says of a run that does not come to its goal why, and has no numbers of it', async () => {
    const row = await sweepRowOf({ kind: 'flow', problem: deadSpec(), decades: 2 });
    expect(row.status).to.equal('unfinished');
    expect(textIn(row, 'message')).to.match(/\.$/);
    expect(numberIn(row, 'margin')).to.be.NaN;
  });

  it('does not compute what was planned with other code', async () => {
    const folder = folderOf('other');
    const plan = await planSweep(tinySweep(1), folder, 2);
    writeBatches(plan, folder);
    const file = join(folder, 'batches', `${plan.batches[0].id}.json`);
    const { runs } = JSON.parse(readFileSync(file, 'utf8')) as { runs: { id: string }[] };
    runs[1].id = '0123456789abcdef';
    writeFileSync(file, JSON.stringify({ runs }));
    expect(await rejectionOf(runBatch(file))).to.be.an('error').with.property('message').that.matches(/was planned with other code/); // prettier-ignore
    expect(existsSync(join(folder, 'parts'))).to.equal(false);
  });

  it('leaves nothing of a batch that is interrupted, or whose run makes no sense', async () => {
    const folder = folderOf('interrupted');
    const plan = await planSweep(tinySweep(1), folder, 2);
    writeBatches(plan, folder);
    const file = join(folder, 'batches', `${plan.batches[0].id}.json`);
    expect(await rejectionOf(runBatch(file, { signal: { aborted: true } }))).to.be.instanceOf(
      Interrupted,
    );
    expect(existsSync(join(folder, 'parts'))).to.equal(false);
  });

  it('takes no kinds of experiments of which it keeps nothing, nor axes called like a result', async () => {
    const spiral = { kind: 'spiral', degree: 2, turns: 1, perturbations: [], seed: 1 } as const;
    const none = planSweep({ ...tinySweep(), experiment: spiral }, root, 1);
    expect(await rejectionOf(none)).to.have.property('message').that.matches(/of kind spiral keeps nothing; expected one of flow, flow-rates, step-threshold\.$/); // prettier-ignore
    const folder = folderOf('clash');
    const axes = [{ name: 'margin', at: 'problem.start.seed', values: [1] }];
    const plan = await planSweep({ ...tinySweep(), axes }, folder, 1);
    await carryOut(plan, folder);
    expect(await rejectionOf(gatherSweep(plan, folder))).to.have.property('message').that.matches(/an axis is called margin/); // prettier-ignore
  });

  it('bounds the margin of two layers at every width by the dual certificate', async () => {
    for (const activation of ['relu', 'squared-relu'] as const) {
      const problem = {
        ...tinySpec(activation),
        probe: { kind: 'square-grid', count: 3 },
      } as const;
      const row = await sweepRowOf({ kind: 'flow', problem: { ...problem, data: planarSpec('relu', 2).data }, decades: 3 }); // prettier-ignore
      if (row.status !== 'finished') continue;
      expect(numberIn(row, 'bound')).to.be.at.least(numberIn(row, 'margin') * (1 - 1e-12));
      expect(numbersIn(row, 'limit_scores')).to.have.length(9);
    }
  });

  it('keeps the rates of a flow and the step size of a limit', async () => {
    const problem = tinySpec();
    const rates = await sweepRowOf({ kind: 'flow-rates', problem, decades: 8, beyond: 14 });
    expect(rates).to.include({ status: 'finished', degree: 3 });
    const steps = await sweepRowOf({ kind: 'step-threshold', problem, decades: 3, factors: [0.5], steps: 10 }); // prettier-ignore
    expect(numberIn(steps, 'threshold')).to.be.above(0);
    expect(numbersIn(steps, 'alignments')).to.have.length(1);
  });
});
