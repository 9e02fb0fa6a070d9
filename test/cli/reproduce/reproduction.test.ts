import { expect } from 'chai';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim } from '../../../src/claims/index.js';
import { recordsFolder } from '../../../src/cli/reproduce/claim-runs.js';
import {
  exitStatus,
  reproduce,
  type ReproduceParts,
} from '../../../src/cli/reproduce/reproduction.js';
import { trainingsFolder } from '../../../src/cli/reproduce/trainings.js';
import { readManifest, recordsOf } from '../../../src/records/node/index.js';
import {
  executeWith,
  notebook,
  optionsFor,
  stderr,
  stdout,
  temporaryFolder,
  tinyClaim,
  tinyRecord,
  partsOf,
} from './made-up-parts.js';

const newFolder = temporaryFolder();
const never = new AbortController().signal;

function run(claims: readonly Claim[], out: string, rest: Partial<ReproduceParts> = {}) {
  return reproduce(optionsFor(claims, out), partsOf(claims, rest), never);
}

const resultsIn = (out: string) => readFileSync(join(out, 'results.json'), 'utf8');

describe('results.json', () => {
  it('holds each claim with its evidence, and where the numbers come from', async () => {
    const out = newFolder();
    await run([tinyClaim('small', 0.1 + 0.2).claim], out);
    const { claims, missing, provenance } = JSON.parse(resultsIn(out)) as Record<string, never>;
    expect(claims).to.deep.equal([
      {
        id: 'small',
        title: 'The claim small',
        statement: 'Numbers are small.',
        verdict: 'supported',
        expected: 'supported',
        source: 'A. Author 2020',
        criterion: 'One is small.',
        evidence: [
          {
            metric: 'size, tiny',
            value: 0.1 + 0.2,
            threshold: '≤ 1',
            note: 'how large it is',
            verdict: 'supported',
          },
          {
            metric: 'bound',
            value: 'Infinity',
            threshold: 'reported',
            note: 'none',
            verdict: 'supported',
          },
        ],
      },
    ]);
    expect(missing).to.equal(undefined);
    expect(Object.keys(provenance)).to.deep.equal(
      ['afterfit', 'scale', 'seed', 'node', 'linearAlgebra', 'versions', 'commit', 'dirty', 'data'],
    ); // prettier-ignore
    const data = (provenance as { data: Record<string, string> }).data;
    expect(Object.keys(data)).to.deep.equal(['datasets/a.gz', 'tiny']);
    expect(data.tiny).to.match(/^[0-9a-f]{64}$/);
  });

  it('is the same to the byte when it is made again, without timings', async () => {
    const claims = [tinyClaim('one', 0.5).claim, tinyClaim('two', 0.7).claim];
    const [first, second] = [newFolder(), newFolder()];
    await run(claims, first);
    await run(claims, second);
    expect(resultsIn(first)).to.equal(resultsIn(second));
    expect(resultsIn(first)).not.to.contain('seconds');
    expect(existsSync(join(first, 'timings.json'))).to.equal(true);
  });

  it('keeps the order of the claims, whatever order they were asked for in', async () => {
    const claims = [tinyClaim('b', 1).claim, tinyClaim('a', 1).claim];
    const out = newFolder();
    const options = { ...optionsFor(claims, out), claims: ['a', 'b'] };
    await reproduce(options, partsOf(claims), never);
    const { claims: written } = JSON.parse(resultsIn(out)) as { claims: { id: string }[] };
    expect(written.map(({ id }) => id)).to.deep.equal(['b', 'a']);
  });
});

