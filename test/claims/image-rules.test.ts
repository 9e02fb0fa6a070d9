import { expect } from 'chai';
import { denseNetClaim, hAlexNetClaim, judgeClaim, resNetClaim } from '../../src/claims/index.js';
import { madeUpImageRun, type MadeUp } from '../helpers/made-up-image-run.js';
import { dissent, evidenceOf } from './records.js';

const powers = (count: number, of: (k: number) => number) =>
  Array.from({ length: count }, (_, k) => of(k));

/** Nine doublings of α in which the way of the direction gets shorter, as a limit asks. */
const settling: Partial<MadeUp> = {
  alphas: powers(10, (k) => 2 ** (k + 1)),
  smallest: powers(10, (k) => 0.1 * 1.1 ** k),
  angles: [NaN, ...powers(9, (k) => 1.2 - 0.1 * k)],
  spreads: powers(10, () => 2),
  lengths: powers(9, (k) => 0.1 * 0.6 ** k),
  // The made-up network is held against the degree 2, and ‖θ‖² has to grow less than α.
};
/** Three doublings in which margins become uniform. */
const uniform: Partial<MadeUp> = { name: 'densenet', spreads: [1, 0.4, 0.12, 0.03] };
/** The made-up smallest margins, α + 1. */
const SMALLEST = [3, 5, 9, 17];

const judge = (part: Partial<MadeUp> = {}) =>
  hAlexNetClaim.judge({ training: madeUpImageRun({ ...settling, ...part }) });
const verdict = (part: Partial<MadeUp> = {}) =>
  judgeClaim(hAlexNetClaim, { training: madeUpImageRun({ ...settling, ...part }) }).verdict;
const judgeNormed = (part: Partial<MadeUp> = {}) =>
  denseNetClaim.judge({ training: madeUpImageRun({ ...uniform, ...part }) });
const verdictNormed = (part: Partial<MadeUp> = {}) =>
  judgeClaim(denseNetClaim, { training: madeUpImageRun({ ...uniform, ...part }) }).verdict;

const MARGINS = 'least rise of the smallest margin ÷ norm per doubling of α, h-alexnet';
const SMOOTHED = 'least rise of the smoothed margin per doubling of α, h-alexnet';
const LENGTH = 'length of the path per doubling of α, h-alexnet';
const ERROR = 'training error at the end, h-alexnet';
const CONTROL = 'turn of the direction when steps are halved ÷ way since the fit, h-alexnet';
const LAYER = 'least rise of α ÷ norm of the last layer per doubling of α, densenet';
const UNIFORM = 'largest ÷ smallest margin, less 1, densenet';
const TOGETHER = 'standard deviation of the margins, densenet';

