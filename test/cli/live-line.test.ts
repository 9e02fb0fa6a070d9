import { expect } from 'chai';
import { formatAlpha, liveLine } from '../../src/cli/live-line.js';

/** A screen that remembers, and a clock that is set by hand. */
function stage(isTTY: boolean) {
  const written: string[] = [];
  const at = { time: 0 };
  const screen = { isTTY, columns: 40, write: (text: string) => written.push(text) };
  return { written, at, line: liveLine(screen, () => at.time) };
}

describe('progress in a log', () => {
  it('is a line at most every five seconds', () => {
    const { written, at, line } = stage(false);
    for (at.time = 0; at.time <= 12_000; at.time += 100) line.update(`step ${at.time}`);
    line.end();
    expect(written.filter((text) => text !== '')).to.deep.equal([
      'step 5000, 5 s\n',
      'step 10000, 10 s\n',
    ]);
  });

  it('shows what is said at once', () => {
    const { written, line } = stage(false);
    line.say('done');
    expect(written).to.deep.equal(['done\n']);
  });
});

describe('progress on a terminal', () => {
  it('is one line, drawn over and cut to the width', () => {
    const { written, line } = stage(true);
    line.update('x'.repeat(100));
    line.say('done');
    line.end();
    expect(written[0]).to.equal(`\r\x1b[K⠋ ${'x'.repeat(37)}`);
    expect(written[1]).to.equal('\r\x1b[Kdone\n');
    expect(written[2]).to.equal('\r\x1b[K');
  });

  it('is drawn ten times a second at most', () => {
    const { written, at, line } = stage(true);
    for (at.time = 0; at.time < 1000; at.time += 10) line.update('busy');
    line.end();
    expect(written.length - 1).to.equal(10);
  });
});

describe('α in progress', () => {
  it('is a power of ten on its way to another', () => {
    expect(formatAlpha(2500, 1e5)).to.equal('α = 10^3.4 of 10^5');
    expect(formatAlpha(-3, 1e5)).to.equal('α below 0 of 10^5');
  });
});
