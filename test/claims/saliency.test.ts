import { expect } from 'chai';
import { judgeClaim, saliencyClaim } from '../../src/claims/index.js';
import type { SaliencyClaimRecord } from '../../src/claims/saliency/plan.js';
import type { SaliencyRecord } from '../../src/records/index.js';
import { norm } from '../../src/numerics/vectors.js';
import { visit } from './certificates.js';
import { dissent, evidenceOf, replaced, RUN_TIME } from './records.js';
import { shortSaliency } from './saliency-records.js';

const judge = (record: SaliencyClaimRecord) => saliencyClaim.judge(record);
const verdict = (record: SaliencyClaimRecord) => judgeClaim(saliencyClaim, record).verdict;

describe('the claim that saliency maps converge', () => {
  let real: SaliencyClaimRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = await shortSaliency();
  });

  const withRun = (change: Partial<SaliencyRecord>, k = 0): SaliencyClaimRecord => ({
    ...real,
    inside: replaced(real.inside, k, { ...real.inside[k], ...change }),
  });
  /** All maps of a run at these angles, one for each power of ten of α. */
  const withAngles = (of: (decade: number) => number, k = 0) => {
    const { inputs, angles } = real.inside[k];
    return { angles: angles.map((_, i) => of(Math.floor(i / inputs))) };
  };
  const certificateOf = (change: object, limit: object = {}, k = 0) => {
    const { certificate } = real.inside[k];
    return {
      certificate: { ...certificate, ...change, limit: { ...certificate.limit, ...limit } },
    };
  };

  it('is supported by a short run, and judged on the record alone', () => {
    expect(dissent(judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(saliencyClaim.expected);
    expect(judge(real)).to.deep.equal(judge(real));
  });

  it('sees the maps of a linear network fall upon one, at the rate of its weights', () => {
    const { angles, inputs, maxMarginAngles } = real.inside[1];
    const last = angles.slice(-inputs);
    for (const angle of last) expect(angle).to.be.closeTo(last[0], 1e-12);
    expect(maxMarginAngles!.at(-1)).to.be.closeTo(last[0], 1e-9);
  });

  it('keeps pictures of the size of the images, whose maps have a direction', () => {
    const { pictures } = real.inside[0];
    expect(pictures!.images).to.have.length(4);
    for (const { pixels, maps } of pictures!.images) {
      expect(pixels).to.have.length(pictures!.height * pictures!.width);
      expect(maps).to.have.length(pictures!.moments.length);
      for (const map of maps) expect(norm(map)).to.be.above(0);
    }
  });

  for (const k of [0, 1]) {
    it(`is contradicted by maps that do not settle, in run ${k}`, () => {
      expect(
        verdict(
          withRun(
            withAngles(() => 0.5, k),
            k,
          ),
        ),
      ).to.equal('contradicted');
    });

    it(`is left open by maps that settle too slowly, or have no angle, in run ${k}`, () => {
      const slow = withAngles((decade) => 0.01 * 0.9 ** decade, k);
      expect(verdict(withRun(slow, k))).to.equal('inconclusive');
      expect(
        verdict(
          withRun(
            withAngles(() => NaN, k),
            k,
          ),
        ),
      ).to.equal('inconclusive');
    });
  }

  it('is left open where a single map is still away, and contradicted where it is far', () => {
    const { angles } = real.inside[0];
    const one = (angle: number) => ({ angles: angles.with(angles.length - 1, angle) });
    expect(evidenceOf(judge(withRun(one(0.1))), /^largest.*squared/).verdict).to.equal(
      'inconclusive',
    );
    expect(evidenceOf(judge(withRun(one(1))), /^largest.*squared/).verdict).to.equal(
      'contradicted',
    );
  });

  it('is left open near a KKT point that is not stable, and by a limit in doubt', () => {
    const steady = withAngles(() => 0.5);
    const stability = { lambda: 1.9, unstable: 1, flat: 0, tangent: 61 };
    const resting = { ...steady, ...certificateOf({}, { stability }) };
    expect(verdict(withRun(resting))).to.equal('inconclusive');
    const doubts = ['a doubt'];
    const doubted = { ...steady, ...certificateOf({ doubts }), visits: [visit] };
    expect(verdict(withRun(doubted))).to.equal('inconclusive');
    expect(verdict(withRun(certificateOf({ doubts })))).to.equal('inconclusive');
  });

  it('is contradicted by a linear network that goes elsewhere, left open where it is nearly there', () => {
    const ending = (angle: number) => ({
      maxMarginAngles: real.inside[1].maxMarginAngles!.map(() => angle),
    });
    expect(verdict(withRun(ending(0.3), 1))).to.equal('contradicted');
    expect(verdict(withRun(ending(0.1), 1))).to.equal('inconclusive');
    expect(verdict(withRun(ending(NaN), 1))).to.equal('inconclusive');
    const { certificate } = certificateOf({ doubts: ['a doubt'] }, {}, 1);
    expect(verdict(withRun({ ...ending(0.3), certificate }, 1))).to.equal('inconclusive');
  });

  it('reports ReLU without judging it', () => {
    const angles = real.beyond.angles.map(() => 1.5);
    expect(verdict({ ...real, beyond: { ...real.beyond, angles } })).to.equal('supported');
  });
});
