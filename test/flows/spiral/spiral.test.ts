import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  followCurve,
  followFreely,
  growthBetween,
  growthPerRadian,
  invarianceResidual,
  logValleyGradient,
  minusLogValley,
  neutralAngle,
  onSphere,
  spiralJacobian,
  spiralVelocity,
  steepness,
  type SpiralPoint,
} from '../../../src/flows/index.js';
import { dot } from '../../../src/numerics/vectors.js';
import {
  derivative,
  gradientByDifferences,
  jacobianByDifferences,
  relativeError,
} from '../../helpers/finite-differences.js';
import { projectRoot } from '../../helpers/project-root.js';

interface Reference {
  readonly onCurve: readonly {
    readonly phi: number;
    readonly minusLogValley: number;
    readonly away: number;
    readonly speed: number;
    readonly growth: number;
  }[];
  readonly beside: readonly (SpiralPoint & {
    readonly minusLogValley: number;
    readonly sVelocity: number;
    readonly phiVelocity: number;
  })[];
}

const file = join(projectRoot(), 'test', 'flows', 'spiral', 'spiral-reference.json');
const reference = JSON.parse(readFileSync(file, 'utf8')) as Reference;

const points: readonly SpiralPoint[] = [
  { s: 1.2, phi: 1.2 },
  { s: 1.7, phi: 4 },
  { s: 3, phi: 3 },
  { s: 6, phi: 4.9 },
  { s: 12, phi: 13.5 },
];

describe('the margin whose directions circle', () => {
  it('has the values and velocities of 60 digits, on the curve and beside it', () => {
    for (const { phi, minusLogValley: depth, speed } of reference.onCurve) {
      const point = { s: phi, phi };
      expect(minusLogValley(point)).to.be.closeTo(depth, 1e-14 * depth);
      const velocity = spiralVelocity(point);
      expect(velocity.phi).to.be.closeTo(speed, 1e-14 * speed);
      expect(velocity.s).to.be.closeTo(speed, 1e-12 * speed);
    }
    for (const { s, phi, minusLogValley: depth, sVelocity, phiVelocity } of reference.beside) {
      expect(minusLogValley({ s, phi })).to.be.closeTo(depth, 1e-13 * depth);
      const velocity = spiralVelocity({ s, phi });
      expect(velocity.s / sVelocity).to.be.closeTo(1, 1e-12);
      expect(velocity.phi / phiVelocity).to.be.closeTo(1, 1e-12);
    }
  });

  it('has a curve that its flow keeps to, as 60 digits say too', () => {
    for (const { phi, away } of reference.onCurve) {
      expect(away).to.be.below(1e-35);
      expect(invarianceResidual(phi)).to.be.below(1e-13);
    }
  });

  it('has that curve exactly, in fractions: (1 − r²)³ C = 4 r⁴ (1 − C)', () => {
    // With s = n/d the velocities of s and φ are C s/(s − 1) and 4 s² (s − 1)(1 − C), C = K/(1 + K).
    for (const [n, d] of [
      [7n, 5n],
      [3n, 1n],
      [355n, 113n],
    ]) {
      // K = 4 s (s − 1)² over d³.
      const k = 4n * n * (n - d) ** 2n;
      const whole = k + d ** 3n;
      // Both sides times whole · (n − d) · d³.
      const around = k * n * d ** 3n;
      const outwards = 4n * n ** 2n * (n - d) ** 2n * d ** 3n;
      expect(around === outwards).to.equal(true);
      expect(Number(k) / Number(whole)).to.be.closeTo(
        steepness(Number(n) / Number(d)).value,
        1e-15,
      );
    }
  });

  it('has the gradient that differences of log f give, at every depth', () => {
    for (const point of points) {
      const w = onSphere(point);
      expect(dot(w, w)).to.be.closeTo(1, 1e-15);
      const logValley = (theta: Float64Array) => {
        const s = dot(theta, theta) / theta[2] ** 2;
        const angle = Math.atan2(theta[1], theta[0]);
        const turns = Math.round((point.phi - angle) / (2 * Math.PI));
        return -minusLogValley({ s, phi: angle + 2 * Math.PI * turns });
      };
      const expected = gradientByDifferences(logValley, w, 2e-4 / point.s ** 2);
      expect(relativeError(logValleyGradient(point), expected)).to.be.below(2e-6);
      expect(dot(w, logValleyGradient(point))).to.be.closeTo(0, 1e-11);
    }
  });

  it('moves in s and φ as it does in three coordinates', () => {
    for (const point of points) {
      const velocity = spiralVelocity(point);
      const depth = Math.exp(point.s - minusLogValley(point));
      const move = (t: number) =>
        onSphere({ s: point.s + t * velocity.s, phi: point.phi + t * velocity.phi });
      const step = 1e-4 / (1 + Math.abs(velocity.s));
      const moved = [0, 1, 2].map((i) => derivative((t) => move(t)[i], 0, step));
      const expected = logValleyGradient(point).map((value) => -depth * value);
      expect(relativeError(moved, expected)).to.be.below(1e-8);
      expect(velocity.speed / Math.hypot(...expected)).to.be.closeTo(1, 1e-12);
    }
  });

  it('has the Jacobian and the derivatives of C that differences give', () => {
    for (const { s, phi } of points) {
      const field = (y: Float64Array) => {
        const velocity = spiralVelocity({ s: y[0], phi: y[1] });
        return Float64Array.of(velocity.s, velocity.phi);
      };
      const expected = jacobianByDifferences(field, Float64Array.of(s, phi));
      expect(relativeError(spiralJacobian({ s, phi }), expected)).to.be.below(1e-8);
      const c = steepness(s);
      expect(c.value + c.rest).to.be.closeTo(1, 1e-15);
      expect(c.first).to.be.closeTo(
        derivative((x) => steepness(x).value, s),
        1e-8,
      );
      expect(c.second).to.be.closeTo(
        derivative((x) => steepness(x).first, s),
        1e-8,
      );
    }
  });

  it('lets deviations from the curve grow at the rate of 60 digits, from φ = 1.643 on', () => {
    for (const { phi, growth } of reference.onCurve) {
      expect(growthPerRadian(phi)).to.be.closeTo(growth, 1e-10 * Math.max(1, Math.abs(growth)));
    }
    expect(Math.sqrt(1 - 1 / neutralAngle())).to.be.closeTo(0.6256, 5e-5);
    expect(growthPerRadian(1 / (1 - 0.9 ** 2))).to.be.closeTo(382, 0.05);
    expect(growthBetween(2, 2)).to.equal(0);
    expect(derivative((to) => growthBetween(2, to), 3)).to.be.closeTo(growthPerRadian(3), 1e-8);
  });
});

