import { expect } from 'chai';
import { compare } from '../../../src/cli/bench/compare.js';
import { Refusal } from '../../../src/cli/bench/entry.js';
import { interleave, median, spreadOf } from '../../../src/cli/bench/interleave.js';
import { fakeComparison, fakePeer, fakeRun, fakeTools } from './fakes.js';

describe('a comparison', () => {
  it('divides the best median of a peer by ours', async () => {
    const record = await compare(
      fakeComparison({
        // The first run is the one that checks the answers; it is not timed.
        ours: fakeRun('ours', [9, 0.001, 0.002, 0.004], 1),
        peers: [
          fakePeer('slow', fakeRun('slow', [9, 0.05, 0.05, 0.05], 1)),
          fakePeer('quick', fakeRun('quick', [9, 0.008, 0.007, 0.003], 1), { version: '1.2' }),
        ],
      }),
      fakeTools(3),
    );
    expect(record).to.include({ name: 'fake', size: 'one number', unit: 'ms', met: true });
    expect(record.ours).to.be.closeTo(2, 1e-12);
    expect(record.peers.quick).to.be.closeTo(7, 1e-12);
    expect(record.ratio).to.be.closeTo(3.5, 1e-12);
    expect(record.goal).to.equal(2);
    expect(record.spread.ours).to.be.closeTo(1.5, 1e-12);
    expect(record.spread.slow).to.equal(0);
    expect(record.details?.peers).to.deep.equal({ slow: {}, quick: { version: '1.2' } });
  });

  it('times the sides in turns, after each has shown its answer', async () => {
    const turns: string[] = [];
    const run = (name: string) => fakeRun(name, [1], 1, turns);
    const peers = [fakePeer('a', run('a')), fakePeer('b', run('b'))];
    await compare(fakeComparison({ ours: run('ours'), peers }), fakeTools(2));
    const round = ['ours', 'a', 'b'];
    expect(turns).to.deep.equal([...round, ...round, ...round]);
  });

  it('refuses a ratio where an answer differs, and says which and by how much', async () => {
    const turns: string[] = [];
    const peers = [
      fakePeer('right', fakeRun('right', [1], 1)),
      fakePeer('wrong', fakeRun('wrong', [1], 1.25, turns)),
      fakePeer('broken', fakeRun('broken', [1], NaN)),
    ];
    const comparison = fakeComparison({ ours: fakeRun('ours', [1], 1), peers });
    const error = await compare(comparison, fakeTools(5)).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Refusal);
    expect((error as Refusal).message).to.equal(
      'fake, one number: no ratio, because the answers do not agree to 1e-6: ' +
        'wrong differs by 2.5e-1, broken differs by NaN.',
    );
    expect((error as Refusal).record).to.deep.equal({ name: 'fake', size: 'one number' });
    expect(turns).to.have.length(1);
  });

  it('names our own answer where it is ours that is wrong', async () => {
    const comparison = fakeComparison({
      ours: fakeRun('ours', [1], 3),
      peers: [fakePeer('peer', fakeRun('peer', [1], 2))],
      difference: (answer) => Math.abs(answer[0] - 2),
    });
    const error = await compare(comparison, fakeTools(1)).catch((thrown: unknown) => thrown);
    expect(String(error)).to.match(/: ours differs by 1\.0e\+0\.$/);
  });

  it('leaves a peer out by name that cannot get ready', async () => {
    const unable = {
      ...fakePeer('unable', fakeRun('unable', [1], 1)),
      prepare: () => Promise.reject(new Error('it needs a compiler')),
    };
    const able = fakePeer('able', fakeRun('able', [3], 1));
    const ours = fakeRun('ours', [1], 1);
    const record = await compare(fakeComparison({ ours, peers: [unable, able] }), fakeTools(1));
    expect(record.leftOut).to.deep.equal({ unable: 'it needs a compiler' });
    expect(record.ratio).to.equal(3);
    const alone = await compare(fakeComparison({ ours, peers: [unable] }), fakeTools(1));
    expect(alone).to.include({ ratio: null, met: null });
  });
});

describe('rounds', () => {
  it('say whose turn it is', async () => {
    const turns: string[] = [];
    const side = (name: string) => ({ name, run: fakeRun(name, [1, 2], 0) });
    const seconds = await interleave(
      [side('a'), side('b')],
      2,
      (name, round) => turns.push(`${name}${round}`),
      0,
    );
    expect(turns).to.deep.equal(['a1', 'b1', 'a2', 'b2']);
    expect([...seconds]).to.deep.equal([
      ['a', [1, 2]],
      ['b', [1, 2]],
    ]);
  });

  it('are summed up by median and spread', () => {
    expect(median([5, 1, 3])).to.equal(3);
    expect(median([4, 1, 3, 2])).to.equal(2.5);
    expect(spreadOf([2, 1, 4])).to.equal(1.5);
  });
});
