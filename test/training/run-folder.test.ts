import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  existsSync,
  appendFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  folderStore,
  readRun,
  train,
  type TrainingOptions,
  type TrainingProblem,
} from '../../src/training/index.js';
import { threeClassTraining, threePhases } from '../helpers/small-trainings.js';

describe('a run’s folder', () => {
  let root: string;
  beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'afterfit-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const into = (
    folder: string,
    options: TrainingOptions = {},
    problem: Partial<TrainingProblem> = {},
  ) => train(threeClassTraining(problem), threePhases, { store: folderStore(folder), ...options });
  const bytes = (folder: string) =>
    ['state.bin', 'rows.bin'].map((name) => readFileSync(join(folder, name)));

  it('holds the rows, their θs and the state, and nothing else', async () => {
    const folder = join(root, 'deep', 'run');
    const result = await into(folder, { keep: 'marks' });
    expect(readdirSync(folder)).to.have.members(['state.bin', 'rows.bin', 'seconds.json']);
    const run = readRun(folder);
    expect(run.rows).to.deep.equal(result.rows);
    expect(run.seconds).to.deep.equal(result.seconds);
    expect(run.state.theta).to.deep.equal(result.theta);
    expect(run.state.endings).to.deep.equal(result.endings);
    result.rows.forEach((_, k) => expect(run.thetaAt(k)).to.deep.equal(result.thetaAt(k)));
    expect(run.thetaAt(1)).to.equal(undefined);
    expect(run.fingerprint).to.include({ seed: '3', loss: 'logistic' });
  });

  it('has the same bytes however often the run is interrupted', async () => {
    const [whole, parts] = [join(root, 'whole'), join(root, 'parts')];
    await into(whole);
    for (let stop = 3; ; stop += 11) {
      const signal = { aborted: false };
      const result = await into(parts, {
        signal,
        onProgress: ({ step }) => (signal.aborted = step >= stop),
      });
      if (result.status === 'finished') break;
      expect(result.message).to.match(/, and saved: start it again, and it goes on from there\.$/);
      expect(readRun(parts).rows).to.deep.equal(result.rows);
    }
    expect(bytes(parts)).to.deep.equal(bytes(whole));
    const again = await into(whole);
    expect([again.status, again.rows.length]).to.deep.equal([
      'finished',
      readRun(whole).rows.length,
    ]);
    expect(bytes(parts)).to.deep.equal(bytes(whole));
  });

  it('survives being killed at any moment', async function () {
    this.timeout(60_000);
    const [whole, parts] = [join(root, 'whole'), join(root, 'parts')];
    await into(whole);
    const program = fileURLToPath(new URL('../helpers/training-child.js', import.meta.url));
    let kills = 0;
    for (let delay = 0; ; delay += 150) {
      const child = spawn(process.execPath, [program, parts], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout.on('data', (text: Buffer) => (said += text.toString()));
      const closed = once(child, 'close');
      // The program takes a while to begin; from then on it is killed a little later each time.
      const before = progressOf(parts);
      while (progressOf(parts) === before && child.exitCode === null) await pause(2);
      await pause(delay);
      child.kill('SIGKILL');
      const [status] = (await closed) as [number | null];
      expect(status).to.be.oneOf([0, null]);
      if (said.includes('ended')) break;
      kills++;
    }
    expect(kills).to.be.at.least(2);
    expect(bytes(parts)).to.deep.equal(bytes(whole));
  });

  it('is refused to another run, in a sentence that says what differs', async () => {
    await into(root);
    const refusal = (problem: Partial<TrainingProblem>, options: TrainingOptions = {}) =>
      into(root, options, problem).then(
        () => 'accepted',
        (error: Error) => error.message.replace(root, 'RUN'),
      );
    expect(await refusal({ seed: 4, theta0: readRun(root).thetaAt(0) })).to.equal(
      'RUN holds another run (its seed: 3; asked for: 4): use another folder.',
    );
    expect(await refusal({ chunk: 7 })).to.contain('its chunk of images: 30; asked for: 7');
    expect(await refusal({ test: undefined })).to.contain('its test set: test, 12 images, ');
    expect(await refusal({}, { saveFactor: 2 })).to.contain('between rows: 1.05; asked for: 2');
    const phases = threePhases.slice(0, 1);
    const other = await train(threeClassTraining(), phases, { store: folderStore(root) }).catch(
      (e: Error) => e,
    );
    expect((other as Error).message).to.contain('(its phases differ)');
    expect(await refusal({})).to.equal('accepted');
  });

  it('is read up to its last saved state', async () => {
    const expected = await into(root);
    appendFileSync(join(root, 'rows.bin'), 'half a record');
    rmSync(join(root, 'seconds.json'));
    const run = readRun(root);
    expect(run.rows).to.deep.equal(expected.rows);
    expect(run.seconds.every(Number.isNaN)).to.equal(true);
  });

  it('is refused where it is damaged or holds nothing', async () => {
    const path = join(root, 'state.bin');
    expect(() => readRun(root)).to.throw(`${root} holds no training: there is no state.bin in it.`);
    await into(root);
    const good = readFileSync(path);
    const bad = Buffer.from(good);
    bad[bad.length - 100] ^= 1;
    writeFileSync(path, bad);
    expect(() => readRun(root)).to.throw(`${path}: the file is damaged; expected the saved state`);
    writeFileSync(path, 'something else');
    expect(() => readRun(root)).to.throw(`${path}: not a file of this kind; expected the saved`);
    writeFileSync(path, good);
    writeFileSync(join(root, 'rows.bin'), '');
    expect(() => readRun(root)).to.throw(
      /rows\.bin: expected \d+ rows in \d+ bytes; it is damaged\.$/,
    );
  });
});

function progressOf(folder: string): string {
  const path = join(folder, 'seconds.json');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
