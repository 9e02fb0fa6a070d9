import { requireSerial } from '../../../src/networks/index.js';
import { expect } from 'chai';
import { projectOntoConstraints } from '../../../src/flows/dual/constraint-projection.js';
import { stageOf } from '../../../src/flows/dual/dual-stage.js';
import { marginRows } from '../../../src/flows/rows/margin-rows.js';
import type { KinkRow } from '../../../src/flows/rows/row-choice.js';
import { tailLaw } from '../../../src/flows/dual/dual-law.js';
import { exponentialLoss, objective } from '../../../src/losses/index.js';
import {
  relu,
  squaredRelu,
  twoLayer,
  type HomogeneousPointwise,
} from '../../../src/networks/index.js';
import { norm } from '../../../src/numerics/vectors.js';
import { randomStream } from '../../../src/numerics/random.js';
import { normals } from '../../helpers/small-networks.js';

const PAIRS = [0, 1, 3];

/** A stage at a random w, with λ asking for slightly other margins than it has. */
function make(
  pointwise: HomogeneousPointwise,
  kinks: readonly KinkRow[],
  inputs: Float64Array,
  off: number,
) {
  const stream = randomStream(`consistency ${pointwise.name}`);
  const labels = Float64Array.of(1, -1, 1, -1);
  const at = objective(twoLayer(3, 6, pointwise), inputs, labels, exponentialLoss);
  const { layers } = requireSerial(at.network, 'A test');
  const rows = marginRows(at, { pairs: PAIRS, kinks, layers });
  const stage = stageOf(rows, at.parameters);
  stage.direction.set(normals(stream, at.parameters));
  const length = norm(stage.direction);
  stage.direction.forEach((value, i) => (stage.direction[i] = value / length));
  const [alpha, beta] = [1000, 4000];
  const margins = at.margins(stage.direction).slice();
  PAIRS.forEach((pair, r) => {
    stage.lambda[r] = alpha - beta * (margins[pair] + off * stream.normal());
  });
  const gram = new Float64Array(rows.count ** 2);
  const step = {
    direction: stage.direction.slice(),
    alpha,
    lambda: stage.lambda.slice(),
    law: tailLaw,
    beta,
    degree: pointwise.power + 1,
  };
  const restore = (leads: boolean) => {
    rows.moveTo(stage.direction);
    rows.gram(gram);
    return projectOntoConstraints(stage, kinks, { gram, reduced: undefined }, { ...step, leads });
  };
  /** The largest |β p − (α − λ)| / β, and the largest |z|. */
  const residuals = () => {
    const now = at.margins(stage.direction);
    const z = at.evaluator.layerOutput(0);
    const duals = PAIRS.map((pair, r) => now[pair] - (alpha - stage.lambda[r]) / beta);
    const onKinks = kinks.map(({ row, unit }) => z[PAIRS[row] * 6 + unit]);
    const most = (values: number[]) => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    return [most(duals), most(onKinks)];
  };
  return { stage, restore, residuals };
}

describe('projectOntoConstraints', () => {
  const inputs = normals(randomStream('consistency inputs'), 12);

  it('brings the margins to what λ says, on the sphere', () => {
    const { stage, restore, residuals } = make(squaredRelu, [], inputs, 1e-4);
    const before = residuals()[0];
    expect(before).to.be.above(1e-5);
    const moved = restore(true);
    expect(moved).to.be.within(before / 10, before * 100);
    expect(norm(stage.direction)).to.be.closeTo(1, 1e-15);
    expect(residuals()[0]).to.be.below(1e-2 * before);
    restore(true);
    restore(true);
    expect(residuals()[0]).to.be.below(1e-12);
  });

  it('brings preactivations to zero, whether or not λ is to be followed', () => {
    const kinks = [
      { example: 0, row: 0, unit: 2, layer: 0, place: 2 },
      { example: 3, row: 2, unit: 5, layer: 0, place: 5 },
    ];
    for (const leads of [true, false]) {
      const { restore, residuals } = make(relu, kinks, inputs, leads ? 1e-6 : 0);
      const far = residuals()[1];
      restore(leads);
      expect(residuals()[1]).to.be.below(0.1 * far);
      for (let k = 0; k < 5; k++) restore(leads);
      expect(residuals()[1]).to.be.below(1e-12);
      if (leads) expect(residuals()[0]).to.be.below(1e-9);
    }
  });

  it('moves nothing where there is neither', () => {
    const { stage, restore } = make(squaredRelu, [], inputs, 1e-3);
    const before = stage.direction.slice();
    expect(restore(false)).to.equal(0);
    expect([...stage.direction]).to.deep.equal([...before]);
  });

  it('takes the shortest way where rows are the same, as those of an example given twice', () => {
    const twice = inputs.slice();
    twice.set(twice.subarray(0, 3), 9);
    // Labels of opposite signs: the rows are opposite.
    const { stage, restore, residuals } = make(squaredRelu, [], twice, 0);
    const wanted = stage.lambda.slice();
    stage.lambda[0] = wanted[0] - 4;
    stage.lambda[2] = wanted[2] + 4;
    expect(residuals()[0]).to.be.closeTo(1e-3, 1e-12);
    restore(true);
    restore(true);
    expect(residuals()[0]).to.be.below(1e-8);
  });
});
