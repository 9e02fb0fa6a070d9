import { expect } from 'chai';
import type { BenchRecord } from '../../../src/cli/bench/entry.js';
import { runRelu } from '../../../src/cli/bench/relu-flow.js';
import { slopeError } from '../../../src/cli/bench/relu-problem.js';
import type { FlowPoint } from '../../../src/flows/index.js';
import { fakeTools } from './fakes.js';

describe('the flow along kinks', function () {
  this.timeout(60_000);
  const records = new Map<string, BenchRecord>();
  before(async () => {
    const plan = { starts: 2, cs: [0.1, 0.02], descentRows: 2 };
    for await (const record of runRelu(plan, fakeTools(1))) records.set(record.name, record);
  });

  it('meets its reference, directions and slopes', () => {
    expect(records.get('relu-flow direction')).to.include({ met: true, goal: 2e-6 });
    expect(records.get('relu-flow slopes')).to.include({ met: true, goal: 1e-4 });
    expect(records.get('relu-flow')!.ours).to.be.above(0);
    expect(records.get('relu-flow to squared')!.ours).to.be.above(0);
  });

  it('ends in certified limits from every start, with each loss', () => {
    const { ours, details } = records.get('relu-flow limit')!;
    expect(ours).to.be.at.most(1e-10);
    const runs = details?.runs as { loss: string; start: number; kinks: number }[];
    expect(runs.map(({ loss, start }) => `${loss} ${start}`)).to.deep.equal([
      'exponential 0', 'exponential 1', 'logistic 0', 'logistic 1',
    ]); // prettier-ignore
    for (const { kinks } of runs) expect(kinks).to.be.above(0);
  });

  it('is what descent comes nearer to with shorter steps', () => {
    const { details } = records.get('relu-flow descent')!;
    const [long, short] = details?.descents as { errors: number[]; order: number }[];
    expect(short.errors[1]).to.be.below(long.errors[1] / 2);
    expect(short.order).to.be.above(0.4);
    expect(long.order).to.be.NaN;
  });
});

describe('the slopes of kinks', () => {
  const rows = [{ direction: [], kinks: [[3, 1, 0.25]] as [number, number, number][] }];
  const at = (...kinks: FlowPoint['kinks'] & object) => [{ kinks } as unknown as FlowPoint];

  it('are compared one by one', () => {
    expect(slopeError(at({ example: 3, unit: 1, slope: 0.75 }), rows)).to.equal(0.5);
  });

  it('cannot be where other kinks slide', () => {
    expect(slopeError(at(), rows)).to.be.NaN;
    expect(slopeError(at({ example: 3, unit: 2, slope: 0.25 }), rows)).to.be.NaN;
  });
});