describe('the exit status', () => {
  it('is 0 when every verdict is as expected', async () => {
    expect(exitStatus(await run([tinyClaim('small', 1).claim], newFolder()))).to.equal(0);
  });

  it('is 1 when a verdict differs', async () => {
    const claims = [tinyClaim('small', 1).claim, tinyClaim('large', 2).claim];
    const reproduction = await run(claims, newFolder());
    expect(reproduction.failures).to.deep.equal([]);
    expect(exitStatus(reproduction)).to.equal(1);
  });

  it('is 2 when a claim fails, and the others are run and kept', async () => {
    const out = newFolder();
    const claims = [tinyClaim('broken', new Error('No way.')).claim, tinyClaim('large', 2).claim];
    const reproduction = await run(claims, out);
    expect(exitStatus(reproduction)).to.equal(2);
    expect(reproduction.failures).to.deep.equal(['broken failed: No way.']);
    const { claims: written, missing } = JSON.parse(resultsIn(out)) as Record<string, unknown[]>;
    expect(written).to.have.length(1);
    expect(missing).to.deep.equal([{ id: 'broken', reason: 'broken failed: No way.' }]);
  });

  it('is 2 when the thread of the claims breaks down', async () => {
    const runClaims = async () => Promise.reject(new Error('Out of memory.'));
    const reproduction = await run([tinyClaim('small', 1).claim], newFolder(), { runClaims });
    expect(reproduction.failures).to.deep.equal(['small failed: Out of memory.']);
    expect(exitStatus(reproduction)).to.equal(2);
  });

  const numbers = (size: number) => [
    { metric: 'size, tiny', value: size },
    { metric: 'bound', value: 'Infinity' },
  ];
  const verdict = {
    id: 'small',
    verdict: 'supported',
    expected: 'supported',
    evidence: numbers(1),
  };
  const withNotebook = (execute: ReproduceParts['execute'], out = newFolder()) =>
    run([tinyClaim('small', 1).claim], out, { notebooks: [notebook('small')], execute });

  it('is 0 when the notebook left its verdict', async () => {
    const out = newFolder();
    const reproduction = await withNotebook(executeWith([{ outputs: [stdout] }], verdict), out);
    expect(reproduction.notebooks[0].faults).to.deep.equal([]);
    expect(exitStatus(reproduction)).to.equal(0);
    expect(existsSync(join(out, 'notebooks', '01-small.ipynb'))).to.equal(true);
    expect(existsSync(join(out, '.partial'))).to.equal(false);
  });

  it('is 1 when the notebook found another verdict', async () => {
    const other = { ...verdict, verdict: 'inconclusive' };
    expect(exitStatus(await withNotebook(executeWith([{ outputs: [] }], other)))).to.equal(1);
  });

  it('is 2 when the notebook found another number than the claim', async () => {
    const other = { ...verdict, evidence: numbers(1 + 1e-15) };
    const session = await withNotebook(executeWith([{ outputs: [] }], other));
    expect(session.failures).to.deep.equal([
      '01-small.ipynb: Its numbers are not the claim’s: size, tiny is 1, and it found 1.000000000000001.',
    ]);
    expect(exitStatus(session)).to.equal(2);
  });

  it('is 2 when the notebook wrote to stderr, left no verdict, or could not be run', async () => {
    const complaint = executeWith([{ outputs: [stdout] }, { outputs: [stderr('Oh')] }], verdict);
    const silent = executeWith([{ outputs: [stdout] }]);
    const dead = async () => 'nbconvert ended with status 1: no kernel';
    const expected = [
      'Cell 2 wrote to stderr: Oh',
      'Its last cell wrote no verdict.',
      'nbconvert ended with status 1: no kernel',
    ];
    for (const [k, execute] of [complaint, silent, dead].entries()) {
      const reproduction = await withNotebook(execute);
      expect(reproduction.failures).to.deep.equal([`01-small.ipynb: ${expected[k]}`]);
      expect(exitStatus(reproduction)).to.equal(2);
    }
  });
});

describe('an unfinished run', () => {
  it('is taken up where it stopped: finished claims are not run again', async () => {
    const out = newFolder();
    const done = tinyClaim('done', 0.25);
    const broken = tinyClaim('broken', new Error('No.')).claim;
    await run([done.claim, broken], out);
    const mended = [done.claim, tinyClaim('broken', 1).claim];
    const reproduction = await run(mended, out);
    expect(done.runs()).to.equal(1);
    expect(reproduction.outcomes.map(({ reused }) => reused)).to.deep.equal([true, false]);
    expect(exitStatus(reproduction)).to.equal(0);
    const other = newFolder();
    await run(mended, other);
    expect(resultsIn(out)).to.equal(resultsIn(other));
  });

  it('leaves nothing to a run of other code or another seed, nor to a fresh one', async () => {
    const out = newFolder();
    const done = tinyClaim('done', 0.25);
    const claims = [done.claim, tinyClaim('broken', new Error('No.')).claim];
    await run(claims, out);
    makeOlder(out);
    await run(claims, out);
    expect(done.runs()).to.equal(2);
    await reproduce({ ...optionsFor(claims, out), seed: 2 }, partsOf(claims), never);
    expect(done.runs()).to.equal(3);
    await reproduce({ ...optionsFor(claims, out), fresh: true }, partsOf(claims), never);
    expect(done.runs()).to.equal(4);
  });

  it('does not keep a claim from being run whose record is not whole', async () => {
    const out = newFolder();
    const done = tinyClaim('done', 0.25);
    await run([done.claim], out);
    for (const file of recordFiles(out)) writeFileSync(file, '{');
    expect(exitStatus(await run([done.claim], out))).to.equal(0);
    expect(done.runs()).to.equal(2);
  });
});

