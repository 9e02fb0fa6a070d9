import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRecord } from '../../../src/cli/bench/entry.js';
import { powerLaw } from '../../../src/cli/bench/power-law.js';
import { runScale } from '../../../src/cli/bench/scale.js';
import { runWorkPrecision } from '../../../src/cli/bench/work-precision.js';
import { fakeTools } from './fakes.js';

async function all(records: AsyncIterable<BenchRecord>): Promise<BenchRecord[]> {
  const found: BenchRecord[] = [];
  for await (const record of records) found.push(record);
  return found;
}

describe('comparisons that draw', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-bench-'))));
  after(() => rmSync(folder, { recursive: true }));
  const svg = (name: string) => readFileSync(join(folder, `${name}.svg`), 'utf8');

  it('fit powers to time and memory', async () => {
    const plan = {
      examples: [10, 20],
      widths: [4, 8],
      targets: [10, 20, 40],
      base: { examples: 10, width: 4, target: 10 },
    };
    const records = await all(runScale(plan, fakeTools(1, [], folder)));
    expect(records.map(({ name }) => name)).to.deep.equal([
      'scale time by examples',
      'scale time by parameters',
      'scale memory by examples',
      'scale memory by parameters',
      'scale time by log α',
      'scale evaluations by log α',
    ]);
    for (const { ours } of records) expect(ours).to.be.finite;
    expect(records[1].details?.sizes).to.deep.equal([3140, 6280]);
    expect(svg('scale')).to.match(/^<svg/);
  });

  it('show that the error follows the tolerance, without SciPy where there is none', async () => {
    const plan = { tolerances: [1e-5, 1e-6, 1e-7], scipy: [{ method: 'BDF', tuned: true }] };
    const records = await all(runWorkPrecision(plan, fakeTools(1, [], folder)));
    expect(records.map(({ name }) => name)).to.deep.equal([
      'work-precision afterfit, auto',
      'work-precision afterfit, full-implicit',
    ]);
    expect(records[0].ours).to.be.within(0.5, 2);
    expect(records[0].leftOut).to.have.all.keys('SciPy BDF, tuned');
    const points = records[0].details?.points as { tolerance: number; directionError: number }[];
    for (const { tolerance, directionError } of points) {
      expect(directionError).to.be.below(10 * tolerance);
    }
    expect(svg('work-precision')).to.match(/^<svg/);
  });
});

describe('a power law', () => {
  it('is found where there is one', () => {
    const x = [1, 2, 5, 10];
    const { exponent, factor } = powerLaw(
      x,
      x.map((value) => 3 * value ** -1.5),
    );
    expect(exponent).to.be.closeTo(-1.5, 1e-12);
    expect(factor).to.be.closeTo(3, 1e-12);
  });
});
