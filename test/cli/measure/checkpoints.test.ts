import { expect } from 'chai';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../src/cli/command.js';
import { measureCommand } from '../../../src/cli/measure.js';
import {
  checkpointsIn,
  following,
  type CheckpointRecord,
} from '../../../src/cli/measure/checkpoints.js';
import type { MeasureRecord } from '../../../src/cli/measure/record.js';
import { npzOf, readNpz } from '../../../src/datasets/index.js';
import { fixture as torchFixture } from './fixtures.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-checkpoints-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const touch = (...names: string[]) =>
  names.forEach((name) => writeFileSync(join(folder, name), ''));

describe('a folder of checkpoints', () => {
  it('is read in the order of the last numbers in the names', () => {
    touch('net2-epoch-10.npz', 'net2-epoch-9.npz', 'net2-epoch-100.npz', 'notes.txt');
    expect(checkpointsIn(folder).map(({ at }) => at)).to.deep.equal([9, 10, 100]);
  });

  const refused: [string, string[], string][] = [
    ['one checkpoint', ['a1.npz'], 'expected two checkpoints or more (.onnx or .npz), found 1.'],
    ['two kinds', ['a1.npz', 'a2.onnx'], 'expected checkpoints of one kind, found .onnx and .npz.'],
    ['no number', ['a1.npz', 'best.npz'], 'best.npz has no number in its name; expected an epoch or a step.'], // prettier-ignore
    ['the same number', ['a1.npz', 'b1.npz'], 'have one number; expected an order.'],
  ];
  for (const [title, names, sentence] of refused) {
    it(`is refused with ${title}`, () => {
      touch(...names);
      expect(() => checkpointsIn(folder)).to.throw(sentence);
    });
  }

  it('has the lengths and cosines of its steps', () => {
    const measured = {} as MeasureRecord;
    const [first, second] = [Float64Array.of(2, 0), Float64Array.of(2, 2)];
    const one = following({ path: 'a-1.npz', at: 1 }, measured, first, undefined);
    expect([one.chord, one.length, one.stepCosine]).to.deep.equal([null, 0, null]);
    const two = following({ path: 'a-2.npz', at: 2 }, measured, second, { record: one, theta: first }); // prettier-ignore
    // From (1, 0) to (1, 1)/√2; the step (0, 2) with (2, 2).
    expect(two.chord).to.be.closeTo(2 * Math.sin(Math.PI / 8), 1e-14);
    expect(two.stepCosine).to.be.closeTo(Math.SQRT1_2, 1e-14);
    const three = following({ path: 'a-3.npz', at: 3 }, measured, second, { record: two, theta: second }); // prettier-ignore
    expect([three.chord, three.length, three.stepCosine]).to.deep.equal([0, two.length, null]);
  });

  it('is drawn where no checkpoint differs from the one before', async () => {
    const run = join(folder, 'same');
    mkdirSync(run);
    for (const k of [1, 2]) copyFileSync(torchFixture('small-resnet.npz'), join(run, `epoch-${k}.npz`)); // prettier-ignore
    const html = join(folder, 'same.html');
    const of = ['--network', torchFixture('small-resnet.json'), '--data', torchFixture('small-resnet-expected.npz')]; // prettier-ignore
    const { log } = console;
    console.log = () => undefined;
    try {
      expect(await runCommand(measureCommand, [run, ...of, '--html', html])).to.equal(0);
    } finally {
      console.log = log;
    }
    expect(readFileSync(html, 'utf8')).to.contain('with −∇𝓛');
  });

  it('becomes a record and a page', async () => {
    const run = join(folder, 'run');
    mkdirSync(run);
    copyFileSync(torchFixture('small-resnet.npz'), join(run, 'epoch-1.npz'));
    const arrays = [...readNpz(torchFixture('small-resnet.npz'))].map(
      ([name, array]) => [name, array.type === 'int64' ? array : { ...array, values: array.values.map((v) => v * 1.1) }] as const, // prettier-ignore
    );
    writeFileSync(join(run, 'epoch-2.npz'), npzOf(arrays));
    const [out, html] = [join(folder, 'run.json'), join(folder, 'run.html')];
    const network = ['--network', torchFixture('small-resnet.json')];
    const data = ['--data', torchFixture('small-resnet-expected.npz')];
    const { log } = console;
    const said: string[] = [];
    console.log = (text: string) => said.push(text);
    try {
      const all = [run, ...network, ...data, '--out', out, '--html', html];
      expect(await runCommand(measureCommand, all)).to.equal(0);
    } finally {
      console.log = log;
    }
    const { checkpoints } = JSON.parse(readFileSync(out, 'utf8')) as { checkpoints: CheckpointRecord[] }; // prettier-ignore
    expect(checkpoints.map(({ file }) => file)).to.deep.equal(['epoch-1.npz', 'epoch-2.npz']);
    // Every weight is 1.1 times as large: the direction is the same.
    expect(checkpoints[1].chord).to.be.below(1e-7);
    expect(checkpoints[1].stepCosine).to.be.closeTo(1, 1e-12);
    expect(said[0]).to.contain('epoch-2.npz');
    const page = readFileSync(html, 'utf8');
    expect(page.match(/<figure>/g)).to.have.length.above(6);
    expect(page).to.contain('<td>epoch-1.npz</td>');
  });
});
