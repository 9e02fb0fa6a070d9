import { expect } from 'chai';
import { atMost, unfinishedClaim } from '../../src/claims/index.js';
import { judgeClaim } from '../../src/claims/claim.js';
import {
  evidenceNamed,
  firstOf,
  lastOf,
  leastMargin,
  oneNamed,
  ratiosToPrevious,
  recordsIn,
} from '../../src/notebook/index.js';
import { tinyClaim, tinyRecord } from '../cli/reproduce/made-up-parts.js';

describe('what a cell looks up', () => {
  const { claim } = tinyClaim('small', 1);

  it('are the records of a claim, or the reason why there are none', () => {
    const record = { experiment: tinyRecord(1) };
    expect(recordsIn(judgeClaim(claim, record))).to.equal(record);
    const unfinished = unfinishedClaim(claim, 'The step became too small.');
    expect(() => recordsIn(unfinished)).to.throw(
      'There are no records: The step became too small.',
    );
  });

  it('is a number of a verdict by its name', () => {
    const evidence = [atMost('length, a', 1, 2, 3, ''), atMost('angle, a', 4, 5, 6, '')];
    expect(evidenceNamed({ evidence }, 'angle').value).to.equal(4);
    const more = [...evidence, atMost('angle', 7, 8, 9, ''), atMost('length, b', 1, 2, 3, '')];
    expect(evidenceNamed({ evidence: more }, 'angle').value).to.equal(7);
    expect(() => evidenceNamed({ evidence: more }, 'length')).to.throw(
      "There is no one piece of evidence 'length'; there are length, a; angle, a; angle; length, b.",
    );
    expect(() => evidenceNamed({ evidence: [] }, 'height')).to.throw('there are none.');
  });

  it('is an end of a list, which may not be empty', () => {
    expect([firstOf([3, 4, 5]), lastOf(Float64Array.of(3, 4, 5))]).to.deep.equal([3, 5]);
    expect(() => lastOf([])).to.throw('The list is empty; expected at least one entry.');
  });

  it('is one entry by its name, or by a part of it that no other has', () => {
    const list = [{ name: 'step 0.1' }, { name: 'step 0.01' }, { name: 'scaled' }];
    expect(oneNamed(list, 'scaled')).to.equal(list[2]);
    expect(oneNamed(list, 'step 0.1')).to.equal(list[0]);
    expect(oneNamed([{ problem: { name: 'images relu' } }], 'images').problem.name).to.match(
      /relu/,
    );
    expect(() => oneNamed(list, 'step')).to.throw(
      "More than one is called 'step'; there are 'step 0.1'",
    );
    expect(() => oneNamed(list, 'x')).to.throw("None is called 'x'; there are 'step 0.1', 'step");
    expect(() => oneNamed([], 'x')).to.throw("None is called 'x'; there are none at all.");
  });

  it('are ratios of neighbours', () => {
    expect(ratiosToPrevious([4, 2, 3])).to.deep.equal([NaN, 0.5, 1.5]);
  });

  it('is the smallest margin of a checkpoint, by its normaliser', () => {
    const distributions = [
      { normaliser: 'frobenius', why: '', margins: Float64Array.of(3, 2) },
      { normaliser: 'median', why: '', margins: Float64Array.of(1, 0.5) },
    ];
    const checkpoint = { distributions } as unknown as Parameters<typeof leastMargin>[0];
    expect(leastMargin(checkpoint)).to.equal(2);
    expect(leastMargin(checkpoint, 'median')).to.equal(0.5);
    expect(() => leastMargin(checkpoint, 'norm')).to.throw(
      "There is no normaliser 'norm'; there are frobenius, median.",
    );
  });
});
