import { expect } from 'chai';
import { join } from 'node:path';
import {
  markdownTable,
  recordOf,
  winners,
  type Finding,
  type Row,
} from '../../../src/cli/bench/kernel-findings.js';
import { kernelSides, type KernelSide } from '../../../src/cli/bench/kernels.js';
import { startPeer, type PeerProcess } from '../../../src/cli/bench/peer-process.js';
import { projectRoot } from '../../helpers/project-root.js';

const found = (value: number | null, text: string): Finding => ({ value, text });

const row = (findings: Record<string, Finding>): Row => ({
  name: 'kernels speed',
  size: 'a | thing',
  unit: 's',
  findings: new Map(Object.entries(findings)),
});

describe('what kernels were found to do', () => {
  it('is won by the least value and by all that are within a twentieth of it', () => {
    const values = { a: found(1.04, '1.04 s'), b: found(1, '1 s'), c: found(1.06, '1.06 s') };
    expect(winners(row(values))).to.deep.equal(['a', 'b']);
    expect(winners(row({ a: found(0, 'none'), b: found(1, 'one') }))).to.deep.equal(['a']);
    expect(winners(row({ a: found(null, 'hangs') }))).to.deep.equal([]);
  });

  it('is a record, with the ratio to the best peer', () => {
    const record = recordOf(
      row({ afterfit: found(2, '2 s'), a: found(4, '4 s'), b: found(null, 'hangs') }),
    );
    expect(record).to.deep.include({ name: 'kernels speed', ours: 2, peers: { a: 4 }, ratio: 2 });
    expect(record.details).to.deep.include({
      best: ['afterfit'],
      shown: { afterfit: '2 s', a: '4 s', b: 'hangs' },
      leftOut: { b: 'hangs' },
    });
  });

  it('has no ratio where we have nothing to count, or nobody else got there', () => {
    expect(recordOf(row({ afterfit: found(0, '0'), a: found(1, '1') })).ratio).to.equal(null);
    expect(recordOf(row({ afterfit: found(1, '1'), a: found(null, '-') })).ratio).to.equal(null);
  });

  it('is worst where we did not get there', () => {
    const record = recordOf(row({ afterfit: found(null, 'hangs'), a: found(1, '1 s') }));
    expect(record).to.include({ ours: Infinity, ratio: null });
  });

  it('is a line of a table, with the best in bold and a dash for what was not asked', () => {
    const rows = [row({ a: found(1, '1 s'), b: found(2, '2 s') })];
    expect(markdownTable(['a', 'b', 'c'], rows).split('\n')).to.deep.equal([
      '| what | a | b | c |',
      '| --- | --- | --- | --- |',
      '| a \\| thing | **1 s** | 2 s | — |',
    ]);
  });
});

describe('the program that tries kernels', function () {
  this.timeout(60_000);
  let peer: PeerProcess;
  before(() => {
    const python = join(projectRoot(), '.venv', 'bin', 'python');
    const script = join(projectRoot(), 'bench', 'peers', 'kernels.py');
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
    peer = startPeer(python, ['-u', script], env);
  });
  after(() => peer.close());

  const attempt = (kernel: KernelSide, trial: string) => peer.ask({ do: 'try', kernel, trial });
  const ipykernel = kernelSides().find(({ name }) => name === 'ipykernel')!;

  it('times the first answer and the first cells', async () => {
    const { ready, first, later } = (await attempt(ipykernel, 'timing')) as Record<string, number>;
    expect(ready).to.be.within(0.05, 30);
    expect(first).to.be.within(ready, 30);
    expect(later).to.be.within(0.1, 1000);
  });

  it('sees what comes in which order, and which results', async () => {
    const order = (await attempt(ipykernel, 'order')) as { order: Finding };
    expect(order.order).to.include({ value: 0, text: 'kept' });
    const rich = (await attempt(ipykernel, 'rich')) as Record<string, Finding>;
    expect(rich['rich results'].text).to.equal('6 of 6');
  });

  it('says in a sentence that a kernel does not start', async () => {
    const dead = { ...ipykernel, argv: [process.execPath, '--eval', '0'] };
    expect(await attempt(dead, 'order')).to.deep.equal({ failed: 'does not start' });
    expect(await attempt(dead, 'timing')).to.deep.equal({ failed: 'does not start' });
  });
});