describe('a finished run', () => {
  it('is judged and drawn again from its records, and leaves no unfinished work', async () => {
    const out = newFolder();
    const done = tinyClaim('done', 0.25);
    await run([done.claim], out);
    expect(existsSync(join(out, '.partial'))).to.equal(false);
    const before = resultsIn(out);
    const figure = join(out, 'figures', 'done', 'done.svg');
    writeFileSync(figure, 'other');
    const { outcomes } = await run([done.claim], out);
    expect(done.runs()).to.equal(1);
    expect(outcomes[0]).to.include({ reused: true, verdict: 'supported' });
    expect(resultsIn(out)).to.equal(before);
    expect(readFileSync(figure, 'utf8')).to.equal('<svg/>');
    expect(existsSync(join(out, '.partial'))).to.equal(false);
  });

  it('says beside its records which of them a claim was judged by', async () => {
    const out = newFolder();
    await run([tinyClaim('done', 0.25).claim], out);
    const manifest = readManifest(recordsFolder(out), 'done');
    expect(manifest).to.deep.include({ claim: 'done', scale: 'smoke', seed: 1 });
    expect(recordsOf(recordsFolder(out), manifest)).to.deep.equal({ experiment: tinyRecord(0.25) });
  });

  it('removes its trainings, and no others', async () => {
    const out = newFolder();
    const folders = ['loss-scaled-steps-1-1-0123456789ab', 'another-0123456789ab'];
    for (const folder of folders)
      mkdirSync(join(trainingsFolder(out), folder), { recursive: true });
    const broken = tinyClaim('broken', new Error('No.')).claim;
    await run([broken], out);
    expect(readdirSync(trainingsFolder(out))).to.have.members(folders);
    await run([tinyClaim('done', 0.25).claim], out);
    expect(readdirSync(trainingsFolder(out))).to.deep.equal(['another-0123456789ab']);
  });
});

/** The files that records were written to. */
function recordFiles(out: string): string[] {
  const files = readdirSync(recordsFolder(out), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('record.json'))
    .map((file) => join(recordsFolder(out), file));
}

/** Has records look as if other code had made them. */
function makeOlder(out: string): void {
  for (const file of recordFiles(out)) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/"code": "[0-9a-f]{64}"/, `"code": "${'0'.repeat(64)}"`));
  }
}

describe('an interrupted run', () => {
  it('keeps what was finished, and exits with 130', async () => {
    const out = newFolder();
    const stop = new AbortController();
    const claims = [tinyClaim('done', 1).claim, tinyClaim('cut', 1).claim];
    const whole = partsOf(claims);
    const runClaims: ReproduceParts['runClaims'] = async (task, emit, signal) => {
      await whole.runClaims({ ...task, ids: ['done'] }, emit, signal);
      stop.abort();
    };
    const options = optionsFor(claims, out);
    const reproduction = await reproduce(options, { ...whole, runClaims }, stop.signal);
    expect(exitStatus(reproduction)).to.equal(130);
    const { missing } = JSON.parse(resultsIn(out)) as { missing: unknown };
    expect(missing).to.deep.equal([{ id: 'cut', reason: 'Interrupted.' }]);
    const again = await reproduce(options, whole, never);
    expect(again.outcomes.map(({ id }) => id)).to.deep.equal(['done', 'cut']);
  });

  it('starts no further notebook', async () => {
    const stop = new AbortController();
    const started: string[] = [];
    const execute: ReproduceParts['execute'] = async ({ notebook }) => {
      started.push(notebook.id);
      stop.abort();
      return 'cut short';
    };
    const notebooks = ['a', 'b', 'c', 'd'].map(notebook);
    const parts = partsOf([], { notebooks, execute });
    const reproduction = await reproduce(optionsFor([], newFolder()), parts, stop.signal);
    expect(started.length).to.be.below(3);
    expect(reproduction.notebooks).to.deep.equal([]);
    expect(exitStatus(reproduction)).to.equal(130);
  });
});