describe('the claim on a homogeneous image network', () => {
  it('is supported where margins rise, the way gets shorter and halved steps agree', () => {
    expect(dissent(judge())).to.deep.equal([]);
    expect(verdict()).to.equal('supported');
    expect(judge()).to.deep.equal(judge());
    expect(verdict({ smallest: powers(10, () => 0.1) })).to.equal('supported');
  });

  it('is expected to be left open: at degree 8 no run comes so far', () => {
    expect(hAlexNetClaim.expected).to.equal('inconclusive');
    // What a smoke run with seed 1 had: the cosine of the mean step rises while lengths grow.
    const growing = [0.0095, 0.0143, 0.0166, 0.0311, 0.0186, 0.0366, 0.027, 0.0353, 0.0432];
    expect(dissent(judge({ lengths: growing }))).to.deep.equal([`${LENGTH}: inconclusive`]);
    const { value, note } = evidenceOf(judge({ lengths: growing }), /^length of the path/);
    expect(value).to.be.above(1.3);
    expect(note).to.match(/^not yet: lengths 0\.0135, 0\.0288, 0\.0352 rad per doubling/);
  });

  it('is left open by lengths that stay: nothing at finite α contradicts a limit', () => {
    expect(dissent(judge({ lengths: powers(9, () => 0.04) }))).to.deep.equal([
      `${LENGTH}: inconclusive`,
    ]);
    expect(dissent(judge({ lengths: powers(9, (k) => 0.04 * 0.99 ** k) }))).to.deep.equal([
      `${LENGTH}: inconclusive`,
    ]);
  });

  it('is not supported by a mean step that turns towards θ by a hair', () => {
    const angles = [NaN, ...powers(9, (k) => Math.acos(0.05 + 0.015 * k))];
    const lengths = powers(9, (k) => 0.01 * 1.05 ** k);
    expect(verdict({ angles, lengths })).to.equal('inconclusive');
  });

  it('is left open where α doubled too rarely', () => {
    const few = { alphas: [2, 4, 8], smallest: [0.1, 0.12, 0.13], angles: [NaN, 1.2, 1.1] };
    const rest = { spreads: [1, 1, 1], lengths: [0.1, 0.05] };
    expect(dissent(judge({ ...few, ...rest }))).to.deep.equal([`${LENGTH}: inconclusive`]);
    const none = { alphas: [2], smallest: [0.1], angles: [NaN], spreads: [1], lengths: [] };
    expect(dissent(judge(none))).to.deep.equal([
      `${SMOOTHED}: inconclusive`,
      `${MARGINS}: inconclusive`,
      `${LENGTH}: inconclusive`,
    ]);
  });

  it('is contradicted by a smoothed margin that falls by a twentieth over a doubling', () => {
    const falling = (factor: number) => {
      const alphas = powers(10, (k) => (k === 0 ? 2 : 2 * factor * 2 ** k));
      return judge({ alphas });
    };
    // ‖θ‖² grows by e^{0.2} from one checkpoint to the next.
    const still = Math.exp(0.2) / 2;
    expect(dissent(falling(0.9 * still))).to.deep.equal([`${SMOOTHED}: contradicted`]);
    expect(dissent(falling(0.98 * still))).to.deep.equal([`${SMOOTHED}: inconclusive`]);
    expect(dissent(falling(1.01 * still))).to.deep.equal([]);
  });

  it('is left open, not contradicted, by a smallest margin that falls: the smoothed one rises', () => {
    const smallest = powers(10, (k) => (k === 4 ? 0.1 : 0.1 * 1.1 ** k));
    expect(dissent(judge({ smallest }))).to.deep.equal([`${MARGINS}: inconclusive`]);
  });

  it('is left open where images are misclassified at the end, whatever the rest says', () => {
    const wrong = { trainingError: 0.01, smallest: powers(10, (k) => 0.4 - 0.03 * k) };
    expect(dissent(judge(wrong))).to.deep.equal([
      `${ERROR}: inconclusive`,
      `${SMOOTHED}: inconclusive`,
      `${MARGINS}: inconclusive`,
      `${LENGTH}: inconclusive`,
    ]);
    expect(verdict(wrong)).to.equal('inconclusive');
  });
});

