import { expect } from 'chai';
import { progress } from '../../src/notebook/index.js';

/** A live output and a clock that the test moves. */
function bench() {
  const lines: string[] = [];
  let now = 1000;
  return {
    lines,
    live: { text: (line: string) => void lines.push(line) },
    clock: () => now,
    pass: (milliseconds: number) => void (now += milliseconds),
  };
}

describe('progress in a cell', () => {
  it('shows at most four updates a second, each with how far α has come', async () => {
    const { live, lines, clock, pass } = bench();
    await progress(
      live,
      (onProgress) => {
        for (let k = 0; k <= 100; k++) {
          onProgress({ task: 'a flow', alpha: 10 ** (k / 25), goal: 1e4 });
          pass(10);
        }
      },
      clock,
    );
    expect(lines).to.have.length(6);
    expect(lines[0]).to.equal('a flow: ░░░░░░░░░░░░░░░░░░░░ α = 1.0 of 1.0e+4, 0.0 s');
    expect(lines[2]).to.match(/^a flow: █{10}░{10} /);
  });

  it('shows the share of the work that is done where α has no goal', async () => {
    const { live, lines, clock } = bench();
    const report = { task: 'steps', alpha: 2, goal: NaN, share: 0.25 };
    await progress(live, (onProgress) => onProgress(report), clock);
    expect(lines[0]).to.equal('steps: █████░░░░░░░░░░░░░░░ α = 2.0, 0.0 s');
  });

  it('ends with one plain line that names what was run', async () => {
    const { live, lines, clock, pass } = bench();
    const result = await progress(
      live,
      async (onProgress) => {
        onProgress({ task: 'one', alpha: -3, goal: 10 });
        pass(1200);
        onProgress({ task: 'two', alpha: 10, goal: 10 });
        return 7;
      },
      clock,
    );
    expect(result).to.equal(7);
    expect(lines[0]).to.include('α below 0');
    expect(lines.at(-1)).to.equal('one; two: done in 1.2 s.');
  });

  it('counts what was run where it is much', async () => {
    const { live, lines, clock } = bench();
    const tasks = Array.from({ length: 9 }, (_, k) => `run ${k + 1}`);
    await progress(
      live,
      (onProgress) => tasks.forEach((task) => onProgress({ task, alpha: 10, goal: 10 })),
      clock,
    );
    expect(lines.at(-1)).to.equal(
      'run 1; run 2; run 3; run 4; run 5; run 6; run 7; and 2 more: done in 0.0 s.',
    );
  });

  it('says so where there was nothing left to compute', async () => {
    const { live, lines, clock } = bench();
    await progress(live, () => 1, clock);
    expect(lines).to.deep.equal(['Nothing left to compute: done in 0.0 s.']);
  });

  it('says where it stopped, and passes the error on', async () => {
    const { live, lines, clock } = bench();
    const failing = progress(
      live,
      async (onProgress) => {
        onProgress({ task: 'a flow', alpha: 50, goal: 100 });
        throw new Error('no');
      },
      clock,
    );
    const message = await failing.then(String, (error: Error) => error.message);
    expect(message).to.equal('no');
    expect(lines.at(-1)).to.equal('a flow, α = 50 of 1.0e+2: stopped after 0.0 s.');
  });
});
