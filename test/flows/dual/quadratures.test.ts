import { expect } from 'chai';
import type { DualStage } from '../../../src/flows/dual/dual-stage.js';
import { integrateQuadratures, type QuadratureTerms } from '../../../src/flows/dual/quadratures.js';
import { ordersOf } from '../../helpers/fixed-steps.js';

const from = { clock: 2, pathLength: 0.5, time: 0 };
const constant: QuadratureTerms = { degree: 2, beta: 10, alpha: 3, slopeDecay: () => 1 };

/** Three stages with the same velocity, of which `radial` is along w. */
function stagesWith(across: number, radial: number): DualStage[] {
  const stage = {
    direction: Float64Array.of(1, 0),
    velocity: Float64Array.of(radial, across),
    radial,
    logNormChange: 0,
  };
  return Array.from({ length: 3 }, () => stage as DualStage);
}

/** u with u′ = rate − eᵘ: e^{−u} = 1/rate + (e^{−u₀} − 1/rate) e^{−rate·t}. */
function exactTime(u: number, rate: number, t: number): number {
  return -Math.log(1 / rate + (Math.exp(-u) - 1 / rate) * Math.exp(-rate * t));
}

describe('integrateQuadratures', () => {
  it('adds the step to the clock and its length on the sphere to the path', () => {
    const after = integrateQuadratures(from, stagesWith(0.3, 0.4), 0.25, constant);
    expect(after.clock).to.equal(2.25);
    expect(after.pathLength).to.be.closeTo(0.5 + 0.25 * 0.3, 1e-15);
  });

  it('has no path where the velocity is along w', () => {
    const after = integrateQuadratures(from, stagesWith(0, 0.4), 0.25, constant);
    expect(after.pathLength).to.equal(0.5);
  });

  it('solves the equation of the time to order 5', () => {
    // α′ = β‖v‖² = 2.5, and with degree 2 nothing else enters the rate.
    const rate = 2.5;
    const errors = [4, 8, 16].map((steps) => {
      let quadratures = { ...from, time: -1 };
      for (let k = 0; k < steps; k++) {
        quadratures = integrateQuadratures(quadratures, stagesWith(0.3, 0.4), 1 / steps, constant);
      }
      return Math.abs(quadratures.time - exactTime(-1, rate, 1));
    });
    expect(errors[2]).to.be.below(1e-7);
    for (const order of ordersOf(errors)) expect(order).to.be.within(4.3, 5.7);
  });

  it('follows the rate at once where it is stiff', () => {
    for (const [beta, time] of [
      [4e4, 0],
      [4e9, 3],
      [4e13, -20],
    ]) {
      const terms = { ...constant, beta };
      const after = integrateQuadratures({ ...from, time }, stagesWith(0.3, 0.4), 1, terms);
      expect(after.time).to.be.closeTo(Math.log(0.25 * beta), Math.max(200 / beta, 1e-6));
    }
  });

  it('lets the time rest where nothing happens, and stay finite where it goes backwards', () => {
    const still = integrateQuadratures(from, stagesWith(0, 0), 0.5, constant);
    // u′ = −eᵘ: u = −log(1 + t).
    expect(still.time).to.be.closeTo(-Math.log(1.5), 1e-3);
    const terms = { ...constant, degree: 5, beta: 0.01 };
    const slowing = integrateQuadratures(from, stagesWith(0.3, 0.4), 0.5, terms);
    expect(slowing.time).to.be.closeTo(exactTime(0, 0.0025 - 1.2, 0.5), 1e-3);
  });

  it('weighs the growth of α with how fast |ℓ′| falls there', () => {
    const seen: number[] = [];
    const terms = {
      ...constant,
      slopeDecay(alpha: number) {
        seen.push(alpha);
        return 0.5;
      },
    };
    const after = integrateQuadratures(from, stagesWith(0.3, 0.4), 0.1, terms);
    expect(after.time).to.be.closeTo(exactTime(0, 1.25, 0.1), 1e-8);
    expect(seen[2]).to.be.closeTo(3.25, 1e-14);
  });
});
