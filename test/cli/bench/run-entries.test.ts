import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from '../../../src/cli/bench/compare.js';
import type { BenchEntry } from '../../../src/cli/bench/entry.js';
import { readResults, saveResult } from '../../../src/cli/bench/results.js';
import { runEntries } from '../../../src/cli/bench/run-entries.js';
import { Interrupted } from '../../../src/experiments/settings.js';
import { fakeComparison, fakePeer, fakeRecord, fakeRun, silentLine } from './fakes.js';

describe('a run of the entries', () => {
  let out: string;
  beforeEach(() => (out = join(mkdtempSync(join(tmpdir(), 'afterfit-bench-')), 'results.json')));
  afterEach(() => rmSync(join(out, '..'), { recursive: true, force: true }));

  /** An entry whose peer gives the given answer, where ours is 1. */
  const entryWith = (name: string, answer: number): BenchEntry => ({
    name,
    about: 'a fake',
    async *run(tools) {
      const peers = [fakePeer('peer', fakeRun('peer', [3], answer))];
      yield await compare(fakeComparison({ name, ours: fakeRun('ours', [1], 1), peers }), tools);
    },
  });
  const noPeers = (closed: string[] = []) => ({
    peer: () => Promise.reject(new Error('there is none')),
    closeAll: () => void closed.push('closed'),
  });
  const run = (entries: BenchEntry[], closed: string[] = []) =>
    runEntries(entries, { rounds: 2, out }, noPeers(closed), silentLine());

  it('writes what each entry finds, and closes its peers', async () => {
    const closed: string[] = [];
    const session = await run([entryWith('a', 1), entryWith('b', 1)], closed);
    expect(session.failures).to.deep.equal([]);
    expect(session.records.map(({ name, ratio }) => [name, ratio])).to.deep.equal([
      ['a', 3],
      ['b', 3],
    ]);
    expect(readResults(out)).to.deep.equal(JSON.parse(JSON.stringify(session.records)));
    expect(closed).to.have.length(2);
  });

  it('goes on after a refusal, which leaves no record, not even an older one', async () => {
    saveResult(out, fakeRecord({ name: 'a' }));
    saveResult(out, fakeRecord({ name: 'z' }));
    const session = await run([entryWith('a', 1.5), entryWith('b', 1)]);
    expect(session.failures).to.have.length(1);
    expect(session.failures[0]).to.match(/^a, one number: no ratio, .* peer differs by 5\.0e-1\.$/);
    expect(readResults(out).map(({ name }) => name)).to.deep.equal(['z', 'b']);
  });

  it('names an entry that fails, and one whose peers all stay away', async () => {
    const failing: BenchEntry = {
      name: 'failing',
      about: '',
      async *run(tools) {
        await tools.peer('peer', 'peer.py');
        yield fakeRecord();
      },
    };
    const alone: BenchEntry = {
      name: 'alone',
      about: '',
      async *run() {
        const leftOut = { peer: 'it needs a compiler' };
        yield fakeRecord({ name: 'alone', peers: {}, ratio: null, met: null, leftOut });
      },
    };
    const { failures } = await run([failing, alone]);
    expect(failures).to.deep.equal([
      'failing: there is none',
      'alone, one number: no peer took part: peer (it needs a compiler).',
    ]);
  });

  it('ends where it is interrupted, with the peers closed', async () => {
    const closed: string[] = [];
    const interrupted: BenchEntry = {
      name: 'interrupted',
      about: '',
      run() {
        throw new Interrupted('Interrupted.');
      },
    };
    const error = await run([interrupted, entryWith('b', 1)], closed).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(Interrupted);
    expect(closed).to.have.length(1);
    expect(existsSync(out)).to.equal(false);
  });
});
