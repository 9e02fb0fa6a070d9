import { expect } from 'chai';
import { followToOrigin, type Monomial } from '../../src/flows/index.js';
import { gradientByDifferences } from '../helpers/finite-differences.js';

const options = { tolerance: 1e-11, untilLogDistance: Math.log(1e-3) };
const start = { logDistance: Math.log(0.5), angle: 0.6 };
const term = (coefficient: number, ...powers: [number, number]): Monomial => ({
  coefficient,
  powers,
});

describe('gradient flow into a critical point of a polynomial', () => {
  it('keeps tan φ/r² of x²/2 + 3y²/2, whose flow is known', () => {
    const { rows, status } = followToOrigin([term(0.5, 2, 0), term(1.5, 0, 2)], start, options);
    expect(status).to.equal('finished');
    const constant = ({ logDistance, angle }: (typeof rows)[number]) => {
      const [x, y] = [Math.cos(angle), Math.sin(angle)].map((c) => c * Math.exp(logDistance));
      return y / x ** 3;
    };
    for (const row of rows) expect(constant(row) / constant(rows[0])).to.be.closeTo(1, 1e-4);
  });

  it('moves along the gradient that differences give', () => {
    const terms = [term(1, 4, 0), term(6, 2, 2), term(1, 0, 4), term(1, 4, 1)];
    const f = ([x, y]: Float64Array) =>
      terms.reduce(
        (sum, { coefficient, powers: [a, b] }) => sum + coefficient * x ** a * y ** b,
        0,
      );
    const { rows } = followToOrigin(terms, start, { ...options, tolerance: 1e-12 });
    const at = ({ logDistance, angle }: (typeof rows)[number]) =>
      Float64Array.of(Math.cos(angle), Math.sin(angle)).map((c) => c * Math.exp(logDistance));
    for (let k = 5; k + 1 < rows.length; k += 50) {
      const [a, b] = [at(rows[k]), at(rows[k + 1])];
      const middle = a.map((value, i) => (value + b[i]) / 2);
      const gradient = gradientByDifferences(f, middle, 1e-3 * Math.exp(rows[k].logDistance));
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
      const sine =
        (gradient[0] * dy - gradient[1] * dx) / Math.hypot(...gradient) / Math.hypot(dx, dy);
      expect(Math.abs(sine)).to.be.below(1e-3);
      expect(gradient[0] * dx + gradient[1] * dy).to.be.below(0);
    }
  });

  it('has secants that settle as the lowest terms say', () => {
    const far = { ...options, untilLogDistance: Math.log(1e-6) };
    const ends: [Monomial[], number][] = [
      [[term(1, 4, 0), term(6, 2, 2), term(1, 0, 4), term(1, 4, 1)], -0.25],
      [[term(1, 0, 2), term(1, 2, 1), term(1, 4, 0)], -0.5],
    ];
    for (const [terms, slope] of ends) {
      const { rows } = followToOrigin(terms, start, far);
      const { angle, logDistance } = rows[rows.length - 1];
      expect(angle / Math.exp(logDistance)).to.be.closeTo(slope, 1e-3);
    }
  });

  it('refuses a polynomial without a critical point at the origin, and stops at a signal', () => {
    expect(() => followToOrigin([term(1, 1, 0)], start, options)).to.throw(
      'A term has the powers 1 and 0; the origin is a critical point only where they add up to 2 or more.',
    );
    const { status } = followToOrigin([term(1, 2, 0)], start, {
      ...options,
      signal: { aborted: true },
    });
    expect(status).to.equal('interrupted');
  });
});
