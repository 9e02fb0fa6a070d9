import { expect } from 'chai';
import { timeToError } from '../../../src/cli/bench/descent-order.js';
import type { BenchRecord } from '../../../src/cli/bench/entry.js';
import { runLarge, type LargePlan } from '../../../src/cli/bench/late-flow-large.js';
import type { Message, PeerProcess } from '../../../src/cli/bench/peer-process.js';
import { fakeTools } from './fakes.js';

const plan: LargePlan = {
  task: { examples: 20, classes: 2, width: 4 },
  tolerances: [1e-7, 1e-6],
  targets: [1, 10, 20],
  descentFrom: 10,
  descents: [],
};

async function recordsOf(of: LargePlan, tools = fakeTools(1)): Promise<BenchRecord[]> {
  const records: BenchRecord[] = [];
  for await (const record of runLarge(of, tools)) records.push(record);
  return records;
}

describe('the large flow', function () {
  this.timeout(60_000);

  it('has its time, its memory, and what a tolerance changes', async () => {
    const records = await recordsOf(plan);
    expect(records.map(({ name }) => name)).to.deep.equal([
      'late-flow-large',
      'late-flow-large memory',
      'late-flow-large tolerance',
    ]);
    const [time, memory, tolerance] = records;
    expect(time.size).to.equal('20 images, 3140 parameters, α to 20');
    expect(time.ours).to.be.within(0.001, 60);
    expect(memory.ours).to.be.within(20, 2048);
    expect(tolerance.ours).to.be.within(1e-12, 1e-3);
    const rows = time.details?.rows as { alpha: number; active: number; apart: number }[];
    rows.forEach(({ alpha, active, apart }, k) => {
      expect(alpha).to.be.closeTo(plan.targets[k], 1e-4);
      expect(active).to.be.within(1, 20);
      expect(apart).to.be.at.most(tolerance.ours);
    });
  });

  it('takes each pair of classes for a margin', async () => {
    const task = { examples: 20, classes: 10, width: 16 } as const;
    const [{ size, details }] = await recordsOf({ ...plan, task, targets: [1] });
    expect(size).to.equal('20 images, 10 classes, 12704 parameters, α to 1');
    const [{ active }] = details?.rows as { active: number }[];
    expect(active).to.be.within(20, 180);
  });

  /** Descends by standing still: its steps take as long as C is small. */
  function standing(): PeerProcess {
    let theta0: Message['theta0'];
    return {
      async ask(request) {
        if (request.do === 'prepare') ({ theta0 } = request);
        const seconds = 1 / Number(request.c);
        return { seconds, steps: 3, alpha: 21, answer: theta0 };
      },
      hangUp: () => undefined,
      close: () => undefined,
    };
  }

  it('says that the time of a descent is extrapolated', async () => {
    const tools = { ...fakeTools(1), peer: () => Promise.resolve(standing()) };
    const descents = [
      { c: 0.3, until: 20 },
      { c: 0.1, until: 20 },
    ];
    const record = (await recordsOf({ ...plan, descents }, tools)).at(-1)!;
    expect(record.name).to.equal('late-flow-large descent');
    expect(record.extrapolated).to.equal(true);
    const measured = record.details?.measured as { c: number; seconds: number; error: number }[];
    expect(measured.map(({ c }) => c)).to.deep.equal([0.3, 0.1]);
    expect(measured[1].seconds).to.equal(10);
    expect(measured[1].error).to.be.within(1e-4, 10);
  });

  it('leaves descent out by name where there is none', async () => {
    const descents = [{ c: 0.3, until: 20 }];
    const record = (await recordsOf({ ...plan, descents })).at(-1)!;
    expect(record.ratio).to.equal(null);
    expect(record.leftOut).to.deep.equal({ 'pytorch descent': 'No process is wanted here.' });
  });
});

describe('the time of a descent to an error', () => {
  const points = [
    { c: 0.4, error: 0.04, seconds: 1 },
    { c: 0.1, error: 0.01, seconds: 4 },
    { c: 0.2, error: 0.02, seconds: 2 },
  ];

  it('is extrapolated by the order between the smallest steps', () => {
    const { order, c, seconds, extrapolated } = timeToError(points, 1e-4);
    expect([order, c, seconds].map((x) => Number(x.toPrecision(9)))).to.deep.equal([1, 1e-3, 400]);
    expect(extrapolated).to.equal(true);
  });

  it('is that of the longest steps which are near enough, where there are any', () => {
    expect(timeToError(points, 0.03)).to.include({ c: 0.2, seconds: 2, extrapolated: false });
  });

  it('is endless where errors do not fall', () => {
    const flat = points.map((point) => ({ ...point, error: 1 }));
    expect(timeToError(flat, 0.1).seconds).to.equal(Infinity);
  });
});
