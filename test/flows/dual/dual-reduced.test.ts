import { expect } from 'chai';
import {
  fillJacobian,
  newtonMatrices,
  takeGram,
  type NewtonMatrices,
} from '../../../src/flows/dual/dual-newton.js';
import { factorShifted, newtonStep, solveReal } from '../../../src/flows/dual/newton-step.js';
import { projectOntoConstraints } from '../../../src/flows/dual/constraint-projection.js';
import type { DualState } from '../../../src/flows/dual/dual-state.js';
import { hasLinearScores } from '../../../src/flows/rows/linear-scores.js';
import { marginRows, type MarginRows } from '../../../src/flows/rows/margin-rows.js';
import { scoreRowSets } from '../../../src/flows/rows/score-rows.js';
import { exponentialLoss, logisticLoss, objective, type Loss } from '../../../src/losses/index.js';
import {
  linearModel,
  squaredRelu,
  twoLayer,
  type SerialNetwork,
} from '../../../src/networks/index.js';
import { randomStream } from '../../../src/numerics/random.js';
import { stateOf } from '../../helpers/dual-steps.js';
import { relativeError } from '../../helpers/finite-differences.js';
import { normals } from '../../helpers/small-networks.js';

/** A state with many more pairs than parameters. */
function crowded(network: SerialNetwork, loss: Loss, classes: number): DualState {
  const stream = randomStream(`crowded ${network.name} ${loss.name}`);
  const examples = 50;
  const labels = Float64Array.from({ length: examples }, (_, i) =>
    classes === 2 ? 1 - 2 * (i % 2) : i % classes,
  );
  const inputs = normals(stream, examples * network.inputs);
  const at = objective(network, inputs, labels, loss, classes);
  return stateOf(at, normals(stream, at.parameters), 1e-9);
}

const cases: [string, () => DualState][] = [
  ['a linear model', () => crowded(linearModel(4), exponentialLoss, 2)],
  ['a linear model, logistic, early', () => crowded(linearModel(4), logisticLoss, 2)],
  ['three classes', () => crowded(linearModel(4, 3), exponentialLoss, 3)],
  ['three classes, logistic, early', () => crowded(linearModel(4, 3), logisticLoss, 3)],
  ['rows that turn', () => crowded(twoLayer(3, 4, squaredRelu), exponentialLoss, 2)],
];

/** The stepper's own matrices, and those on the side of the pairs, ready for steps of size h. */
function bothSides({ stepper }: DualState, h: number): [NewtonMatrices, NewtonMatrices] {
  const { start, step, matrices } = stepper;
  const plain = newtonMatrices(start.rows.count);
  takeGram(plain, start.rows);
  for (const side of [matrices, plain]) {
    // As for long steps, to which every row matters.
    fillJacobian(side, start, step, 1e9);
    expect(factorShifted(side, start.rows.margins, h)).to.be.true;
  }
  return [matrices, plain];
}

