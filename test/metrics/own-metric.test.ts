import { expect } from 'chai';
import { followFlow, pointAt } from '../../src/flows/index.js';
import { measure, metricsAt, runMetrics, snapshot, type Metric } from '../../src/metrics/index.js';
import { arcs } from '../helpers/small-problems.js';

/** Entropy of the dual variables in nats, and the clock of the run. */
const entropy: Metric<'entropy'> = {
  name: 'entropy',
  doc: 'Entropy of the dual variables.',
  unit: 'nats',
  value: ({ dual }) => dual.reduce((sum, q) => (q > 0 ? sum - q * Math.log(q) : sum), 0),
};
const clock: Metric<'clock'> = {
  name: 'clock',
  doc: 'The clock of the run.',
  unit: '',
  value: (_at, point) => point?.clock ?? NaN,
};

describe('a metric of one’s own', () => {
  const { at: problem, theta0 } = arcs();
  const options = { tolerance: 1e-7, targets: [100], maxSteps: 2000 };
  const { trajectory } = followFlow(problem, theta0, options);

  it('is a column beside those of the kit', () => {
    const { own, ...rest } = measure(problem, trajectory, { metrics: [entropy, clock] });
    const { own: none, ...kit } = measure(problem, trajectory);
    expect(rest).to.deep.equal(kit);
    expect(none).to.deep.equal({});
    trajectory.clock.forEach((value, k) => {
      const { direction, logNorm } = pointAt(trajectory, k);
      expect(own.entropy[k]).to.equal(entropy.value(snapshot(problem, direction, logNorm)));
      expect(own.clock[k]).to.equal(value);
    });
  });

  it('is there for a few rows', () => {
    const all = measure(problem, trajectory, { metrics: [entropy] });
    const some = measure(problem, trajectory, { metrics: [entropy], rows: [4, 1] });
    expect([...some.own.entropy]).to.deep.equal([all.own.entropy[4], all.own.entropy[1]]);
    expect([...some.alpha]).to.deep.equal([all.alpha[4], all.alpha[1]]);
  });

  it('has a value at one point, without a run, where it needs none', () => {
    const { direction, logNorm } = pointAt(trajectory, 3);
    const at = snapshot(problem, direction, logNorm);
    const found = metricsAt(at, [entropy, clock]);
    const { doc, unit } = entropy;
    expect(found.at(-1)).to.deep.equal({ name: 'entropy', doc, unit, value: entropy.value(at) });
    expect(found.map(({ name }) => name)).to.deep.equal([
      ...runMetrics.map(({ name }) => name).filter((name) => name !== 'logTime'),
      'entropy',
    ]);
  });

  it('has a sentence where something is wrong with it', () => {
    const wrong = (metric: object, words: string) =>
      expect(() => measure(problem, trajectory, { metrics: [clock, metric as Metric] })).to.throw(
        words,
      );
    wrong({ ...entropy, name: '' }, 'Metric 2 of 2 needs a name.');
    wrong({ ...entropy, doc: undefined }, "Metric 2 of 2, 'entropy', needs a text `doc`, ");
    wrong({ ...entropy, name: 'alpha' }, "is called 'alpha', as one of the kit is;");
    wrong({ ...entropy, name: 'clock' }, "is called 'clock', as one before it is;");
    wrong({ ...entropy, value: () => '1' }, "The metric 'entropy' gives 1 at α = ");
  });
});

describe('the metrics of the kit', () => {
  it('each say in a sentence what they are', () => {
    for (const { name, doc, unit } of runMetrics) {
      expect(doc, name).to.match(/\.$/);
      expect(unit, name).to.be.a('string');
    }
  });
});
