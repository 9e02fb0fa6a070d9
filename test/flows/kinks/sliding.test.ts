import { expect } from 'chai';
import { pointAtTarget } from '../../helpers/reference-flow.js';
import { expectWeights, fixedUnits, run, slopesAt } from '../../helpers/fixed-units.js';

describe('an example that repels a unit, while another one draws it over', () => {
  // x₁ = (1, 0) is +1 and draws w along with f₁ = e^{−w₁}; x₂ = (1, 1) is −1 with f₂ = 1 on its kink,
  // where z₂ = w₁ + w₂ = 0. From (0.1, −1): e^{w₁} = e^{0.1} + t up to w₁ = 1, then w₁ = −w₂ with
  // w₁′ = f₁/2 and the slope f₁/2.
  const at = fixedUnits(
    [1],
    [
      [1, 0, 1],
      [1, 1, -1],
    ],
  );
  const risk = (w1: number) => Math.exp(-w1) + 1;
  const targets = [-Math.log(risk(0.5)), -Math.log(risk(1.5)), -Math.log(risk(4))];
  const result = run(at, [0.1, -1], targets);

  it('moves freely up to the kink and then along it', () => {
    expectWeights(pointAtTarget(result, targets[0]), [0.5, -1]);
    expectWeights(pointAtTarget(result, targets[1]), [1.5, -1.5]);
    expectWeights(pointAtTarget(result, targets[2]), [4, -4]);
  });

  it('slides with the slope of the least velocity', () => {
    expect(slopesAt(pointAtTarget(result, targets[0]))).to.deep.equal([]);
    for (const [k, w1] of [
      [1, 1.5],
      [2, 4],
    ]) {
      const [[example, unit, slope]] = slopesAt(pointAtTarget(result, targets[k]));
      expect([example, unit]).to.deep.equal([1, 0]);
      expect(slope).to.be.closeTo(Math.exp(-w1) / 2, 1e-8);
    }
  });

  it('is there at the exact times', () => {
    const timeAt = (w1: number) =>
      Math.min(Math.exp(w1), Math.E) - Math.exp(0.1) + 2 * Math.max(0, Math.exp(w1) - Math.E);
    [0.5, 1.5, 4].forEach((w1, k) => {
      const { logTime } = pointAtTarget(result, targets[k]);
      expect(logTime).to.be.closeTo(Math.log(timeAt(w1)), 1e-7);
    });
  });

  it('sweeps the angle up to the kink, and none along it', () => {
    const swept = Math.atan2(1, 0.1) - Math.PI / 4;
    for (const k of [1, 2]) {
      expect(pointAtTarget(result, targets[k]).pathLength).to.be.closeTo(swept, 1e-8);
    }
  });

  it('tells when it began, and that it has not ended', () => {
    expect(result.slides!.length).to.equal(1);
    const [{ example, unit, fromAlpha, toAlpha }] = result.slides!;
    expect([example, unit, toAlpha]).to.deep.equal([1, 0, undefined]);
    expect(fromAlpha).to.be.closeTo(-Math.log(risk(1)), 1e-8);
  });

  it('slides at once from a start on the kink', () => {
    const begun = run(at, [1, -1], [targets[2]]);
    expectWeights(begun.last, [4, -4]);
    expect(begun.slides!.length).to.equal(1);
    expect(begun.last.pathLength).to.be.below(1e-9);
  });

  it('slides in the same way for two units at once, and for an example given twice', () => {
    const both = fixedUnits(
      [1, 1],
      [
        [1, 0, 1],
        [1, 1, -1],
      ],
    );
    const together = run(both, [0.1, -1, 0.1, -1], [-Math.log(Math.exp(-4) + 1)]);
    expectWeights(together.last, [2, -2, 2, -2]);
    expect(slopesAt(together.last).length).to.equal(2);
    for (const [, , slope] of slopesAt(together.last)) {
      expect(slope).to.be.closeTo(Math.exp(-4) / 2, 1e-8);
    }

    const twice = fixedUnits(
      [1],
      [
        [1, 0, 1],
        [1, 1, -1],
        [1, 1, -1],
      ],
    );
    const same = run(twice, [0.1, -1], [-Math.log(Math.exp(-2) + 2)]);
    expectWeights(same.last, [2, -2]);
    const total = slopesAt(same.last).reduce((sum, [, , slope]) => sum + slope, 0);
    expect(total).to.be.closeTo(Math.exp(-2) / 2, 1e-8);

    // x₃ = 2 x₂: the same kink with twice the pull.
    const parallel = fixedUnits(
      [1],
      [
        [1, 0, 1],
        [1, 1, -1],
        [2, 2, -1],
      ],
    );
    const farther = run(parallel, [0.1, -1], [-Math.log(Math.exp(-2) + 2)]);
    expectWeights(farther.last, [2, -2]);
    const pulls = slopesAt(farther.last).map(
      ([example, , slope]) => slope * (example === 2 ? 2 : 1),
    );
    expect(pulls.reduce((sum, pull) => sum + pull, 0)).to.be.closeTo(Math.exp(-2) / 2, 1e-8);
  });
});