describe('linear algebra on the side of the parameters', () => {
  for (const [title, make] of cases) {
    it(`takes the same Newton step as that of the pairs: ${title}`, () => {
      const state = make();
      const { start, stages } = state.stepper;
      const [reduced, plain] = bothSides(state, 0.3);
      expect(reduced.reduced).to.not.equal(undefined);
      expect(reduced.size).to.equal(state.objective.parameters);
      const stream = randomStream(title);
      const count = start.rows.count;
      const z = stages.map(() => normals(stream, count));
      stages.forEach((stage, s) => {
        stage.logNormChange = 0.01 * s;
        stage.slope.set(normals(stream, count));
      });
      const [first, second] = [reduced, plain].map((side) => {
        const transformed = stages.map(() => new Float64Array(count));
        newtonStep(side, stages, z, transformed, 0.3, state.degree);
        return transformed;
      });
      for (let s = 0; s < 3; s++) expect(relativeError(first[s], second[s])).to.be.below(1e-9);
    });

    it(`estimates the same error: ${title}`, () => {
      const state = make();
      const [reduced, plain] = bothSides(state, 0.3);
      const values = normals(randomStream(title), state.stepper.start.rows.count);
      const [first, second] = [values.slice(), values.slice()];
      solveReal(reduced, first, 0.3);
      solveReal(plain, second, 0.3);
      expect(relativeError(first, second)).to.be.below(1e-9);
    });
  }

  const restoring: [string, () => DualState][] = [
    ['rows that turn', () => crowded(twoLayer(3, 4, squaredRelu), exponentialLoss, 2)],
    ['three classes', () => crowded(linearModel(4, 3), exponentialLoss, 3)],
  ];
  const restores = (title: string, make: () => DualState) => {
    it(`brings w to what λ says as that of the pairs does: ${title}`, () => {
      const { stepper } = make();
      const { start, step, matrices } = stepper;
      const direction = start.direction.slice();
      const wanted = normals(randomStream('wanted'), start.lambda.length);
      const restored = [matrices, newtonMatrices(start.rows.count)].map((side) => {
        start.direction.set(direction);
        start.rows.moveTo(start.direction);
        takeGram(side, start.rows);
        start.lambda.set(step.lambda.map((value, r) => value + 1e-3 * wanted[r]));
        projectOntoConstraints(start, [], side, { ...step, leads: true });
        return start.direction.map((value, i) => value - direction[i]);
      });
      expect(relativeError(restored[0], restored[1])).to.be.below(1e-6);
    });
  };
  for (const [title, make] of restoring) restores(title, make);

  it('has rows of classes that share the inputs of their examples give what rows by themselves do', () => {
    const { objective, stepper, pairs } = crowded(linearModel(4, 3), logisticLoss, 3);
    const chosen = pairs.filter((pair) => pair % 7 > 2);
    const choice = { pairs: chosen, kinks: [], layers: objective.network.layers };
    const [shared] = scoreRowSets(objective, choice, 1);
    const plain = marginRows(objective, choice);
    const stream = randomStream('shared rows');
    const phi = stepper.start.direction;
    const v = normals(stream, phi.length);
    const weights = normals(stream, chosen.length);
    const count = chosen.length;
    const asked: [string, number, (rows: MarginRows, into: Float64Array) => void][] = [
      ['margins', count, (rows, into) => rows.marginsInto(into)],
      ['products', count, (rows, into) => rows.products(v, into)],
      ['pullback', v.length, (rows, into) => rows.pullback(weights, into)],
      ['gram', count ** 2, (rows, into) => rows.gram(into)],
      ['turning', count ** 2, (rows, into) => rows.turning(phi, v, [...chosen.keys()], into)],
      ['jacobian', count * v.length, (rows, into) => rows.jacobian(into)],
      ['its change', count * v.length, (rows, into) => rows.jacobianChange(phi, v, into)],
    ];
    for (const [what, length, ask] of asked) {
      const [first, second] = [shared, plain].map((rows) => {
        rows.moveTo(phi);
        const into = new Float64Array(length);
        ask(rows, into);
        return into;
      });
      const error = Math.max(...first.map((value, i) => Math.abs(value - second[i])));
      expect(error, what).to.be.below(1e-12);
    }
    expect(shared.values(0)).to.deep.equal(plain.values(0));
    expect(shared.gradients(0)).to.deep.equal(plain.gradients(0));
  });

  it('asks for rows that share inputs where several classes have linear scores', () => {
    expect(hasLinearScores(crowded(linearModel(4, 3), exponentialLoss, 3).objective)).to.be.true;
    expect(crowded(linearModel(4, 3), exponentialLoss, 3).stepper.start.rows.scores).to.be.an(
      'object',
    );
    expect(hasLinearScores(crowded(linearModel(4), exponentialLoss, 2).objective)).to.be.false;
    const turning = crowded(twoLayer(3, 4, squaredRelu), exponentialLoss, 2);
    expect(hasLinearScores(turning.objective)).to.be.false;
    expect(turning.stepper.start.rows.scores).to.equal(undefined);
  });

  it('is for more pairs than parameters only', () => {
    expect(crowded(linearModel(30), exponentialLoss, 2).stepper.matrices.reduced).to.equal(
      undefined,
    );
    const { matrices } = crowded(linearModel(4), exponentialLoss, 2).stepper;
    expect(matrices.gram.length).to.equal(0);
  });
});
