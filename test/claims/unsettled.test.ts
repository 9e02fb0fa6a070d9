import { expect } from 'chai';
import { atMost, reported, settling, unsettled, type Course } from '../../src/claims/index.js';
import type { LimitCertificate } from '../../src/flows/index.js';
import { soundCertificate as sound, visit, withLimit } from './certificates.js';

const doubted = (certificate: LimitCertificate) => ({
  ...certificate,
  doubts: ['it is not known'],
});

const course: Course = {
  certificate: sound,
  visits: [],
  alphas: [1e3, 1e4, 1e5, 1e6, 1e7],
  lambdas: [0.1, 0.1, 0.1, 0.1, 0.1],
};
const found = (change: Partial<Course>) => unsettled({ ...course, ...change }, 3, 0.8);

describe('a run that does not settle', () => {
  it('would have to where its limit is certified, or nothing unstable is near', () => {
    expect(found({})).to.equal(undefined);
    expect(found({ certificate: doubted(sound) })).to.equal(undefined);
  });

  it('need not where its limit is unstable, whatever else is said of it', () => {
    const saddle = withLimit({ margin: 0.3 }, { lambda: 1.9, unstable: 1 });
    for (const certificate of [saddle, doubted(saddle)]) {
      expect(found({ certificate })).to.deep.equal({
        why: 'it rests near a KKT point of margin 0.3000, unstable, λ = 1.900',
        leaves: true,
      });
    }
  });

  it('need not where it was near such a point in the decades that are judged', () => {
    const certificate = doubted(sound);
    const late = { ...visit, toAlpha: 1e4 };
    expect(found({ certificate, visits: [late] })?.why).to.equal(
      'it rests near a KKT point of margin 0.3000, unstable, λ = 1.900',
    );
    expect(found({ certificate, visits: [{ ...visit, toAlpha: 1e3 }] })).to.equal(undefined);
    expect(found({ visits: [late] }), 'a certified limit').to.deep.equal({
      why: 'it left a KKT point of margin 0.3000, unstable, λ = 1.900, at α = 1.0e+4',
      leaves: false,
    });
  });

  it('need not where deviations grow along its last decades', () => {
    const certificate = doubted(sound);
    const lambdas = [0.1, 0.1, 1.02, 0.1, NaN];
    expect(found({ certificate, lambdas })).to.deep.equal({
      why: 'it moves where deviations grow, λ = 1.020, and no KKT point is near',
      leaves: true,
    });
    expect(found({ certificate, lambdas: [1.5, 0.1, 1, 0.1, 0.1] })).to.equal(undefined);
    expect(found({ lambdas }), 'a certified limit').to.deep.equal({
      why: 'it has come through a place where deviations grow, λ = 1.020',
      leaves: false,
      explains: true,
    });
  });

  it('need not where it ends in the middle of a turn, whatever limit is ahead', () => {
    const why = 'it ends in a place where deviations grow, λ = 2.960';
    for (const lambdas of [
      [0.1, 0.1, 1.2, 1.4, 2.96],
      [0.1, 0.1, 0.1, 2.96, 0.1],
    ])
      expect(found({ lambdas })).to.deep.equal({ why, leaves: false });
    // ReLU networks hardly grow anything at the λ just above 1 that they show on their way.
    expect(found({ lambdas: [0.1, 0.1, 0.1, 1.03, 1.03] })?.explains).to.equal(true);
  });

  it('need not where it creeps towards its limit, as some flows do for tens of decades', () => {
    const creeping = { ...doubted(sound), measuredRatios: [0.952, 0.959] };
    expect(found({ certificate: creeping })).to.deep.equal({
      why: 'it creeps towards a KKT point of margin 0.5000, nearer by a factor of 0.9590 in a decade of α',
      leaves: true,
    });
    for (const measuredRatios of [[0.952, 1.01], [0.5, 0.959], [0.95, NaN], []]) {
      const other = { ...creeping, measuredRatios };
      expect(found({ certificate: other }), measuredRatios.join()).to.equal(undefined);
    }
    expect(found({ certificate: { ...creeping, doubts: [] } }), 'certified').to.equal(undefined);
  });

  it('need not within the decades that are judged where λ is almost 1', () => {
    const slow = { ...withLimit({}, { lambda: 0.98 }), predictedRatio: 0.98 };
    const { why, leaves } = found({ certificate: slow })!;
    expect(why).to.equal(
      'it goes to a KKT point of margin 0.5000 with λ = 0.9800, so near to 1 that a decade of α ' +
        'brings it nearer only by a factor of 0.9800',
    );
    expect(leaves).to.equal(false);
    expect(found({ certificate: doubted(slow) })!.leaves).to.equal(true);
  });
});

describe('the evidence of a run that need not settle', () => {
  const evidence = (value: number) => atMost('length', value, 1, 2, 'note');
  const leaving = { why: 'it rests', leaves: true };
  const slow = { why: 'it is slow', leaves: false };

  it('never contradicts, and says why', () => {
    for (const unsettledRun of [leaving, slow]) {
      const { verdict, note } = settling(unsettledRun, evidence(3));
      expect(verdict).to.equal('inconclusive');
      expect(note).to.equal(`note; ${unsettledRun.why}`);
    }
  });

  it('supports only where the run stays where it goes', () => {
    expect(settling(leaving, evidence(0)).verdict).to.equal('inconclusive');
    expect(settling(slow, evidence(0))).to.deep.equal(evidence(0));
  });

  it('still contradicts where the reason only explains', () => {
    const passed = { why: 'it grew', leaves: false, explains: true } as const;
    expect(settling(passed, evidence(3))).to.deep.equal(evidence(3));
    expect(settling(passed, evidence(0))).to.deep.equal(evidence(0));
    expect(settling(passed, evidence(1.5)).note).to.equal('note; it grew');
  });

  it('stays reported where it is no more than that', () => {
    expect(settling(leaving, reported('x', 1, 'note'))).to.deep.equal(reported('x', 1, 'note'));
  });

  it('is what it was for any other run', () => {
    for (const value of [0, 1.5, 3]) {
      expect(settling(undefined, evidence(value))).to.deep.equal(evidence(value));
    }
  });
});
