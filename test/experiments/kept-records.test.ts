import { expect } from 'chai';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Interrupted,
  recordName,
  recordOrigin,
  recordStore,
  runExperiment,
  runIntoFolder,
  runPlan,
  Unfinished,
  type Run,
} from '../../src/experiments/index.js';
import { manifestFile, readManifest, readRecord, recordsOf } from '../../src/records/node/index.js';
import { encodeRecord, type DescentRecord, type Json } from '../../src/records/index.js';
import type { DescentExperiment, ExperimentSpec, FlowExperiment } from '../../src/specs/index.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { deadSpec, rejectionOf, tinySpec } from './tiny-problems.js';

const flow: FlowExperiment = { kind: 'flow', problem: tinySpec('relu'), decades: 2 };
const dead: FlowExperiment = { kind: 'flow', problem: deadSpec(), decades: 2 };

const descent = (c: number): DescentExperiment => ({
  kind: 'descent',
  problem: tinySpec(),
  c,
  decades: 1,
  maxSteps: 1000,
});

/** Leaves a record at once, and counts how often it is asked for one. */
function counted(run: Run = async (spec) => madeUp(spec)): { readonly run: Run; times: number } {
  const counter = {
    times: 0,
    run: ((spec, context) => {
      counter.times++;
      return run(spec, context);
    }) as Run,
  };
  return counter;
}

function madeUp(spec: ExperimentSpec): DescentRecord {
  return { kind: 'descent', c: (spec as DescentExperiment).c } as DescentRecord;
}

const never: Run = () => expect.fail('The record is there.');

describe('records that are kept', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(temporaryFolder('records-'), 'records');
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  const place = (spec: ExperimentSpec) => join(folder, recordName(spec));

  it('are read again by the same code, to the last bit', async () => {
    const first = recordStore(folder, { run: runExperiment });
    const record = await first.run(flow, {});
    expect([...first.written]).to.deep.equal([recordName(flow)]);
    const second = recordStore(folder, { run: never });
    expect(encodeRecord(await second.run(flow, {}))).to.deep.equal(encodeRecord(record));
    expect([...second.written]).to.deep.equal([]);
  });

  it('are carried out by what runs experiments where nothing else is given', async () => {
    const record = await recordStore(folder).run(flow, {});
    expect(record).to.equal(await runExperiment(flow));
  });

  it('are computed once where one store is asked twice, for descriptions of one meaning', async () => {
    const counter = counted();
    const store = recordStore(folder, counter);
    const { kind, c, ...others } = descent(1);
    expect(await store.run(descent(1), {})).to.deep.equal({ kind: 'descent', c: 1 });
    expect(await store.run({ ...others, c, kind }, {})).to.deep.equal({ kind: 'descent', c: 1 });
    expect(counter.times).to.equal(1);
    await store.run(descent(2), {});
    expect(counter.times).to.equal(2);
    expect(readdirSync(folder).sort()).to.deep.equal(
      [descent(1), descent(2)].map(recordName).sort(),
    );
  });

  it('are named by kind and description', () => {
    expect(recordName(descent(1))).to.match(/^descent-[0-9a-f]{12}$/);
    expect(recordName(descent(2))).not.to.equal(recordName(descent(1)));
    const kinked = { ...flow, kind: 'kinked-flow' } as const;
    expect(recordName(kinked)).to.match(/^kinked-flow-[0-9a-f]{12}$/);
  });

  it('are computed afresh, once, by a store that is to take none', async () => {
    await recordStore(folder, counted()).run(descent(1), {});
    const counter = counted(async () => ({
      ...madeUp(descent(1)),
      sampledLength: new Float64Array(2),
    }));
    const fresh = recordStore(folder, { ...counter, fresh: true });
    const record = await fresh.run(descent(1), {});
    expect(record).to.have.property('sampledLength');
    expect(await fresh.run(descent(1), {})).to.deep.equal(record);
    expect(counter.times).to.equal(1);
    // It took the place of the one before.
    expect(await recordStore(folder, { run: never }).run(descent(1), {})).to.deep.equal(record);
  });

  describe('are computed again where they come from', () => {
    const others: [string, Record<string, Json>][] = [
      ['other code', { code: 'another' }],
      ['another version of Node', { node: '1.2.3' }],
      ['another linear algebra', { linearAlgebra: 'another' }],
      ['another description', { spec: { kind: 'descent' } }],
    ];
    for (const [what, change] of others) {
      it(what, async () => {
        await recordStore(folder, counted()).run(descent(1), {});
        const file = join(place(descent(1)), 'record.json');
        const head = JSON.parse(readFileSync(file, 'utf8')) as { origin: object };
        expect(head.origin).to.deep.equal(recordOrigin(descent(1)));
        writeFileSync(file, JSON.stringify({ ...head, origin: { ...head.origin, ...change } }));
        const counter = counted();
        await recordStore(folder, counter).run(descent(1), {});
        expect(counter.times).to.equal(1);
        expect(readRecord(place(descent(1))).origin).to.deep.equal(recordOrigin(descent(1)));
      });
    }
  });

  it('are computed again where they are not whole', async () => {
    await recordStore(folder, counted()).run(descent(1), {});
    for (const damage of [
      () => writeFileSync(join(place(descent(1)), 'record.json'), '{"format": 1, "ori'),
      () => rmSync(join(place(descent(1)), 'arrays.npz')),
      () => writeFileSync(join(place(descent(1)), 'record.json'), '{"format": 99}'),
    ]) {
      damage();
      const counter = counted();
      await recordStore(folder, counter).run(descent(1), {});
      expect(counter.times).to.equal(1);
      expect(readRecord(place(descent(1))).record).to.deep.equal({ kind: 'descent', c: 1 });
    }
  });

  it('say where an experiment did not reach its goal, and it is not tried again', async () => {
    const record = await recordStore(folder).run(dead, {});
    expect(record).to.include({ kind: 'unfinished', wanted: 'flow' });
    const { run, written } = recordStore(folder, { run: never });
    expect(await run(dead, {})).to.deep.equal(record);
    expect([...written]).to.deep.equal([]);
    expect(await runPlan({ one: { attempt: dead } }, {}, run)).to.deep.equal({ one: record });
    expect(await rejectionOf(runPlan({ one: dead }, {}, run))).to.be.instanceOf(Unfinished);
  });

  it('are not left by an experiment that fails or is interrupted', async () => {
    for (const error of [new TypeError('no'), new Interrupted('The run was interrupted.')]) {
      const store = recordStore(folder, { run: () => Promise.reject(error) });
      expect(await rejectionOf(store.run(descent(1), {}))).to.equal(error);
      expect([...store.written]).to.deep.equal([]);
    }
    const counter = counted();
    await recordStore(folder, counter).run(descent(1), {});
    expect(counter.times).to.equal(1);
  });

  it('may lie in a folder of any name, with where they come from', async () => {
    const record = await runIntoFolder(flow, join(folder, 'mine'));
    const kept = readRecord(join(folder, 'mine'));
    expect(kept.origin).to.deep.equal(recordOrigin(flow));
    expect(encodeRecord(kept.record)).to.deep.equal(encodeRecord(record));
    expect(await rejectionOf(runIntoFolder(dead, join(folder, 'dead')))).to.be.instanceOf(
      Unfinished,
    );
    expect(readdirSync(folder)).to.deep.equal(['mine']);
  });
});

