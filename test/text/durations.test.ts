import { expect } from 'chai';
import { durationText, roughDurationText } from '../../src/text/durations.js';

describe('durations as text', () => {
  it('say how long something took to a tenth of a second, a second or a minute', () => {
    expect([0, 3210, 59_949, 59_950, 125_400, 4_320_000].map(durationText)).to.deep.equal([
      '0.0 s',
      '3.2 s',
      '59.9 s',
      '1 min 0 s',
      '2 min 5 s',
      '1 h 12 min',
    ]);
  });

  it('say how long something may take in seconds, minutes, hours and days', () => {
    expect([12.3, 300, 9000, 400_000].map(roughDurationText)).to.deep.equal([
      '12 s',
      '5 min',
      '2.5 h',
      '5 days',
    ]);
  });
});
