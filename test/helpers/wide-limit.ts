import { expect } from 'chai';
import { solveLimit, type FlowPoint, type KktPoint } from '../../src/flows/index.js';
import { exponentialLoss, objective, type SerialObjective } from '../../src/losses/index.js';
import { relu, twoLayer, type Pointwise } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { normalized } from '../../src/numerics/vectors.js';
import { gatedRelu, newtonOnSupport } from './dense-kkt.js';
import { pointAtTarget, referenceFlow, reluRun } from './reference-flow.js';

/*
 * A ReLU unit may be split into several with the same sides whose masses add up to its own: that is a KKT
 * point of a wider network with the same margins. A wide network's limit, with hundreds of kinks, is thus
 * known from a narrow one, and a start beside it is cheap to have.
 */

function wideProblem(width: number, pointwise: Pointwise): SerialObjective {
  const { inputs, labels } = referenceFlow('relu').objectiveWith(relu);
  return objective(twoLayer(3, width, pointwise), inputs, labels, exponentialLoss);
}

/** Near a narrow network's limit, its units split in turn into shares drawn at random, each weight moved a little. */
function splitLimit(limit: KktPoint, narrow: number, width: number): FlowPoint {
  const stream = randomStream(width);
  const parts = Array.from({ length: width }, (_, unit) => ({
    source: unit % narrow,
    share: 0.2 + stream.uniform(),
  }));
  const totals = new Float64Array(narrow);
  for (const { source, share } of parts) totals[source] += share;
  const direction = new Float64Array(4 * width);
  parts.forEach(({ source, share }, unit) => {
    const factor = Math.sqrt(share / totals[source]);
    const moved = (from: number) => factor * limit.direction[from] * (1 + 1e-4 * stream.normal());
    for (let i = 0; i < 3; i++) direction[3 * unit + i] = moved(3 * source + i);
    direction[3 * width + unit] = moved(3 * narrow + source);
  });
  const kinks = parts.flatMap(({ source }, unit) =>
    limit.kinks
      .filter((kink) => kink.unit === source)
      .map(({ example, multiplier }) => ({ example, unit, slope: multiplier })),
  );
  const q = Float64Array.from(limit.support, (pair) => limit.multipliers[pair]);
  return {
    clock: 0,
    logTime: 0,
    logNorm: 10,
    alpha: 1e8,
    smallestMargin: limit.margin,
    pathLength: 0,
    direction: normalized(direction),
    duals: { pairs: limit.support, q },
    kinks,
  };
}

/** Holds such a limit, found anew, against the narrow network's, and against the dense system of all its parameters. */
export function expectWideLimit(width: number): void {
  const narrow = reluRun();
  const known = solveLimit(narrow.at, pointAtTarget(narrow.result, 1e5));
  const at = wideProblem(width, relu);
  const limit = solveLimit(at, splitLimit(known, 16, width));
  expect(limit.converged).to.be.true;
  expect(limit.support).to.deep.equal(known.support);
  expect(limit.kinks.length).to.be.above(width / 2);
  expect(limit.margin / known.margin).to.be.closeTo(1, 1e-12);
  const gated = wideProblem(width, gatedRelu(1e-7));
  const { inputs: size } = gated.network;
  const kinks = limit.kinks.map(({ example, unit }) => {
    const gradient = new Float64Array(gated.parameters);
    gradient.set(gated.inputs.subarray(example * size, (example + 1) * size), unit * size);
    return { example, unit, gradient };
  });
  const { support, margin, direction } = limit;
  const guess = { direction, multipliers: support.map(() => 1), margin };
  const dense = newtonOnSupport(gated, 2, support, kinks, guess, 12);
  expect(dense.converged).to.be.true;
  expect(margin / dense.margin).to.be.closeTo(1, 1e-12);
}