describe('runs on the spiral', () => {
  const options = { degree: 2, tolerance: 1e-12, untilPhi: 1.2 + 6 * Math.PI };

  it('along the curve take log ‖θ‖ to 4.8·10⁸ L in three turns, whatever the tolerance', () => {
    const ends = [1e-9, 1e-12].map((tolerance) => {
      const { rows, status } = followCurve(1.2, { ...options, tolerance });
      expect(status).to.equal('finished');
      return rows[rows.length - 1];
    });
    expect(ends[1].phi).to.be.closeTo(options.untilPhi, 1e-12);
    expect(Math.exp(ends[1].logLogNorm) / 2).to.be.within(4.8e8, 4.85e8);
    expect(ends[0].logLogNorm).to.be.closeTo(ends[1].logLogNorm, 1e-6);
    expect(ends[0].pathLength).to.be.closeTo(ends[1].pathLength, 1e-6);
    expect(ends[1].growth / growthBetween(1.2, options.untilPhi)).to.be.closeTo(1, 1e-9);
  });

  it('have the length that r says, nearly a radian for a radian', () => {
    const { rows } = followCurve(20, { ...options, untilPhi: 22 });
    const mean = rows[rows.length - 1].pathLength / 2;
    expect(mean).to.be.closeTo(Math.sqrt(1 - 1 / 21), 1e-3);
  });

  it('leave the curve where nothing holds them, and wind on along the floor of the valley', () => {
    const { rows, status } = followFreely({ s: 1.2, phi: 1.2 }, options);
    expect(status).to.equal('finished');
    const left = rows.find(({ s, phi }) => Math.abs(phi - s) > 0.1);
    expect(left!.phi - neutralAngle()).to.be.within(0.5, 2);
    const end = rows[rows.length - 1];
    // On the floor φ = s + π/2 − (1 − C) − C′ but for higher orders, up to whole turns.
    const phase = (end.phi - end.s) % (2 * Math.PI);
    const { rest, first } = steepness(end.s);
    const floor = Math.PI / 2 - rest - first;
    expect(Math.abs(Math.sin((phase - floor) / 2))).to.be.below(1e-6);
    for (let k = 1; k < rows.length; k++) {
      expect(rows[k].minusLogGap).to.be.above(rows[k - 1].minusLogGap);
    }
  });

  it('leave on the side on which they start', () => {
    const sides = [1e-6, -1e-6].map((deviation) => {
      const { rows } = followFreely({ s: 1.4, phi: 1.4 + deviation }, { ...options, untilPhi: 6 });
      const end = rows[rows.length - 1];
      return Math.round((end.phi - end.s) / Math.PI - 0.5);
    });
    expect(sides[0]).to.equal(0);
    expect(sides[1]).to.equal(-2);
  });

  it('stop at a signal', () => {
    const { status } = followFreely(
      { s: 1.2, phi: 1.2 },
      { ...options, signal: { aborted: true } },
    );
    expect(status).to.equal('interrupted');
  });
});