describe('a unit that leaves its kink with slope 0', () => {
  // As above, with x₃ = (0, −½), +1: f₃ = e^{w₂/2}. Along the kink the pull on z₂ is f₁ − f₃/2, which
  // vanishes at w₁ = 2 log 2; from there on e^{w₁} and e^{−w₂/2} grow evenly.
  const at = fixedUnits(
    [1],
    [
      [1, 0, 1],
      [1, 1, -1],
      [0, -0.5, 1],
    ],
  );
  const [enter, leave] = [1, 2 * Math.LN2];
  // Up to the kink from (w₁, w₂) with s = 0 at the kink.
  const free = (w1: number, w2: number, s: number) => [
    Math.log(Math.exp(w1) + s),
    -2 * Math.log(Math.exp(-w2 / 2) + s / 4),
  ];
  const start = free(enter, -enter, -1.2);
  const riskAt = ([w1, w2]: readonly number[]) => Math.exp(-w1) + Math.exp(w2 / 2) + 1;
  const alphaAt = (w: readonly number[]) => -Math.log(riskAt(w));
  const later = free(leave, -leave, 5);
  const targets = [alphaAt([1.2, -1.2]), alphaAt(later)];
  const result = run(at, start, targets);

  it('passes through the exact points before, on, and after the kink', () => {
    expectWeights(pointAtTarget(result, targets[0]), [1.2, -1.2]);
    expectWeights(result.last, later);
  });

  it('enters and leaves where it should', () => {
    expect(result.slides!.length).to.equal(1);
    const [{ fromAlpha, toAlpha }] = result.slides!;
    expect(fromAlpha).to.be.closeTo(alphaAt([enter, -enter]), 1e-8);
    expect(toAlpha!).to.be.closeTo(alphaAt([leave, -leave]), 1e-6);
    expect(slopesAt(result.last)).to.deep.equal([]);
    const [[, , slope]] = slopesAt(pointAtTarget(result, targets[0]));
    expect(slope).to.be.closeTo((Math.exp(-1.2) - Math.exp(-0.6) / 2) / 2, 1e-8);
  });
});

describe('a unit that leaves its kink with slope 1', () => {
  // A second unit, with output −1, takes care of x₂: its z grows like e^z = e^{z₀} + 2t and weakens
  // the pull of x₂ on the first unit, which slides with e^{w₁} = e^{w₀} + t/2 and the slope
  // (e^{z₀} + 2t) / (2 e^{w₀} + t), which is 1 at t = 2 e^{w₀} − e^{z₀}.
  const at = fixedUnits(
    [1, -1],
    [
      [1, 0, 1],
      [1, 1, -1],
    ],
  );
  const [w0, z0] = [1, 0.5];
  const riskAt = (t: number) => 1 / (Math.exp(w0) + t / 2) + 1 / (Math.exp(z0) + 2 * t);
  const leaves = 2 * Math.exp(w0) - Math.exp(z0);
  const middle = leaves / 2;
  // The second unit has (−3, 3 + z₀): off on x₁ for long.
  const result = run(at, [w0, -w0, -3, 3 + z0], [-Math.log(riskAt(middle)), 3, 100]);

  it('slides with the slope of the least velocity, at the exact times', () => {
    const point = pointAtTarget(result, -Math.log(riskAt(middle)));
    const w1 = Math.log(Math.exp(w0) + middle / 2);
    const z = Math.log(Math.exp(z0) + 2 * middle);
    expectWeights(point, [w1, -w1, -3 + (z - z0) / 2, 3 + z0 + (z - z0) / 2]);
    const [[, , slope]] = slopesAt(point);
    expect(slope).to.be.closeTo((Math.exp(z0) + 2 * middle) / (2 * Math.exp(w0) + middle), 1e-8);
    expect(point.logTime).to.be.closeTo(Math.log(middle), 1e-7);
  });

  it('leaves where it should, to the side where the unit is on', () => {
    const [{ example, unit, fromAlpha, toAlpha }] = result.slides!;
    expect([example, unit]).to.deep.equal([1, 0]);
    expect(fromAlpha).to.be.closeTo(-Math.log(riskAt(0)), 1e-10);
    expect(toAlpha!).to.be.closeTo(-Math.log(riskAt(leaves)), 1e-6);
    const [w1, w2] = pointAtTarget(result, 3).direction;
    expect(w1 + w2).to.be.above(1e-3);
  });
});

describe('a kink that repels', () => {
  // Both examples are +1: x₂ = (1, 1) draws the unit over the kink of x₁ = (1, 0), where w₁ = 0.
  const at = fixedUnits(
    [1],
    [
      [1, 0, 1],
      [1, 1, 1],
    ],
  );
  const start = [-0.5, 0.7];

  it('is crossed without sliding, at the exact place', () => {
    const before = [-0.25, 0.95];
    const risk = 1 + Math.exp(-0.7);
    const result = run(at, start, [-Math.log(risk), 0.5, 10]);
    expectWeights(pointAtTarget(result, -Math.log(risk)), before);
    expect(result.slides).to.deep.equal([]);
    // Both on, from (0, 1.2): w₁′ = f₁ + f₂ and w₂′ = f₂, so that dw₁/dw₂ = 1 + e^{w₂}.
    const { direction, logNorm } = pointAtTarget(result, 0.5);
    const [w1, w2] = direction.map((value) => Math.exp(logNorm) * value);
    expect(w1).to.be.closeTo(w2 - 1.2 + Math.exp(w2) - Math.exp(1.2), 1e-7);
  });
});

describe('a dead unit', () => {
  it('stays where it is while the others move', () => {
    const at = fixedUnits(
      [1, 1],
      [
        [1, 0, 1],
        [1, 1, 1],
      ],
    );
    const result = run(at, [0.3, 0.2, -2, -1], [1, 100]);
    for (const target of [1, 100]) {
      const { direction, logNorm } = pointAtTarget(result, target);
      const dead = direction.subarray(2).map((value) => Math.exp(logNorm) * value);
      expect(dead[0]).to.be.closeTo(-2, 1e-7);
      expect(dead[1]).to.be.closeTo(-1, 1e-7);
    }
    expect(result.slides).to.deep.equal([]);
  });
});