describe('the claims on image networks with batch norm', () => {
  it('are supported where α over the last layer’s norm rises and margins become uniform', () => {
    for (const claim of [denseNetClaim, resNetClaim]) {
      const run = { training: madeUpImageRun({ ...uniform, name: claim.id }) };
      expect(dissent(claim.judge(run))).to.deep.equal([]);
      expect(judgeClaim(claim, run).verdict).to.equal('supported');
      expect(claim.expected).to.equal('supported');
    }
  });

  it('tell margins that become uniform from margins that grow by equal amounts, and from proportional ones', () => {
    // Cao et al.: the ratio goes to 1 like e^{−c log² t}, which is e^{−c p²} with margins p like log t.
    const law = SMALLEST.map((p) => Math.exp(-0.01 * p * p));
    const equal = SMALLEST.map((p) => 2 / p);
    expect(dissent(judgeNormed({ spreads: law }))).to.deep.equal([]);
    expect(dissent(judgeNormed({ spreads: equal }))).to.deep.equal([]);
    expect(
      evidenceOf(judgeNormed({ spreads: equal }), /^standard deviation of the margins/).value,
    ).to.be.closeTo(1, 1e-12);
    // Between the two, the ratio falling like a power of α.
    const power = SMALLEST.map((p) => 3 * p ** -0.8);
    const between = evidenceOf(
      judgeNormed({ spreads: power }),
      /^standard deviation of the margins/,
    );
    expect(between.value).to.be.within(1.1, 1.2);
    expect(between.verdict).to.equal('supported');
    const proportional = judgeNormed({ spreads: [1, 1, 1, 1] });
    expect(evidenceOf(proportional, /^standard deviation of the margins/).value).to.be.closeTo(
      (17 / 3) ** (1 / 3),
      1e-12,
    );
    expect(dissent(proportional)).to.deep.equal([
      `${UNIFORM}: contradicted`,
      `${TOGETHER}: inconclusive`,
    ]);
  });

  it('are contradicted by margins that stay as far apart as they are', () => {
    expect(verdictNormed({ spreads: [1, 1, 1, 1] })).to.equal('contradicted');
    expect(verdictNormed({ spreads: [1, 1, 1.2, 1.4] })).to.equal('contradicted');
  });

  it('are left open by margins that come nearer too slowly', () => {
    for (const spreads of [
      [1, 0.9, 0.8, 0.7],
      [1, 1, 0.7, 0.6],
      [1, 0.4, 0.5, 0.6],
    ]) {
      expect(dissent(judgeNormed({ spreads })), spreads.join()).to.include(
        `${UNIFORM}: inconclusive`,
      );
      expect(verdictNormed({ spreads })).to.equal('inconclusive');
    }
    // Two images decide, so that a jump is none of a trend.
    expect(dissent(judgeNormed({ spreads: [0.91, 0.3, 0.33, 0.05] }))).to.deep.equal([]);
    const few = { alphas: [2, 4], smallest: [0.1, 0.1], angles: [NaN, 1], lengths: [0.1] };
    expect(dissent(judgeNormed({ ...few, spreads: [1, 0.1] }))).to.deep.equal([
      `${UNIFORM}: inconclusive`,
      `${TOGETHER}: inconclusive`,
    ]);
  });

  it('are contradicted by a last layer that grows faster than α', () => {
    // Its share of ‖θ‖ falls a little, ‖θ‖ grows by a tenth: by so much α may grow.
    const slower = (share: number) => judgeNormed({ alphas: powers(4, (k) => 2 * share ** k) });
    expect(dissent(slower(1.2))).to.deep.equal([]);
    expect(dissent(slower(1))).to.deep.equal([`${LAYER}: contradicted`]);
    expect(dissent(slower(1.07))).to.deep.equal([`${LAYER}: inconclusive`]);
  });

  it('report the margins under our own normaliser, and who grows', () => {
    const { value, verdict: said } = evidenceOf(judgeNormed(), /^largest ÷ smallest margin at/);
    expect(value).to.be.closeTo(1.03, 1e-12);
    expect(said).to.equal('reported');
    expect(evidenceOf(judgeNormed(), /^least rise of the smallest/).verdict).to.equal('reported');
    expect(evidenceOf(judgeNormed(), /^growth of the last layer/).value).to.be.within(1.2, 1.4);
    const falling = judgeNormed({ smallest: [0.4, 0.3, 0.2, 0.1] });
    expect(dissent(falling)).to.deep.equal([]);
  });
});

describe('the claims on image networks', () => {
  it('are left open, never contradicted, by a control that fails', () => {
    for (const angle of [0.021, 10, NaN]) {
      const halved = { alpha: 8, angle, distance: 0.1 };
      expect(dissent(judge({ halved })), String(angle)).to.deep.equal([`${CONTROL}: inconclusive`]);
    }
    expect(verdict({ halved: { alpha: 8, angle: 0.019, distance: 0.1 } })).to.equal('supported');
  });

  it('are judged without a control where none is run', () => {
    expect(verdict({ halved: undefined })).to.equal('supported');
    expect(judge({ halved: undefined }).some(({ metric }) => metric === CONTROL)).to.equal(false);
  });

  it('report the test error at the fit, where α ≥ 1 and at the end', () => {
    const { value, note } = evidenceOf(judge(), /^test error/);
    expect(value).to.equal(0.125);
    expect(note).to.equal('at the fit 0.250, at α = 2.00 0.125; 12 images');
  });

  it('report the median spectral share of matrices of weights alone', () => {
    const { value, note } = evidenceOf(judgeNormed(), /^spectral share/);
    expect(value).to.be.closeTo(0.535, 1e-12);
    expect(note).to.equal('‖W‖₂/‖W‖_F; convolution 1 0.530, dense 1 0.540');
  });

  it('report a KKT residual where there is one', () => {
    expect(judge().filter(({ metric }) => metric.startsWith('KKT'))).to.deep.equal([]);
    const kkt = {
      stationarity: 0.6,
      complementarity: 0,
      alignment: 0.5,
      multipliers: new Float64Array(0),
      active: 300,
      eligible: 400,
      dualShare: 0.99,
    };
    const { value, note } = evidenceOf(judge({ kkt }), /^KKT residual/);
    expect(value).to.equal(0.6);
    expect(note).to.match(/on the 300 smallest margins, whose cosine with θ is 0\.800$/);
  });
});
