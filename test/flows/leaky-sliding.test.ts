import { expect } from 'chai';
import type { FlowPoint } from '../../src/flows/index.js';
import { leakyRelu } from '../../src/networks/index.js';
import { expectWeights, fixedUnits, run, slopesAt } from '../helpers/fixed-units.js';
import { pointAtTarget } from '../helpers/reference-flow.js';

/**
 * One leaky unit of slope s below 0. x₁ = (1, 0) is +1 and draws it along with f₁ = e^{−w₁} (w₁ > 0
 * throughout); x₂ = (1, 1) is −1 and repels it, with z = w₁ + w₂, the slope c and f₂ = e^{cz}:
 *
 *   w₁′ = f₁ − c f₂,   z′ = f₁ − 2c f₂.
 *
 * On the kink f₂ = 1, and z′ is f₁ − 2 from above and f₁ − 2s from below: they point at each other for
 * 2s < f₁ < 2. The velocity that stays has c = f₁/2, in [s, 1], and w₁′ = f₁/2, so that
 * e^{w₁} = e^{w₁(0)} + t/2 until f₁ = 2s. There the unit leaves to below, with c = s.
 *
 * Off the kink, with c = 1 or c = s, a = e^{w₁} and b = e^{−cz} have a′ = 1 − c a/b and b′ = 2c² − c b/a.
 * These are functions of r = a/b alone, so that r′ = (P − Q r)/b with P = 1 + c and Q = c(1 + 2c), and
 *
 *   d log b / dr = (2c² r − c) / (r (P − Q r)):
 *   |P − Q r| (b r^{c/P})^{(1 + c)(1 + 2c)/c} does not change.
 *
 * Its logarithm:
 */
function invariant(c: number, w1: number, z: number): number {
  const r = Math.exp(w1 + c * z);
  const rest = (((1 + c) * (1 + 2 * c)) / c) * (-c * z + (c / (1 + c)) * Math.log(r));
  return Math.log(Math.abs(beside(c, w1, z))) + rest;
}

/** P − Q r. */
function beside(c: number, w1: number, z: number): number {
  return 1 + c - c * (1 + 2 * c) * Math.exp(w1 + c * z);
}

/** |P − Q r| as the invariant tells it: small numbers are compared by their difference, not their ratio. */
function expectOnOrbit(c: number, [w1, z]: readonly [number, number], kept: number): void {
  const told = Math.abs(beside(c, w1, z)) * Math.exp(kept - invariant(c, w1, z));
  expect(Math.abs(beside(c, w1, z))).to.be.closeTo(told, 1e-7);
}

/** w₁ and z of a point. */
function placeOf({ direction, logNorm }: FlowPoint): [number, number] {
  const [w1, w2] = direction.map((value) => Math.exp(logNorm) * value);
  return [w1, w1 + w2];
}

for (const leak of [0.05, 0.1, 0.15]) {
  describe(`a leaky unit of slope ${leak} that a kink holds`, () => {
    const at = fixedUnits(
      [1],
      [
        [1, 0, 1],
        [1, 1, -1],
      ],
      leakyRelu(leak),
    );
    const enter = 1;
    const leave = -Math.log(2 * leak);
    const alphaAt = (w1: number, f2 = 1) => -Math.log(Math.exp(-w1) + f2);
    // The orbit through the kink at w₁ = 1, followed back to r = 2e: (3r − 2) (b √r)⁶ is kept there.
    const r = 2 * Math.E;
    const logB = (invariant(1, enter, 0) - Math.log(3 * r - 2)) / 6 - 0.5 * Math.log(r);
    const start = [logB + Math.log(r), -2 * logB - Math.log(r)];
    const early = alphaAt(start[0], Math.exp(start[0] + start[1])) / 2 + alphaAt(enter) / 2;
    const slid = [1.1, 1.15];
    const later = [alphaAt(leave) / 2, 0.1, 0.5];
    const result = run(at, start, [early, ...slid.map((w1) => alphaAt(w1)), ...later]);

    it('comes down to it along the exact orbit', () => {
      const point = pointAtTarget(result, early);
      const place = placeOf(point);
      expect(place[1]).to.be.above(0.1);
      expectOnOrbit(1, place, invariant(1, enter, 0));
      expect(slopesAt(point)).to.deep.equal([]);
    });

    it('slides along it with the slope f₁/2, between the leak and 1', () => {
      for (const w1 of slid) {
        const point = pointAtTarget(result, alphaAt(w1));
        expectWeights(point, [w1, -w1]);
        const [[example, unit, slope]] = slopesAt(point);
        expect([example, unit]).to.deep.equal([1, 0]);
        expect(slope).to.be.closeTo(Math.exp(-w1) / 2, 1e-8);
        expect(slope).to.be.within(leak, 1);
      }
    });

    it('begins and ends where it should', () => {
      expect(result.slides!.length).to.equal(1);
      const [{ fromAlpha, toAlpha }] = result.slides!;
      expect(fromAlpha).to.be.closeTo(alphaAt(enter), 1e-8);
      expect(toAlpha!).to.be.closeTo(alphaAt(leave), 1e-6);
    });

    it('goes on below it with the leak, along the exact orbit', () => {
      for (const target of later) {
        const point = pointAtTarget(result, target);
        const place = placeOf(point);
        expect(place[1]).to.be.below(-1e-3);
        expectOnOrbit(leak, place, invariant(leak, leave, 0));
        expect(slopesAt(point)).to.deep.equal([]);
      }
    });

    it('slides from a start on it at the exact times', () => {
      const begun = run(at, [enter, -enter], [alphaAt(1.15)]);
      expectWeights(begun.last, [1.15, -1.15]);
      const time = 2 * (Math.exp(1.15) - Math.exp(enter));
      expect(begun.last.logTime).to.be.closeTo(Math.log(time), 1e-7);
    });
  });
}
