import { expect } from 'chai';
import { checkCosine, checkEulerStep, checkSmoothedMargin } from '../../src/notebook/index.js';

describe('the check of a smoothed margin', () => {
  const right = (margins: number[], norm: number, degree: number) => {
    const least = Math.min(...margins);
    const sum = margins.reduce((all, p) => all + Math.exp(least - p), 0);
    return (least - Math.log(sum)) / norm ** degree;
  };

  it('finds that it is right, or not written yet', () => {
    expect(checkSmoothedMargin(right)).to.equal('Right: all 6 properties hold.');
    expect(checkSmoothedMargin(() => NaN)).to.match(/^Nothing to check yet/);
  });

  it('says which property fails', () => {
    const says = (yours: typeof right) => checkSmoothedMargin(yours);
    const sum = (margins: number[]) => margins.reduce((all, p) => all + Math.exp(-p), 0);
    expect(says(([p], norm, degree) => p / norm ** degree)).to.match(/less by log 2.*\(1 of 6/);
    expect(says((margins) => -Math.log(sum(margins)))).to.match(/to the power of the degree/);
    expect(says((margins, norm) => -Math.log(sum(margins)) / norm)).to.match(/power of the degree/);
    expect(says((margins, norm, degree) => -Math.log(sum(margins)) / norm ** degree)).to.match(
      /take the smallest margin out of the sum.*Yours gives ∞\. \(5 of 6/,
    );
    expect(says((margins) => sum(margins))).to.match(/^Not yet\. For one margin of 2.* 0\.1353\./);
  });
});

describe('the check of a cosine', () => {
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + value * b[k], 0);

  it('finds that it is right, or not written yet', () => {
    const right = (a: number[], b: number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    expect(checkCosine(right)).to.equal('Right: all 6 properties hold.');
    expect(checkCosine(() => NaN)).to.match(/^Nothing to check yet/);
  });

  it('says which property fails', () => {
    expect(checkCosine(dot)).to.match(/4 divided by √5 twice\. Yours gives 4\. \(0 of 6/);
    const unsigned = (a: number[], b: number[]) =>
      Math.abs(dot(a, b)) / Math.sqrt(dot(a, a) * dot(b, b));
    expect(checkCosine(unsigned)).to.match(/opposite ways/);
    const long = (a: number[], b: number[]) => dot(a, b) / dot(b, b);
    expect(checkCosine(long)).to.match(/ten times as long/);
    const two = (a: number[], b: number[]) =>
      (a[0] * b[0] + a[1] * b[1]) / Math.hypot(...a) / Math.hypot(...b);
    expect(checkCosine(two)).to.match(/of three numbers/);
  });
});

describe('the check of an Euler step', () => {
  it('finds that it is right, or not written yet', () => {
    const right = (theta: number[], gradient: number[], size: number) =>
      theta.map((value, k) => value - size * gradient[k]);
    expect(checkEulerStep(right)).to.equal('Right: all 4 properties hold.');
    expect(checkEulerStep(() => [])).to.match(/^Nothing to check yet/);
  });

  it('says which property fails', () => {
    const uphill = (theta: number[], gradient: number[], size: number) =>
      theta.map((value, k) => value + size * gradient[k]);
    expect(checkEulerStep(uphill)).to.match(/goes uphill/);
    const inPlace = (theta: number[], gradient: number[], size: number) => {
      gradient.forEach((slope, k) => (theta[k] -= size * slope));
      return theta;
    };
    expect(checkEulerStep(inPlace)).to.match(/make a new list/);
    expect(
      checkEulerStep((theta, gradient) => theta.map((value, k) => value - gradient[k])),
    ).to.match(/size 0 has to stay/);
    const unit = (theta: number[], gradient: number[], size: number) =>
      theta.map((value, k) => value - (size * gradient[k]) / Math.hypot(...gradient));
    expect(checkEulerStep(unit)).to.match(
      /should come to \(0\.7, 1\.6\); entry 1 of yours is 0\.94/,
    );
    expect(checkEulerStep((theta) => theta)).to.match(/nowhere/);
  });
});