describe('manifests of kept records', () => {
  let folder: string;
  beforeEach(async () => {
    folder = temporaryFolder('manifest-');
    const { run } = recordStore(folder, counted());
    for (const c of [1, 2, 3, 4]) await run(descent(c), {});
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const name = (c: number) => recordName(descent(c));
  const write = (
    claim: string,
    experiments: Record<string, string | string[]>,
    complete = true,
  ) => {
    const manifest = { claim, scale: 'smoke', seed: 1, complete, experiments };
    writeFileSync(manifestFile(folder, claim), JSON.stringify(manifest));
    return manifest;
  };

  it('name the records of a claim in the place of its experiments', () => {
    const manifest = write('one', { single: name(1), list: [name(2), name(3)], none: [] });
    expect(manifestFile(folder, 'one')).to.equal(join(folder, 'one.json'));
    expect(readManifest(folder, 'one')).to.deep.equal(manifest);
    expect(recordsOf(folder, manifest)).to.deep.equal({
      single: { kind: 'descent', c: 1 },
      list: [2, 3].map((c) => ({ kind: 'descent', c })),
      none: [],
    });
  });

  it('are missed in a sentence, as are the records that they name', () => {
    expect(() => readManifest(folder, 'two')).to.throw(
      /two\.json: no such file; expected the records that `npm run reproduce` keeps\.$/,
    );
    const manifest = write('one', { single: 'descent-000000000000' });
    expect(() => recordsOf(folder, manifest)).to.throw(
      /descent-000000000000[\\/]record\.json: no such file\.$/,
    );
  });

  it('give no records where a run did not reach its goal, whatever lies there', () => {
    const manifest = write('one', { single: name(1), other: 'descent-000000000000' }, false);
    expect(recordsOf(folder, manifest)).to.equal(undefined);
  });

  it('are told in a sentence where they have another form, or are another claim’s', () => {
    for (const text of ['{', 'null', '{"x": 1}', '{"claim": "two", "experiments": {}}']) {
      writeFileSync(manifestFile(folder, 'one'), text);
      expect(() => readManifest(folder, 'one'), text).to.throw(
        /one\.json does not say which records one was judged by\.$/,
      );
    }
  });
});
