import { evaluator, requireSerial, serial } from '../../../src/networks/index.js';
import { expect } from 'chai';
import { marginRows } from '../../../src/flows/rows/margin-rows.js';
import type { KinkRow } from '../../../src/flows/rows/row-choice.js';
import { exponentialLoss, objective, type SerialObjective } from '../../../src/losses/index.js';
import { dot } from '../../../src/numerics/vectors.js';
import { randomStream } from '../../../src/numerics/random.js';
import { jacobianByDifferences, relativeError } from '../../helpers/finite-differences.js';
import { normals, smallCases, type SmallCase } from '../../helpers/small-networks.js';

function objectiveOf({ network, inputs, examples }: SmallCase): SerialObjective | undefined {
  const { outputs } = network;
  if (outputs === 2) return undefined;
  const labels = Float64Array.from({ length: examples }, (_, i) =>
    outputs === 1 ? 1 - 2 * (i % 2) : (2 * i) % outputs,
  );
  const classes = outputs === 1 ? 2 : outputs;
  return objective(network, inputs, labels, exponentialLoss, classes);
}

/** The rows of E one by one: ∇p of the chosen pairs, then ∇z of the kinks. */
function explicitRows(
  at: SerialObjective,
  theta: Float64Array,
  pairs: readonly number[],
  kinks: readonly KinkRow[],
): Float64Array[] {
  const n = theta.length;
  const jacobian = at.marginJacobian(theta);
  const margins = pairs.map((pair) => jacobian.slice(pair * n, (pair + 1) * n));
  const { layers, offsets } = requireSerial(at.network, 'A test');
  const gradients = kinks.map(({ example, layer, place }) => {
    const before = serial('up to the kink', layers.slice(0, layer + 1));
    const engine = evaluator(before, at.inputs);
    const size = before.parameters;
    const rows = new Float64Array(engine.examples * before.outputs * size);
    // Fixed layers are none of the parameters.
    expect(offsets[layer] + layers[layer].parameters).to.equal(size);
    engine.outputs(theta.slice(0, size));
    engine.jacobian(theta.slice(0, size), rows);
    const gradient = new Float64Array(n);
    const from = (example * before.outputs + place) * size;
    gradient.set(rows.subarray(from, from + size));
    return gradient;
  });
  return [...margins, ...gradients];
}

for (const example of smallCases()) {
  const at = objectiveOf(example);
  if (!at) continue;
  describe(`margin rows of ${example.title}`, () => {
    const { network, theta } = example;
    const { layers } = network;
    const all = Array.from({ length: at.examples * at.pairs }, (_, pair) => pair);
    const few = all.filter((pair) => pair % 3 !== 1);
    const kinked = layers.length > 2 && layers[0].parameters > 0;
    const choices: [string, number[], KinkRow[]][] = [
      ['all pairs', all, []],
      ['some pairs', few, []],
    ];
    if (kinked) {
      const kinks = [
        [1, 2],
        [0, 0],
        [0, 2],
      ].map(([row, unit]) => {
        const example = Math.floor(few[row] / at.pairs);
        return { example, row, unit, layer: 0, place: unit };
      });
      choices.push(['some pairs and kinks', few, kinks]);
      if (layers.length > 4) {
        const example = Math.floor(few[2] / at.pairs);
        const later = { example, row: 2, unit: layers[0].outputs + 1, layer: 2, place: 1 };
        choices.push(['some pairs and kinks of two layers', few, [later, ...kinks]]);
      }
    }
    for (const [title, pairs, kinks] of choices) {
      it(`equal the explicit matrix on ${title}`, () => {
        const stream = randomStream(title);
        const rows = marginRows(at, { pairs, kinks, layers });
        const expected = explicitRows(at, theta, pairs, kinks);
        const count = expected.length;
        expect([rows.margins, rows.count]).to.deep.equal([pairs.length, count]);
        // The first visit elsewhere leaves nothing behind.
        for (const phi of [normals(stream, theta.length), theta]) rows.moveTo(phi);

        const margins = new Float64Array(count).fill(7);
        rows.marginsInto(margins);
        const values = at.margins(theta);
        const chosen = pairs.map((pair) => values[pair]);
        expect(relativeError(margins.subarray(0, pairs.length), chosen)).to.be.below(1e-14);

        const v = normals(stream, theta.length);
        const products = new Float64Array(count).fill(7);
        rows.products(v, products);
        expect(
          relativeError(
            products,
            expected.map((row) => dot(row, v)),
          ),
        ).to.be.below(1e-13);

        const weights = normals(stream, count);
        const pulled = new Float64Array(theta.length).fill(7);
        rows.pullback(weights, pulled);
        const combined = pulled.map((_, i) =>
          expected.reduce((sum, row, r) => sum + weights[r] * row[i], 0),
        );
        expect(relativeError(pulled, combined)).to.be.below(1e-13);

        const gram = new Float64Array(count * count).fill(7);
        rows.gram(gram);
        const inner = gram.map((_, p) => dot(expected[Math.floor(p / count)], expected[p % count]));
        expect(relativeError(gram, inner)).to.be.below(1e-13);
      });
    }

    it('turn as differences of the explicit rows say', () => {
      const stream = randomStream('turning');
      const v = normals(stream, theta.length);
      for (const [, pairs, kinks] of choices) {
        const rows = marginRows(at, { pairs, kinks, layers });
        rows.moveTo(theta);
        const here = explicitRows(at, theta, pairs, kinks);
        const count = here.length;
        const turned = jacobianByDifferences(
          (t) => {
            const moved = theta.map((value, i) => value + t[0] * v[i]);
            const there = explicitRows(at, moved, pairs, kinks);
            return Float64Array.from({ length: count * count }, (_, p) =>
              dot(there[Math.floor(p / count)], here[p % count]),
            );
          },
          Float64Array.of(0),
          1e-4,
        );
        const turning = new Float64Array(count * count).fill(7);
        rows.turning(theta, v, [...here.keys()], turning);
        // A linear model's rows do not turn at all.
        if (turned.every((value) => Math.abs(value) < 1e-9)) {
          expect(Math.max(...turning.map(Math.abs))).to.equal(0);
        } else expect(relativeError(turning, turned)).to.be.below(1e-7);
        const chosen = [...here.keys()].filter((row) => row % 2 === 1);
        const part = new Float64Array(chosen.length ** 2).fill(7);
        rows.turning(theta, v, chosen, part);
        const same = chosen.flatMap((i) => chosen.map((j) => turning[i * count + j]));
        same.forEach((value, p) => expect(part[p]).to.be.closeTo(value, 1e-12));
      }
    });

    if (!kinked) return;

    it('know the preactivations, and the gradients that reach the units', () => {
      const rows = marginRows(at, { pairs: few, kinks: [], layers });
      rows.moveTo(theta);
      const weights = new Float64Array(all.length);
      at.margins(theta);
      const units = layers[0].outputs;
      few.forEach((pair, r) => {
        weights.fill(0);
        weights[pair] = 1;
        at.pullback(theta, weights, new Float64Array(theta.length));
        const from = Math.floor(pair / at.pairs) * units;
        const z = at.evaluator.layerOutput(0).subarray(from, from + units);
        const gradient = at.evaluator.layerGradient(1).subarray(from, from + units);
        expect([...rows.values(0).subarray(r * units, (r + 1) * units)]).to.deep.equal([...z]);
        const own = rows.gradients(1).subarray(r * units, (r + 1) * units);
        own.forEach((value, u) => expect(value).to.be.closeTo(gradient[u], 1e-13));
      });
    });
  });
}
