import { expect } from 'chai';
import { learningRate, type Schedule } from '../../src/training/index.js';
import { requireSchedule } from '../../src/training/schedule.js';

describe('a learning rate', () => {
  /** The rates of a phase of 4 epochs with 2 steps each. */
  const rates = (schedule: Schedule) =>
    Array.from({ length: 8 }, (_, step) => learningRate(schedule, step, 2, 4));

  it('stays, where it is constant', () => {
    expect(rates({ kind: 'constant', rate: 0.5 })).to.deep.equal(new Array(8).fill(0.5));
  });

  it('falls by its factor where each of the given epochs begins', () => {
    const schedule: Schedule = { kind: 'step', rate: 1, at: [1, 3], factor: 0.5 };
    expect(rates(schedule)).to.deep.equal([1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25]);
  });

  it('goes along half a cosine to its final value', () => {
    const found = rates({ kind: 'cosine', rate: 1, final: 0.2 });
    found.forEach((rate, step) => {
      expect(rate).to.be.closeTo(0.6 + 0.4 * Math.cos((Math.PI * step) / 8), 1e-15);
    });
    expect(learningRate({ kind: 'cosine', rate: 1 }, 8, 2, 4)).to.equal(0);
  });

  it('rises linearly to its value in the epochs of warming up', () => {
    const warm = rates({ kind: 'constant', rate: 1, warmUp: 2 });
    expect(warm).to.deep.equal([0.25, 0.5, 0.75, 1, 1, 1, 1, 1]);
    const cosine = rates({ kind: 'cosine', rate: 1, warmUp: 2 });
    expect(cosine.slice(0, 5)).to.deep.equal([0.25, 0.5, 0.75, 1, 1]);
    expect(cosine[6]).to.be.closeTo(0.5, 1e-15);
  });

  const refused: [Schedule, string][] = [
    [{ kind: 'constant', rate: 0 }, 'lr.rate is 0; expected a positive number.'],
    [{ kind: 'step', rate: 1, at: [-1], factor: 1 }, 'lr.at holds -1; expected epochs from 0.'],
    [
      { kind: 'step', rate: 1, at: [], factor: NaN },
      'lr.factor is NaN; expected a positive number.',
    ],
    [{ kind: 'cosine', rate: 1, final: -1 }, 'lr.final is -1; expected a number of at least 0.'],
    [
      { kind: 'constant', rate: 1, warmUp: 4 },
      'lr.warmUp is 4; expected a number of epochs from 0 to less than 4.',
    ],
  ];
  for (const [schedule, message] of refused) {
    it(`is refused in a sentence: ${message}`, () => {
      expect(() => requireSchedule(schedule, 4, 'lr')).to.throw(message);
    });
  }
});
