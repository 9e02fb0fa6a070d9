import { expect } from 'chai';
import {
  certifyLimit,
  decadesBeyond,
  followFlow,
  nearestKktPoint,
  settleBeyond,
  solveLimit,
  untilCertified,
} from '../../src/flows/index.js';
import { exponentialLoss, logisticLoss, objective, type Loss } from '../../src/losses/index.js';
import { linearModel } from '../../src/networks/index.js';
import { normalized } from '../../src/numerics/vectors.js';
import { gaussian, polynomial } from '../helpers/own-losses.js';

/** The same loss as the exponential one, under a name of somebody's own. */
const own: Loss = { ...exponentialLoss, name: 'own' };

const inputs = Float64Array.of(1, 0.2, 0.3, 1);
const labels = Float64Array.of(1, 1);
const theta0 = Float64Array.of(2, 2);
const withLoss = (loss: Loss) => objective(linearModel(2), inputs, labels, loss);
const options = { tolerance: 1e-8, targets: [5], maxSteps: 4000 };

describe('a loss of one’s own', () => {
  for (const loss of [gaussian, polynomial]) {
    it(`has no late flow and no limit where its tail is another one: ${loss.name}`, () => {
      const at = withLoss(loss);
      const clause = `the loss '${loss.name}' does not say from which α on it is the exponential one (exponentialFrom)`;
      const late = `The late flow is not there: ${clause}; expected a number there, or method 'explicit'.`;
      expect(() => followFlow(at, theta0, options)).to.throw(late);
      expect(() => followFlow(at, theta0, { ...options, method: 'implicit' })).to.throw(late);
      const { last, status } = followFlow(at, theta0, { ...options, method: 'explicit' });
      expect(status).to.equal('finished');
      const words = `No limit is looked for: ${clause}.`;
      expect(() => solveLimit(at, last)).to.throw(words);
      expect(() => nearestKktPoint(at, last)).to.throw(words);
      const far = [1e10, 1e11].map((alpha) => ({ ...last, alpha }));
      expect(() => certifyLimit(at, far)).to.throw(words);
      expect(() => untilCertified(at)).to.throw(words);
      expect(() => settleBeyond(at, far, { tolerance: 1e-8 }).next()).to.throw(words);
      expect(() => decadesBeyond(at, last, { tolerance: 1e-8 }).next()).to.throw(late);
    });

    it(`is not followed by a method that asks for its second derivatives: ${loss.name}`, () => {
      const at = withLoss(loss);
      expect(() => followFlow(at, theta0, { ...options, method: 'full-implicit' })).to.throw(
        `The method 'full-implicit' needs second derivatives, and the loss '${loss.name}' does not say them (within and across); expected both, or method 'explicit'.`,
      );
      const second = { within: () => 0, across: () => 1 };
      const claimed = withLoss({ ...loss, ...second });
      const full = { ...options, method: 'full-implicit' } as const;
      expect(() => followFlow(claimed, theta0, full)).to.throw(
        `The loss '${loss.name}' says by within and across that its dual variable of margin 0 changes at the rate `,
      );
    });

    it(`is followed explicitly along −∇𝓛 itself: ${loss.name}`, () => {
      const at = withLoss(loss);
      const { last } = followFlow(at, theta0, { ...options, method: 'explicit', tolerance: 1e-10 });
      // θ′ = Σ |ℓ′(pᵢ)| ∇pᵢ by the classical Runge–Kutta method, over the same path in θ.
      const velocity = (theta: readonly number[]) => {
        const p = [0, 1].map((i) => inputs[2 * i] * theta[0] + inputs[2 * i + 1] * theta[1]);
        const slopes = p.map((m) => (loss === gaussian ? 2 * m * Math.exp(-(m ** 2)) : m ** -2));
        const sum = [0, 1].map((j) => slopes[0] * inputs[j] + slopes[1] * inputs[2 + j]);
        const length = Math.hypot(...sum);
        return sum.map((value) => value / length);
      };
      let theta = [...theta0];
      const reached = Math.exp(last.logNorm);
      const h = 1e-3;
      while (Math.hypot(...theta) < reached) {
        const middle = (k: readonly number[], c: number) => theta.map((t, i) => t + c * h * k[i]);
        const k1 = velocity(theta);
        const k2 = velocity(middle(k1, 0.5));
        const k3 = velocity(middle(k2, 0.5));
        const k4 = velocity(middle(k3, 1));
        theta = theta.map((t, i) => t + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
      }
      const direction = normalized(Float64Array.from(theta));
      direction.forEach((value, i) => expect(last.direction[i]).to.be.closeTo(value, 1e-3));
    });

    it(`has no late flow where it says that it is the exponential one: ${loss.name}`, () => {
      const at = withLoss({ ...loss, exponentialFrom: 2 });
      expect(() => followFlow(at, theta0, options)).to.throw(
        `The late flow is not there: the loss '${loss.name}' does not say its second derivatives`,
      );
    });
  }

  it('is not believed where it says that it is the exponential one too early', () => {
    const at = withLoss({ ...logisticLoss, name: 'early', exponentialFrom: 2 });
    expect(() =>
      followFlow(at, theta0, { ...options, targets: [1e4], method: 'implicit' }),
    ).to.throw(/^The loss 'early' says that it is the exponential one from α = 2 on; its α is /);
  });

  it('goes all the way where it is the exponential one, whatever its name', () => {
    const run = (loss: Loss) => {
      const at = withLoss(loss);
      const { marks } = followFlow(at, theta0, { ...options, targets: [1e2, 1e4, 1e6] });
      return certifyLimit(
        at,
        marks.map(({ point }) => point),
      );
    };
    expect(run(own)).to.deep.equal(run(exponentialLoss));
  });
});
