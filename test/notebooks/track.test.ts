import { expect } from 'chai';
import { progressBar, range, track } from '../../src/notebook/index.js';
import { inKernel, type Published } from './fake-kernel.js';

/** A clock that the test moves, in milliseconds. */
function handClock() {
  let now = 500;
  return { clock: () => now, pass: (milliseconds: number) => void (now += milliseconds) };
}

function textOf({ content }: Published): string {
  return content.data['text/plain'] as string;
}

/** Lines of a log, or what a terminal was sent. */
function screen(isTTY: boolean) {
  const writes: string[] = [];
  return { writes, screen: { isTTY, columns: 60, write: (text: string) => writes.push(text) } };
}

async function* slowly<Item>(items: Iterable<Item>): AsyncGenerator<Item, void, undefined> {
  for (const item of items) yield await Promise.resolve(item);
}

describe('a tracked loop in afterfit’s kernel', () => {
  it('is one output, updated at most ten times a second, and gives the same items', () => {
    const { clock, pass } = handClock();
    inKernel((published) => {
      const seen: number[] = [];
      for (const k of track(range(100), 'training', { clock })) {
        seen.push(k);
        pass(20);
      }
      expect(seen).to.deep.equal(Array.from({ length: 100 }, (_, k) => k));
      expect(published[0].type).to.equal('display_data');
      expect(new Set(published.slice(1).map(({ type }) => type))).to.deep.equal(
        new Set(['update_display_data']),
      );
      const ids = new Set(published.map(({ content }) => content.transient.display_id));
      expect(ids.size).to.equal(1);
      expect([...ids][0]).to.be.a('string');
      expect(published).to.have.length(1 + 20 + 1);
      expect(textOf(published[0])).to.equal('training: ░░░░░░░░░░░░░░░░░░░░ 0 of 100, 0.0 s');
      expect(textOf(published[11])).to.equal(
        'training: ███████████░░░░░░░░░ 55 of 100, 1.1 s, 0.9 s left',
      );
      expect(textOf(published.at(-1)!)).to.equal('training: 100 of 100, done in 2.0 s');
    });
  });

  it('is a bar that a browser draws, with the title as it was written', () => {
    inKernel((published) => {
      for (const _ of track([1, 2], '<b>"two"')) void _;
      const pages = published.map(({ content }) => content.data['text/html'] as string);
      expect(pages[0]).to.match(
        /^<div>&lt;b&gt;&quot;two&quot; <progress value="0" max="2" style="[^"]*"><\/progress> 0 of 2, 0\.0 s<\/div>$/,
      );
      expect(pages.at(-1)).to.match(/value="2" max="2".* 2 of 2, done in /);
    });
  });

  it('counts where nobody knows how many there will be', () => {
    inKernel((published) => {
      const some = (function* () {
        yield* 'abc';
      })();
      for (const _ of track(some)) void _;
      expect(textOf(published[0])).to.equal('0, 0.0 s');
      expect(published[0].content.data['text/html']).to.include('<progress style=');
      expect(textOf(published.at(-1)!)).to.match(/^3, done in /);
    });
  });

  it('knows the size of sets, maps and typed arrays, and takes a total for others', () => {
    inKernel((published) => {
      const totals = [new Set([1, 2]), new Map([[1, 2]]), new Float64Array(3), []].map(
        (items: Iterable<unknown>) => {
          for (const _ of track(items)) void _;
          return /of (\d+), done/.exec(textOf(published.at(-1)!))![1];
        },
      );
      expect(totals).to.deep.equal(['2', '1', '3', '0']);
      for (const _ of track('ab', '', { total: 2 })) void _;
      expect(textOf(published.at(-1)!)).to.match(/^2 of 2, done/);
    });
  });

  it('says where it was left', () => {
    inKernel((published) => {
      for (const k of track(range(10), 'loop')) if (k === 3) break;
      expect(textOf(published.at(-1)!)).to.match(/^loop: stopped at 3 of 10 after /);
      expect(published.at(-1)!.content.data['text/html']).to.include('accent-color:#c56200');
      const failing = () => {
        for (const k of track(range(10), 'loop')) if (k === 4) throw new Error('mine');
      };
      expect(failing).to.throw('mine');
      expect(textOf(published.at(-1)!)).to.match(/^loop: stopped at 4 of 10 after /);
    });
  });

  it('says that what it iterates over failed', () => {
    inKernel((published) => {
      const broken = (function* () {
        yield 1;
        throw new Error('source');
      })();
      const loop = () => {
        for (const _ of track(broken, 'loop', { total: 5 })) void _;
      };
      expect(loop).to.throw('source');
      expect(textOf(published.at(-1)!)).to.match(/^loop: failed at 1 of 5 after /);
      expect(published.at(-1)!.content.data['text/html']).to.include('--jp-error-color1');
    });
  });

  it('is ended with its cell where nothing else ended it', () => {
    for (const [ending, word] of [
      ['interrupted', 'interrupted'],
      ['error', 'failed'],
      ['ok', 'stopped'],
    ] as const) {
      inKernel((published, endCell) => {
        // An interrupt runs no `finally`: the iterator is just never asked again.
        const iterator = track(range(10), 'loop')[Symbol.iterator]();
        for (let k = 0; k < 4; k++) iterator.next();
        endCell(ending);
        expect(textOf(published.at(-1)!)).to.match(new RegExp(`^loop: ${word} at 3 of 10 after `));
        const { length } = published;
        iterator.return?.();
        endCell(ending);
        expect(published).to.have.length(length);
      });
    }
  });

  it('may be asynchronous', async () => {
    const ended = await inKernel(async (published) => {
      const seen: number[] = [];
      // The kernel is found when the loop begins.
      for await (const k of track(slowly([1, 2, 3]), 'later')) seen.push(k);
      expect(seen).to.deep.equal([1, 2, 3]);
      return published;
    });
    expect(textOf(ended[0])).to.equal('later: 0, 0.0 s');
    expect(textOf(ended.at(-1)!)).to.match(/^later: 3, done in /);
  });

  it('leaves an asynchronous source as a loop without it would', async () => {
    let closed = false;
    const source = (async function* () {
      try {
        for (let k = 0; ; k++) yield k;
      } finally {
        closed = true;
      }
    })();
    const { writes, screen: log } = screen(false);
    for await (const k of track(source, 'endless', { screen: log })) if (k === 2) break;
    expect(closed).to.equal(true);
    expect(writes).to.have.length(1);
    expect(writes[0]).to.match(/^endless: stopped at 2 after /);
  });

  it('begins anew each time that it is iterated over', () => {
    inKernel((published) => {
      const items = track([1, 2, 3]);
      expect([...items, ...items]).to.deep.equal([1, 2, 3, 1, 2, 3]);
      const ids = new Set(published.map(({ content }) => content.transient.display_id));
      expect(ids.size).to.equal(2);
    });
  });

  it('costs little in a loop of short steps', () => {
    inKernel((published) => {
      const items = new Float64Array(1e6);
      let sum = 0;
      for (const x of track(items)) sum += x;
      expect(sum).to.equal(0);
      expect(published.length).to.be.below(25);
    });
  });

  it('refuses what cannot be iterated over', () => {
    expect(() => track(5 as never)).to.throw(/^track: expected something to iterate over, got num/);
    expect(() => track(null as never)).to.throw('got null');
    expect(() => range(-1)).to.throw('range: expected a whole number of at least 0, got -1.');
  });
});

