import { expect } from 'chai';
import { finished, inTurns, unlessAborted, type Turns } from '../../src/flows/turns.js';

/** Counts its turns into `log`, and gives their number. */
function* turns(count: number, log: number[] = []): Turns<number> {
  for (let turn = 1; turn <= count; turn++) {
    log.push(turn);
    yield;
  }
  return count;
}

describe('a computation in turns', () => {
  it('gives its value, at once or with turns of the event loop', async () => {
    expect(finished(turns(3))).to.equal(3);
    expect(finished(turns(0))).to.equal(0);
    expect(await inTurns(turns(3))).to.equal(3);
  });

  it('lets timers in between', async () => {
    let came = false;
    setTimeout(() => (came = true), 1);
    function* waiting(): Turns<string> {
      while (!came) yield;
      return 'came';
    }
    expect(await inTurns(waiting())).to.equal('came');
  });

  it('ends at the signal, and not before', () => {
    const log: number[] = [];
    const signal = {
      get aborted() {
        return log.length >= 2;
      },
    };
    expect(finished(unlessAborted(turns(5, log), signal))).to.equal(undefined);
    expect(log).to.deep.equal([1, 2]);
    expect(finished(unlessAborted(turns(5), { aborted: false }))).to.equal(5);
    expect(finished(unlessAborted(turns(5), undefined))).to.equal(5);
  });

  it('gives what needs no turn after the signal, and what comes within the time of grace', () => {
    expect(finished(unlessAborted(turns(0), { aborted: true }))).to.equal(0);
    expect(finished(unlessAborted(turns(5), { aborted: true }, 60_000))).to.equal(5);
  });
});
