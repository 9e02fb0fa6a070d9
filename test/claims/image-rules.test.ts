import { expect } from 'chai';
import { denseNetClaim, hAlexNetClaim, judgeClaim, resNetClaim } from '../../src/claims/index.js';
import { madeUpImageRun, type MadeUp } from '../helpers/made-up-image-run.js';
import { dissent, evidenceOf } from './records.js';

const judge = (part: Partial<MadeUp> = {}) =>
  hAlexNetClaim.judge({ training: madeUpImageRun(part) });
const verdict = (part: Partial<MadeUp> = {}) =>
  judgeClaim(hAlexNetClaim, { training: madeUpImageRun(part) }).verdict;

const MARGINS = 'least rise of the smallest margin ÷ norm per doubling of α, h-alexnet';
const ANGLE = 'angle between θ and the mean step, h-alexnet';
const ERROR = 'training error at the end, h-alexnet';
const CONTROL = 'turn of the direction when steps are halved ÷ way since the fit, h-alexnet';

describe('the claims on image networks', () => {
  it('are supported where margins rise, the angle shrinks and halved steps agree', () => {
    for (const claim of [hAlexNetClaim, denseNetClaim, resNetClaim]) {
      const run = { training: madeUpImageRun({ name: claim.id as MadeUp['name'] }) };
      expect(judgeClaim(claim, run).verdict).to.equal('supported');
      expect(claim.expected).to.equal('supported');
      expect(claim.judge(run)).to.deep.equal(claim.judge(run));
    }
    expect(verdict({ smallest: [0.1, 0.1, 0.1, 0.1] })).to.equal('supported');
  });

  it('are contradicted by margins that fall by a twentieth over a doubling of α', () => {
    expect(dissent(judge({ smallest: [0.1, 0.12, 0.113, 0.2] }))).to.deep.equal([
      `${MARGINS}: contradicted`,
    ]);
    expect(dissent(judge({ smallest: [0.1, 0.12, 0.119, 0.2] }))).to.deep.equal([
      `${MARGINS}: inconclusive`,
    ]);
    expect(verdict({ smallest: [0.1, 0.12, 0.113, 0.2] })).to.equal('contradicted');
  });

  it('are contradicted by an angle that shrinks over no doubling', () => {
    expect(dissent(judge({ angles: [NaN, 1.2, 1.2, 1.21] }))).to.deep.equal([
      `${ANGLE}: contradicted`,
    ]);
    expect(verdict({ angles: [NaN, 1.2, 1.2, 1.21] })).to.equal('contradicted');
  });

  it('are left open by an angle that shrinks over some doublings, or by too little', () => {
    for (const angles of [
      [NaN, 1.2, 1.1, 1.15],
      [NaN, 1.2, 1.195, 1.0],
    ]) {
      expect(dissent(judge({ angles }))).to.deep.equal([`${ANGLE}: inconclusive`]);
    }
  });

  it('are left open where images are misclassified at the end, whatever the rest says', () => {
    const wrong = {
      trainingError: 0.01,
      smallest: [0.4, 0.3, 0.2, 0.1],
      angles: [NaN, 1, 1.1, 1.2],
    };
    expect(dissent(judge(wrong))).to.deep.equal([
      `${ERROR}: inconclusive`,
      `${MARGINS}: inconclusive`,
      `${ANGLE}: inconclusive`,
    ]);
    expect(verdict(wrong)).to.equal('inconclusive');
  });

  it('are left open where α doubled too rarely', () => {
    const few = { alphas: [2, 4, 8], smallest: [0.1, 0.12, 0.13], angles: [NaN, 1.2, 1.1] };
    expect(dissent(judge(few))).to.deep.equal([`${ANGLE}: inconclusive`]);
    const none = { alphas: [2], smallest: [0.1], angles: [NaN] };
    expect(dissent(judge(none))).to.deep.equal([
      `${MARGINS}: inconclusive`,
      `${ANGLE}: inconclusive`,
    ]);
  });

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
    const { value, note } = evidenceOf(judge(), /^spectral share/);
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
