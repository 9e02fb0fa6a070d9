import type { SerialObjective } from '../../losses/objective.js';
import { gatedActivation } from '../../networks/gated.js';
import { norm } from '../../numerics/vectors.js';
import type { Layer } from '../../networks/layer.js';
import { kinkedActivations } from './kinked-activations.js';
import type { KinkRow } from '../rows/row-choice.js';

/** A training example that stays on the kink of a unit while the flow goes on. */
export interface SlidingKink {
  readonly example: number;
  /** Counted through all layers with kinks. */
  readonly unit: number;
}

/** One stretch of a run in which an example stayed on a unit's kink. */
export interface SlidingInterval extends SlidingKink {
  readonly fromAlpha: number;
  /** α where it left; undefined where it was still sliding when the run ended. */
  toAlpha: number | undefined;
}

/** One layer of kinks. */
export interface KinkedLayer {
  /** Its place in the network: the layer before it gives the preactivations. */
  readonly index: number;
  /** Units of such layers before it. */
  readonly first: number;
  readonly units: number;
  /** Slope in use, examples×units: a view on those of `KinkModes`. */
  readonly slopes: Float64Array;
  /**
   * ‖∇z‖ of every example, or for deeper layers its part in their own weights at the start: how much
   * its preactivations move with the weights.
   */
  readonly reach: Float64Array;
}

/**
 * Which smooth piece of a network with kinks the flow is on: for every example and unit the slope in
 * use, and the pairs that slide along the boundary between two pieces.
 */
export interface KinkModes {
  /** Slopes below and above every kink. */
  readonly low: number;
  readonly high: number;
  /** Units of all layers together. */
  readonly units: number;
  readonly layers: readonly KinkedLayer[];
  /** Slope in use, layer after layer, examples×units each; the low one where it slides. */
  readonly slopes: Float64Array;
  sliding: readonly SlidingKink[];
  readonly intervals: SlidingInterval[];
}

/**
 * The modes at direction w; undefined for a network whose flow meets no kinks. Throws a sentence for
 * kinks that do not each follow a trained dense layer, or differ in their slopes.
 */
export function kinkModesAt(objective: SerialObjective, w: Float64Array): KinkModes | undefined {
  const { examples } = objective;
  const { network } = objective;
  const activations = kinkedActivations(network);
  if (activations.length === 0) return undefined;
  const [{ low, high }] = activations;
  const followed = activations.every(({ index, low: below, high: above }) => {
    const before = network.layers.at(index - 1)!;
    const isTrained = index > 0 && before.affine === true && before.parameters > 0;
    return isTrained && below === low && above === high;
  });
  if (!followed) {
    throw new Error(
      `The flow of a network with kinks is followed where each layer of them comes after a trained dense one ` +
        `and all have the same slopes; '${network.name}' has others. Use ramps (rampedRelu) instead.`,
    );
  }
  const total = activations.reduce((sum, { units }) => sum + units, 0);
  const slopes = new Float64Array(examples * total);
  let first = 0;
  const layers = activations.map(({ index, units }): KinkedLayer => {
    const from = examples * first;
    first += units;
    return {
      index,
      first: first - units,
      units,
      slopes: slopes.subarray(from, from + examples * units),
      reach: new Float64Array(examples),
    };
  });
  const modes = { low, high, units: total, layers, slopes, sliding: [], intervals: [] };
  refreshSlopes(
    modes,
    objective,
    w,
    Array.from({ length: examples }, (_, i) => i),
  );
  for (const layer of layers) fillReach(objective, layer);
  return modes;
}

/** After an evaluation at the place in question. */
function fillReach({ network, evaluator, inputs }: SerialObjective, layer: KinkedLayer): void {
  const before = layer.index - 1;
  const { inputs: width, outputs, parameters } = network.layers[before];
  const x = before === 0 ? inputs : evaluator.layerOutput(before - 1);
  const bias = parameters > width * outputs ? 1 : 0;
  layer.reach.forEach((_, i) => {
    layer.reach[i] = Math.hypot(norm(x.subarray(i * width, (i + 1) * width)), bias);
  });
}

/** The layer of a unit. */
export function layerOf({ layers }: Pick<KinkModes, 'layers'>, unit: number): KinkedLayer {
  return layers.findLast(({ first }) => first <= unit)!;
}

/** Where the slope of a kink is in `slopes`. */
export function slopeIndexOf(modes: KinkModes, { example, unit }: SlidingKink): number {
  const { first, units, reach } = layerOf(modes, unit);
  return reach.length * first + example * units + unit - first;
}

/** Takes the slopes of examples that were left out of the flow from their signs at direction w. */
export function refreshSlopes(
  modes: Pick<KinkModes, 'layers' | 'low' | 'high'>,
  objective: SerialObjective,
  w: Float64Array,
  entering: Iterable<number>,
): void {
  const { layers, low, high } = modes;
  objective.margins(w);
  const chosen = [...entering];
  for (const { index, units, slopes } of layers) {
    const z = objective.evaluator.layerOutput(index - 1);
    for (const example of chosen) {
      for (let p = example * units; p < (example + 1) * units; p++)
        slopes[p] = z[p] > 0 ? high : low;
    }
  }
}

/** The network's layers with its kinked ones gated: `gates` has one row for each row of a batch. */
export function gatedLayers(
  layers: readonly Layer[],
  kinked: readonly KinkedLayer[],
  gates: readonly Float64Array[],
): Layer[] {
  const gated = [...layers];
  kinked.forEach(({ index, units }, k) => (gated[index] = gatedActivation(units, gates[k])));
  return gated;
}

/** Slopes for a batch of so many rows, one matrix for each layer of kinks. */
export function gatesFor({ layers }: KinkModes, rows: number): Float64Array[] {
  return layers.map(({ units }) => new Float64Array(rows * units));
}

/** Writes the slopes of the rows' examples into the rows of a batch. */
export function fillGates(
  { layers }: KinkModes,
  examples: readonly number[],
  gates: readonly Float64Array[],
): void {
  layers.forEach(({ units, slopes }, k) => {
    examples.forEach((example, r) => {
      gates[k].set(slopes.subarray(example * units, (example + 1) * units), r * units);
    });
  });
}

/**
 * The sliding kinks as rows of a batch with the given examples; those of other examples are left out.
 * Kinks of later layers come first.
 */
export function kinkRows(
  sliding: readonly SlidingKink[],
  examples: readonly number[],
  layers: readonly Pick<KinkedLayer, 'index' | 'first'>[] = [{ index: 1, first: 0 }],
): KinkRow[] {
  return sliding
    .map(({ example, unit }) => {
      const { index, first } = layers.findLast((layer) => layer.first <= unit)!;
      const row = examples.indexOf(example);
      return { example, row, unit, layer: index - 1, place: unit - first };
    })
    .filter(({ row }) => row >= 0)
    .sort((a, b) => b.layer - a.layer);
}
