import { expect } from 'chai';
import { descentMemory, ruledDescent } from '../../../src/flows/index.js';
import { exponentialLoss } from '../../../src/losses/index.js';

const rule = { kind: 'relative', c: 0.5, cap: 0.1 } as const;

/** Two moves from θ = (3, 4), of length 5, with the given gradients. */
function moves(momentum: number, alpha: number, gradients: readonly Float64Array[]) {
  const theta = Float64Array.of(3, 4);
  const memory = descentMemory(rule, momentum, 2);
  const from = { alpha, gradient: gradients[0] };
  const descent = ruledDescent(exponentialLoss, theta, rule, from, memory, momentum);
  return gradients.map((_, k) => {
    const before = theta.slice();
    descent.move();
    descent.settle(alpha, gradients[k + 1] ?? gradients[k]);
    return theta.map((value, i) => value - before[i]);
  });
}

describe('the relative step rule', () => {
  const along = Float64Array.of(0, 2);

  it('steps by min(cap, c/α) times the norm', () => {
    expect(moves(0, 2, [along])[0][1]).to.be.closeTo(0.1 * 5, 1e-14);
    expect(moves(0, 50, [along])[0][1]).to.be.closeTo((0.5 / 50) * 5, 1e-14);
    expect(moves(0, -1, [along])[0][1]).to.be.closeTo(0.1 * 5, 1e-14);
  });

  it('with momentum steps along the running mean of directions', () => {
    const [first, second] = moves(0.5, 2, [along, along]);
    expect(first[1]).to.be.closeTo(0.5 * 0.1 * 5, 1e-14);
    const norm = Math.hypot(3, 4 + first[1]);
    expect(second[1]).to.be.closeTo(0.75 * 0.1 * norm, 1e-14);
  });

  it('with momentum hardly moves where gradients point to and fro', () => {
    const [, second] = moves(0.5, 2, [along, Float64Array.of(0, -7)]);
    expect(second[1]).to.be.closeTo(-0.25 * 0.1 * Math.hypot(3, 4.25), 1e-14);
  });

  it('stays where the gradient is zero', () => {
    expect([...moves(0.5, 2, [Float64Array.of(0, 0)])[0]]).to.deep.equal([0, 0]);
  });
});