describe('a tracked loop elsewhere', () => {
  it('is one line of tslab’s display, four times a second', () => {
    const { clock, pass } = handClock();
    const lines: string[] = [];
    const display = { text: (line: string) => void lines.push(line) };
    for (const _ of track(range(20), 'steps', { display, clock })) (pass(100), void _);
    expect(lines).to.have.length(1 + 6 + 1);
    expect(lines[1]).to.equal('steps: ███░░░░░░░░░░░░░░░░░ 3 of 20, 0.3 s');
    expect(lines.at(-1)).to.equal('steps: 20 of 20, done in 2.0 s');
  });

  it('is a line of a log for every tenth of the work', () => {
    const { writes, screen: log } = screen(false);
    for (const _ of track(range(50), 'steps', { screen: log })) void _;
    const counts = writes.map((line) => Number(/(\d+) of 50/.exec(line)![1]));
    expect(counts).to.deep.equal([5, 10, 15, 20, 25, 30, 35, 40, 45, 50]);
    expect(writes.every((line) => line.endsWith('\n'))).to.equal(true);
  });

  it('is a line of a log every five seconds where nobody knows how many there will be', () => {
    const { clock, pass } = handClock();
    const { writes, screen: log } = screen(false);
    for (const _ of track(new Array(12).keys(), 'n', { screen: log, clock })) (pass(1000), void _);
    expect(writes).to.deep.equal(['n: 5, 5.0 s\n', 'n: 10, 10.0 s\n', 'n: 12, done in 12.0 s\n']);
  });

  it('is a live line on a terminal, no longer than that', () => {
    const { clock, pass } = handClock();
    const { writes, screen: terminal } = screen(true);
    const options = { screen: terminal, clock };
    for (const _ of track(range(3), 'a long title '.repeat(9), options)) (pass(150), void _);
    expect(writes).to.have.length(5);
    for (const text of writes) {
      expect(text.startsWith('\r\x1b[K')).to.equal(true);
      expect(text.replace('\r\x1b[K', '').trimEnd().length).to.be.below(60);
    }
    expect(writes.map((text) => text.endsWith('\n'))).to.deep.equal([
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('a progress bar', () => {
  it('is moved by hand, with a note', () => {
    const { clock, pass } = handClock();
    inKernel((published) => {
      const bar = progressBar(4, 'files', { clock });
      pass(2000);
      bar.update(1, 'a.csv <1>');
      expect(textOf(published[1])).to.equal(
        'files: █████░░░░░░░░░░░░░░░ 1 of 4, 2.0 s, 6.0 s left, a.csv <1>',
      );
      expect(published[1].content.data['text/html']).to.include('a.csv &lt;1&gt;');
      pass(63_000);
      bar.done();
      expect(textOf(published.at(-1)!)).to.equal('files: 4 of 4, done in 1 min 5 s');
      const { length } = published;
      bar.update(2);
      bar.done();
      bar.fail();
      expect(published).to.have.length(length);
    });
  });

  it('may fail, with the reason', () => {
    inKernel((published) => {
      const bar = progressBar(undefined, 'files');
      bar.update(7);
      bar.fail('disk full');
      expect(textOf(published.at(-1)!)).to.match(/^files: failed at 7 after .*, disk full$/);
      expect(published.at(-1)!.content.data['text/html']).to.not.include('<progress');
    });
  });

  it('tells long times in hours and minutes', () => {
    const { clock, pass } = handClock();
    inKernel((published) => {
      const bar = progressBar(2, '', { clock });
      pass(3_599_700);
      bar.update(1);
      expect(textOf(published[1])).to.match(/ 1 of 2, 1 h 0 min, 1 h 0 min left$/);
    });
  });

  it('refuses a total that is none', () => {
    expect(() => progressBar(-1)).to.throw('the total is -1; expected a number of at least 0.');
    expect(() => progressBar(NaN)).to.throw('the total is NaN');
  });
});
