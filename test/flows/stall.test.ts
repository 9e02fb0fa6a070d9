import { expect } from 'chai';
import { followFlow, separation } from '../../src/flows/index.js';
import { exponentialLoss, logisticLoss, objective } from '../../src/losses/index.js';
import { slowness } from '../../src/flows/stall.js';
import { linearModel, relu, twoLayer } from '../../src/networks/index.js';

const options = { tolerance: 1e-9, targets: [10], events: [separation], maxSteps: 3000 };

/** The same input with both labels, and another input that is satisfied for ever. */
function contradiction() {
  const inputs = Float64Array.of(1, 0, 1, 0, 0, 1);
  return objective(linearModel(2), inputs, Float64Array.of(1, -1, 1), exponentialLoss);
}

describe('a flow that comes to rest', () => {
  for (const method of ['auto', 'implicit', 'full-implicit'] as const) {
    it(`ends as stalled, soon after α has stopped rising (${method})`, () => {
      const result = followFlow(contradiction(), Float64Array.of(0.3, 0.2), { ...options, method });
      expect(result.status).to.equal('stalled');
      expect(result.message).to.match(
        /^α stopped rising at -0\.6931\d+: the flow has come to rest /,
      );
      expect(result.message).to.contain(
        'the gradients of examples 1, 2 (counted from 1) balance, so no direction raises all',
      );
      expect(result.last.alpha).to.be.closeTo(-Math.log(2), 1e-6);
      expect(result.counts.accepted).to.be.below(1000);
    });
  }

  it('goes on where it is told to', () => {
    const result = followFlow(contradiction(), Float64Array.of(0.3, 0.2), {
      ...options,
      goOnAtRest: true,
    });
    expect(result.status).to.be.oneOf(['max-steps', 'step-underflow']);
  });

  it('is not advised to take more steps where α hardly rises', () => {
    const at = (maxSteps: number) =>
      followFlow(contradiction(), Float64Array.of(0.3, 0.2), {
        ...options,
        goOnAtRest: true,
        maxSteps,
      });
    expect(at(900).message).to.match(
      /its 900 steps .*; in the second half of them α rose by .*, and its next target is 11 away, so that more may not help\.$/,
    );
    expect(at(30).message).to.match(/allow more steps, or a larger tolerance\.$/);
  });

  it('is seen on the kinks of ReLUs too', () => {
    const inputs = Float64Array.of(0.5, 1, -0.5, 1, 0.1, 1, 0.4, 1);
    const labels = Float64Array.of(1, 1, -1, -1);
    const problem = objective(twoLayer(2, 1, relu), inputs, labels, logisticLoss);
    const result = followFlow(problem, Float64Array.of(0.3, 0.2, 0.4), options);
    expect(result.status).to.equal('stalled');
    expect(result.last.kinks).not.to.deep.equal([]);
    expect(result.message).to.match(/examples 1, 4 \(counted from 1\) move no weights there/);
    expect(result.counts.accepted).to.be.below(1000);
  });

  it('rests on kinks where the gradients balance with the slopes that it uses', () => {
    // Each kind of unit can be on or off, but the outputs are fixed: what one label wants, another loses.
    const inputs = Float64Array.of(1, 1, -1, -1);
    const labels = Float64Array.of(1, -1, 1, -1);
    const network = twoLayer(1, 2, relu, { fixedOutput: Float64Array.of(1, -1) });
    const problem = objective(network, inputs, labels, logisticLoss);
    const result = followFlow(problem, Float64Array.of(0.5, 0.3), options);
    expect(result.status).to.equal('stalled');
    expect(result.message).to.match(/the gradients of examples .* balance|move no weights/);
  });

  it('is not seen where a badly scaled input makes the way long', () => {
    const inputs = Float64Array.of(1000, 1, 999, 1);
    const problem = objective(linearModel(2), inputs, Float64Array.of(1, -1), logisticLoss);
    const result = followFlow(problem, Float64Array.of(0.001, 0.002), {
      ...options,
      maxSteps: 20_000,
    });
    expect(result.status).to.equal('finished');
  });
});

describe('slowness', () => {
  /** log t at which a run along α(t) counts as too slow, if it does up to t = 10¹². */
  function slowAt(alphaAt: (t: number) => number, smallestMargin = -0.1): number | undefined {
    const slow = slowness();
    for (let step = 0; step < 2000; step++) {
      const logTime = (step / 2000) * 12 * Math.LN10;
      const alpha = alphaAt(Math.exp(logTime));
      const point = { clock: 0, logNorm: 0, pathLength: 0, direction: new Float64Array(1) };
      if (slow({ ...point, logTime, alpha, smallestMargin })) return logTime / Math.LN10;
    }
    return undefined;
  }

  it('is seen where α comes near to a value, like one over the time', () => {
    expect(slowAt((t) => -3 - 10 / t)).to.be.within(5.5, 6.5);
  });

  it('is not seen on a saddle, nor where α rises like the logarithm of time', () => {
    expect(slowAt((t) => -3 - 10 / t + Math.min(2, Math.exp(t / 1e4 - 10)))).to.be.above(6);
    expect(slowAt((t) => Math.log(t) - 5)).to.equal(undefined);
    expect(slowAt((t) => -3 + 1e-3 * Math.log(t))).to.equal(undefined);
  });

  it('is not seen where every example is classified', () => {
    expect(slowAt((t) => 3 - 10 / t, 0.1)).to.equal(undefined);
  });
});
