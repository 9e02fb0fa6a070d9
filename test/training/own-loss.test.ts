import { expect } from 'chai';
import { descend } from '../../src/flows/index.js';
import { exponentialLoss, objective, type Loss } from '../../src/losses/index.js';
import { linearModel } from '../../src/networks/index.js';
import { angleBetween } from '../../src/numerics/vectors.js';
import { fingerprint } from '../../src/training/fingerprint.js';
import { train, type Phase } from '../../src/training/index.js';
import { gaussian, polynomial } from '../helpers/own-losses.js';
import { plane, planeInputs } from '../helpers/small-trainings.js';

/** Margins of at least 1. */
const theta0 = Float64Array.of(2, 3);

describe('a training with a loss of one’s own', () => {
  for (const loss of [gaussian, polynomial]) {
    const problem = (part: Partial<Loss> = {}) =>
      plane({ loss: { ...loss, ...part }, theta0, chunk: 2 });

    it(`takes the steps of descent on the whole training set: ${loss.name}`, async () => {
      const rule = { kind: 'relative', c: 0.1, cap: 0.05 } as const;
      const limits = { untilAlpha: 20, maxSteps: 2000 };
      const { theta, rows } = await train(problem(), [{ kind: 'descent', rule, ...limits }]);
      const at = objective(linearModel(2), planeInputs, Float64Array.of(1, 1, 1), loss);
      const { last } = descend(at, theta0, { rule, ...limits, saveFactor: 1.05 });
      expect(angleBetween(theta, last.direction)).to.be.below(1e-7);
      const row = rows[rows.length - 1];
      expect(row.alpha).to.be.closeTo(last.alpha, 1e-9 * last.alpha);
      expect(row.logRisk).to.be.closeTo(loss.logRisk(last.alpha), 1e-8 * last.alpha ** 2);
    });

    it(`has no implicit steps, which rest on an exponential tail: ${loss.name}`, async () => {
      const phase: Phase = {
        kind: 'implicit',
        first: 0.01,
        longest: 0.05,
        mostPairs: 10,
        untilAlpha: 100,
        maxSteps: 10,
      };
      let message = '';
      await train(problem(), [phase]).catch((error: Error) => (message = error.message));
      expect(message).to.equal(
        `phases[0] has the dual variables of an exponential tail, and the loss '${loss.name}' does not say from which α on it is the exponential one (exponentialFrom): use descent.`,
      );
    });
  }

  it('is not taken for a kept one with another loss of the same name', () => {
    const of = (loss: Loss) => fingerprint({ ...identity, problem: plane({ loss, theta0 }) }).loss;
    const identity = {
      theta0,
      chunk: 2,
      phases: [],
      saveFactor: 1.05,
      keep: 'all' as const,
      engine: 'float64',
    };
    expect(of(exponentialLoss)).to.equal('exponential');
    expect(of(gaussian)).to.match(/^gaussian, [0-9a-f]{16}$/);
    expect(of({ ...gaussian })).to.equal(of(gaussian));
    expect(of({ ...polynomial, name: 'gaussian' })).not.to.equal(of(gaussian));
  });

  it('says at its start where the loss is not what it says', async () => {
    const loss: Loss = { ...exponentialLoss, name: 'mine', slopeDecay: () => 2 };
    const rule = { kind: 'constant', step: 0.1 } as const;
    const phase: Phase = { kind: 'descent', rule, untilAlpha: 5, maxSteps: 10 };
    let message = '';
    await train(plane({ loss }), [phase]).catch((error: Error) => (message = error.message));
    expect(message).to.match(/^The loss 'mine' has slopeDecay 2 at α = /);
  });
});
