import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpz } from '../../../src/datasets/index.js';
import { readRun } from '../../../src/training/index.js';
import { projectRoot } from '../../helpers/project-root.js';

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-train-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command; `interruptAt` waits for that file and then presses Ctrl-C, or sends another signal. */
async function command(
  args: readonly string[],
  interruptAt?: string,
  signal: NodeJS.Signals = 'SIGINT',
) {
  const program = join(projectRoot(), 'dist', 'cli', 'main.js');
  const child = spawn(process.execPath, [program, 'train', ...args], {
    env: { ...process.env, AFTERFIT_THREADS: '1' },
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const closed = once(child, 'close');
  if (interruptAt !== undefined) {
    while (!existsSync(interruptAt) && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    child.kill(signal);
  }
  const [status] = (await closed) as [number | null];
  return { status, said };
}

/** A training of a second or two: 20 images. */
function config(epochs = 4): string {
  const path = join(folder, 'tiny.json');
  const learningRate = { kind: 'cosine', rate: 0.01 };
  const phases = [
    { kind: 'sgd', batch: 8, epochs, momentum: 0.9, learningRate },
    { kind: 'descent', rule: { kind: 'relative', c: 1, cap: 0.01 }, untilAlpha: -10, maxSteps: 3 },
  ];
  const rest = { network: 'resnet-small', data: 'fashion-mnist-tiny', perClass: 2, seed: 2 };
  writeFileSync(path, JSON.stringify({ ...rest, phases }));
  return path;
}

describe('the train command', function () {
  this.timeout(60_000);

  const whole = () => join(folder, 'whole');
  let done: Awaited<ReturnType<typeof command>>;
  before(async () => (done = await command([config(), '--out', whole()])));

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`saves at ${signal}, says how to go on, and goes on to the same bytes`, async () => {
      const parts = join(folder, signal);
      expect(done.said).to.match(/after \d+ steps, in phase 2\.\nWritten to /);
      const stopped = await command([config(), '--out', parts], join(parts, 'state.bin'), signal);
      expect(stopped.status).to.equal(130);
      expect(stopped.said).to.match(
        /The training was interrupted after \d+ steps, in phase \d, and saved: start it again, and it goes on from there\./,
      );
      const { status } = await command([config(), '--out', parts]);
      expect(status).to.equal(done.status);
      for (const name of ['state.bin', 'rows.bin', 'rows.csv', 'weights.npz', 'config.json']) {
        const [a, b] = [whole(), parts].map((run) => readFileSync(join(run, name)));
        expect(b.equals(a), name).to.equal(true);
      }
    });
  }

  it('writes the weights in PyTorch’s shapes', () => {
    const arrays = readNpz(join(folder, 'whole', 'weights.npz'));
    expect(arrays.get('convolution_1')!.shape).to.deep.equal([8, 1, 3, 3]);
    expect(arrays.get('batch_norm_1_scale')!.shape).to.deep.equal([8]);
    expect(arrays.get('dense_1')!.shape).to.deep.equal([10, 32]);
    expect(arrays.get('dense_1_bias')!.shape).to.deep.equal([10]);
    const { theta } = readRun(join(folder, 'whole')).state;
    const numbers = [...arrays.values()].flatMap(({ values }) => [...values]);
    expect(Float64Array.from(numbers)).to.deep.equal(theta);
  });

  it('refuses a folder of another run, and wrong input, with status 2', async () => {
    const other = await command([config(), '--out', join(folder, 'whole'), '--seed', '3']);
    expect(other.status).to.equal(2);
    expect(other.said).to.match(/whole holds another run \(.*\): use another folder\.\n$/);
    const wrong = await command(['--network', 'lenet', '--out', join(folder, 'none')]);
    expect(wrong.status).to.equal(2);
    expect(wrong.said).to.match(/^the command: network is "lenet"; expected h-alexnet, .*\.\n$/);
    expect(existsSync(join(folder, 'none'))).to.equal(false);
  });
});
