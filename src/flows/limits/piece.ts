import { objective, type SerialObjective } from '../../losses/objective.js';
import { serial } from '../../networks/serial.js';
import { gatedActivation } from '../../networks/gated.js';
import { kinkedActivations } from '../kinks/kinked-activations.js';
import type { KinkPlace } from '../kinks/kinks.js';
import type { Blocks } from './blocks.js';
import type { ConstraintRows } from './rows.js';

/** The slopes of a network whose flow meets kinks: those in its second layer, behind a dense one. */
export interface KinkSlopes {
  readonly low: number;
  readonly high: number;
  readonly units: number;
  readonly inputs: number;
  readonly bias: boolean;
}

/** Undefined where the second layer has no kinks, or where they cannot move. */
export function kinkSlopesOf({ network }: SerialObjective): KinkSlopes | undefined {
  const kinked = kinkedActivations(network).find(({ index }) => index === 1);
  const [first] = network.layers;
  if (kinked === undefined || first.affine !== true) return undefined;
  const { low, high, units } = kinked;
  const { inputs } = first;
  return { low, high, units, inputs, bias: first.parameters > inputs * units };
}

/**
 * Some margins of a network, on the linear piece of its kinked layer that a point lies on: smooth
 * functions of θ everywhere, and the network's own as long as no kink is crossed.
 */
export interface Piece {
  /** The chosen examples alone, gated. */
  readonly local: SerialObjective;
  /** Examples, increasing. */
  readonly examples: readonly number[];
  /** Chosen pairs, increasing, as indices into the margins of the whole objective. */
  readonly pairs: readonly number[];
  /** The like into those of `local`. */
  readonly localPairs: readonly number[];
  /** Kinks that are held apart: their units are on the low slope here. */
  readonly kinks: readonly KinkPlace[];
  /** Undefined for a network without kinks in its second layer. */
  readonly kinked: KinkSlopes | undefined;
}

/** `slopes` are those in use, for all examples of the whole objective: examples×units. */
export function pieceFor(
  whole: SerialObjective,
  pairs: readonly number[],
  kinks: readonly KinkPlace[],
  slopes: Float64Array,
): Piece {
  const { network, pairs: perExample } = whole;
  const examples = [...new Set(pairs.map((pair) => Math.floor(pair / perExample)))];
  const rowOf = new Map(examples.map((example, row) => [example, row]));
  const kinked = kinkSlopesOf(whole);
  let { layers } = network;
  if (kinked) {
    const { units, low } = kinked;
    const values = new Float64Array(examples.length * units);
    examples.forEach((example, row) => {
      values.set(slopes.subarray(example * units, (example + 1) * units), row * units);
    });
    for (const { example, unit } of kinks) values[rowOf.get(example)! * units + unit] = low;
    const gated = gatedActivation(units, values);
    layers = layers.map((layer, l) => (l === 1 ? gated : layer));
  }
  const { inputs: width } = network;
  const inputs = new Float64Array(examples.length * width);
  examples.forEach((example, row) => {
    inputs.set(whole.inputs.subarray(example * width, (example + 1) * width), row * width);
  });
  const labels = Float64Array.from(examples, (example) => whole.labels[example]);
  const piece = layers === network.layers ? network : serial(network.name, layers);
  return {
    local: objective(piece, inputs, labels, whole.loss, whole.classes),
    examples,
    pairs,
    localPairs: pairs.map(
      (pair) => rowOf.get(Math.floor(pair / perExample))! * perExample + (pair % perExample),
    ),
    kinks,
    kinked,
  };
}

/** Weights on the chosen pairs as weights on all of the piece's. */
export function spread({ local, localPairs }: Piece, weights: ArrayLike<number>): Float64Array {
  const all = new Float64Array(local.examples * local.pairs);
  localPairs.forEach((pair, k) => {
    all[pair] = weights[k];
  });
  return all;
}

/** The gradients of the chosen margins at θ, then of the kinks' preactivations. */
export function gradientRows(piece: Piece, blocks: Blocks, theta: Float64Array): ConstraintRows {
  const { local, localPairs, kinks, examples } = piece;
  const n = theta.length;
  const wide = new Float64Array(localPairs.length * n);
  const jacobian = local.marginJacobian(theta);
  localPairs.forEach((pair, k) => wide.set(jacobian.subarray(pair * n, (pair + 1) * n), k * n));
  if (kinks.length === 0) return { blocks, n, wide, narrow: [] };
  const [first] = local.network.layers;
  const { inputs: width, outputs: units } = first;
  const owner = new Int32Array(n);
  const place = new Int32Array(n);
  blocks.forEach((indices, b) => {
    indices.forEach((index, i) => {
      owner[index] = b;
      place[index] = i;
    });
  });
  const narrow = kinks.map(({ example, unit }) => {
    const block = owner[unit * width];
    const values = new Float64Array(blocks[block].length);
    const row = examples.indexOf(example) * width;
    for (let i = 0; i < width; i++) values[place[unit * width + i]] = local.inputs[row + i];
    if (first.parameters > units * width) values[place[units * width + unit]] = 1;
    return { block, values };
  });
  return { blocks, n, wide, narrow };
}

/** The chosen margins at θ, then the kinks' preactivations. */
export function valuesAt(piece: Piece, theta: Float64Array): Float64Array {
  const { local, localPairs, kinks, examples } = piece;
  const values = new Float64Array(localPairs.length + kinks.length);
  const margins = local.margins(theta);
  localPairs.forEach((pair, k) => {
    values[k] = margins[pair];
  });
  if (kinks.length === 0) return values;
  const z = local.evaluator.layerOutput(0);
  const units = z.length / examples.length;
  kinks.forEach(({ example, unit }, k) => {
    values[localPairs.length + k] = z[examples.indexOf(example) * units + unit];
  });
  return values;
}

/**
 * What a kink's weight would be with the high slope, (high − low) Σ weights ∂p/∂activation, for every
 * example of the piece and unit: examples×units. Negative where both sides push towards the kink.
 */
export function kinkStrengths(
  piece: Piece,
  theta: Float64Array,
  weights: ArrayLike<number>,
): Float64Array {
  const { local, kinked } = piece;
  if (!kinked)
    throw new Error('Only a network with kinks in its second layer has strengths of them.');
  const { low, high } = kinked;
  local.pullback(theta, spread(piece, weights), new Float64Array(theta.length));
  return local.evaluator.layerGradient(1).map((value) => (high - low) * value);
}
