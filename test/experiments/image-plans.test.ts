import { expect } from 'chai';
import {
  imageNetworkNames,
  imageTrainingPlan,
  type ImageNetworkName,
} from '../../src/claims/common/image-plan.js';
import { halvedPhases, imagePlan, type ImagePlan } from '../../src/experiments/index.js';
import { logisticLoss } from '../../src/losses/index.js';
import { quantile } from '../../src/numerics/vectors.js';
import type { Scale } from '../../src/specs/index.js';
import type { DescentPhase, ImplicitPhase } from '../../src/training/index.js';
import { requirePhases } from '../../src/training/phases.js';

const planOf = (name: ImageNetworkName, scale: Scale): ImagePlan =>
  imagePlan(imageTrainingPlan(name, { scale, seed: 1 }));

const plans = imageNetworkNames.flatMap((name) =>
  (['smoke', 'standard'] as const).map((scale) => ({ name, scale, plan: planOf(name, scale) })),
);

describe('plans of image trainings', () => {
  for (const { name, scale, plan } of plans) {
    it(`make sense, and end at their goal: ${name}, ${scale}`, () => {
      const { network, train, test, phases, goal, controlGoal } = plan;
      requirePhases(phases, train.examples, network, logisticLoss);
      expect(phases[0].kind).to.equal('sgd');
      expect(phases[phases.length - 1].untilAlpha).to.equal(goal);
      expect(controlGoal).to.be.within(2, goal);
      expect([network.inputs, network.outputs]).to.deep.equal([train.dimension, train.classes]);
      expect(test.dimension).to.equal(train.dimension);
    });
  }

  it('are the same for every seed but for the seed', () => {
    const [one, two] = [1, 2].map((seed) => imageTrainingPlan('resnet', { scale: 'smoke', seed }));
    expect({ ...two, seed: 1 }).to.deep.equal(one);
    expect(two.seed).to.equal(2);
  });

  it('have as many images of each class', () => {
    const { train } = planOf('resnet', 'smoke');
    const counts = Array.from(
      { length: 10 },
      (_, label) => train.labels.filter((other) => other === label).length,
    );
    expect(counts).to.deep.equal(Array<number>(10).fill(20));
  });

  it('measure pixels in units of the training set', () => {
    const { train, test } = planOf('densenet', 'smoke');
    const mean = train.inputs.reduce((sum, value) => sum + value, 0) / train.inputs.length;
    const square = train.inputs.reduce((sum, value) => sum + value ** 2, 0) / train.inputs.length;
    expect(mean).to.be.closeTo(0, 1e-10);
    expect(square).to.be.closeTo(1, 1e-10);
    // One shift and one scale for both.
    expect(quantile(test.inputs, 0)).to.be.closeTo(quantile(train.inputs, 0), 1e-12);
  });

  it('take implicit steps where no batch norm stands in their way', () => {
    for (const { plan } of plans) {
      const implicit = plan.phases.some(({ kind }) => kind === 'implicit');
      expect(implicit).to.equal(plan.network.statistics === 0);
      expect(plan.network.degree.homogeneous).to.equal(implicit);
    }
  });
});

describe('phases with steps half as long', () => {
  const plan = planOf('h-alexnet', 'smoke');
  const descent = plan.phases[1] as DescentPhase;
  const implicit = plan.phases[2] as ImplicitPhase;

  it('are those after the fit, up to another goal', () => {
    expect(halvedPhases(plan, 100)).to.deep.equal([
      { ...descent, rule: { kind: 'relative', c: 0.05, cap: 0.01 }, untilAlpha: 10 },
      { ...implicit, first: 0.0005, longest: 0.005, untilAlpha: 100 },
    ]);
  });

  it('go no farther than the phases themselves', () => {
    expect(halvedPhases(plan, 4).map(({ untilAlpha }) => untilAlpha)).to.deep.equal([4, 4]);
    expect(halvedPhases(plan, 1e9).map(({ untilAlpha }) => untilAlpha)).to.deep.equal([10, 1000]);
  });
});
