import type { Objective } from '../losses/objective.js';
import { gatedActivation } from '../networks/gated.js';
import { norm } from '../numerics/vectors.js';
import type { Layer } from '../networks/layer.js';
import { requireSerial, type Network } from '../networks/serial.js';
import type { DualStage } from './dual-stage.js';
import type { KinkRow } from './margin-rows.js';

/** A training example that stays on the kink of a unit while the flow goes on. */
export interface SlidingKink {
  readonly example: number;
  readonly unit: number;
}

/** One stretch of a run in which an example stayed on a unit's kink. */
export interface SlidingPhase extends SlidingKink {
  readonly fromAlpha: number;
  /** α where it left; undefined where it was still sliding when the run ended. */
  toAlpha: number | undefined;
}

/**
 * Which linear piece of a network with one layer of kinks the flow is on: for every example and unit
 * the slope in use, and the pairs that slide along the boundary between two pieces.
 */
export interface KinkModes {
  /** Slopes below and above the kink. */
  readonly low: number;
  readonly high: number;
  readonly units: number;
  /** Slope in use, examples×units; the low one where it slides. */
  readonly slopes: Float64Array;
  /** ‖∇z‖ of every example: how much its preactivations move with the weights. */
  readonly reach: Float64Array;
  sliding: readonly SlidingKink[];
  readonly phases: SlidingPhase[];
}

/**
 * True where the flow of a network meets kinks: those of a second layer behind a fixed first one stay
 * where they are.
 */
export function meetsKinks(network: Network): boolean {
  const { layers } = requireSerial(network, 'The flow');
  return layers.some(
    ({ slopes }, l) => slopes !== undefined && (l > 1 || layers[0].parameters > 0),
  );
}

/**
 * The modes at direction w; undefined for a network whose flow meets no kinks. Throws a sentence for kinks that
 * are not all in the second layer, behind a dense one.
 */
export function kinkModesAt(objective: Objective, w: Float64Array): KinkModes | undefined {
  const { examples, evaluator } = objective;
  const network = requireSerial(objective.network, 'The flow');
  if (!meetsKinks(network)) return undefined;
  const kinked = network.layers.filter((layer) => layer.slopes !== undefined);
  const [dense, second] = network.layers;
  if (kinked.length > 1 || second.slopes === undefined || dense.parameters === 0) {
    throw new Error(
      `The flow of a network with kinks is followed where they are all in its second layer, behind ` +
        `a trained dense one; '${network.name}' has them elsewhere. Use ramps (rampedRelu) instead.`,
    );
  }
  const [low, high] = second.slopes;
  const units = second.outputs;
  evaluator.outputs(w);
  const slopes = evaluator.layerOutput(0).map((z) => (z > 0 ? high : low));
  const bias = dense.parameters > dense.inputs * units ? 1 : 0;
  const reach = Float64Array.from({ length: examples }, (_, i) => {
    const row = objective.inputs.subarray(i * dense.inputs, (i + 1) * dense.inputs);
    return Math.hypot(norm(row), bias);
  });
  return { low, high, units, slopes, reach, sliding: [], phases: [] };
}

/** Takes the slopes of examples that were left out of the flow from their signs at direction w. */
export function refreshSlopes(
  modes: KinkModes,
  objective: Objective,
  w: Float64Array,
  entering: Iterable<number>,
): void {
  const { units, slopes, low, high } = modes;
  objective.margins(w);
  const z = objective.evaluator.layerOutput(0);
  for (const example of entering) {
    for (let p = example * units; p < (example + 1) * units; p++) slopes[p] = z[p] > 0 ? high : low;
  }
}

/** The network's layers with its kinked one gated by `gates`, one row for each row of a batch. */
export function gatedLayers(layers: readonly Layer[], gates: Float64Array): Layer[] {
  return layers.map((layer, l) => (l === 1 ? gatedActivation(layer.outputs, gates) : layer));
}

/** Writes the slopes of the given pairs' examples into the rows of a batch. */
export function fillGates(
  modes: KinkModes,
  examples: readonly number[],
  gates: Float64Array,
): void {
  const { units, slopes } = modes;
  examples.forEach((example, r) => {
    gates.set(slopes.subarray(example * units, (example + 1) * units), r * units);
  });
}

/** The sliding kinks as rows of a batch with the given examples; those of other examples are left out. */
export function kinkRows(sliding: readonly SlidingKink[], examples: readonly number[]): KinkRow[] {
  return sliding
    .map(({ example, unit }) => ({ row: examples.indexOf(example), unit }))
    .filter(({ row }) => row >= 0);
}

/**
 * c = ∂v/∂slope across the kink, as a multiple of ∇z: what the kink's weight y would be with the
 * high slope. Summed over the example's pairs, at the place where the stage's rows are.
 */
export function kinkStrength(
  modes: KinkModes,
  stage: DualStage,
  examples: readonly number[],
  row: number,
  unit: number,
): number {
  const { units, low, high } = modes;
  const gradients = stage.rows.activationGradients();
  let sum = 0;
  for (let r = 0; r < examples.length; r++) {
    if (examples[r] === examples[row]) sum += stage.q[r] * gradients[r * units + unit];
  }
  return (high - low) * sum;
}

/** How far a stage has left the piece it was computed on. */
export interface Violation {
  readonly example: number;
  readonly unit: number;
  /** Index among the sliding kinks; −1 for a unit that crosses its kink. */
  readonly slide: number;
  /**
   * Beyond the boundary where positive: the preactivation, or the slope's excess over [0, 1] as a
   * fraction, each divided by what counts as zero.
   */
  readonly amount: number;
  /** False where the crossing is too weak to matter to the step. */
  readonly matters: boolean;
}

/** The slope's fraction may leave [0, 1] by this before it counts: the effect is of second order. */
const FRACTION_ZERO = 1e-7;

/**
 * Signed amounts for every boundary, or for the wanted ones only, at a stage whose rows are at its
 * direction and whose weights are up to date.
 */
export function violations(
  modes: KinkModes,
  stage: DualStage,
  examples: readonly number[],
  kinks: readonly KinkRow[],
  tolerance: number,
  h: number,
  wanted?: readonly Violation[],
): Violation[] {
  const { units, slopes, high, reach } = modes;
  const found: Violation[] = [];
  const z = stage.rows.preactivations();
  const slides = new Map(kinks.map(({ row, unit }, k) => [examples[row] * units + unit, k]));
  const look = (row: number, unit: number) => {
    const example = examples[row];
    const key = example * units + unit;
    const slide = slides.get(key) ?? -1;
    const strength = () => kinkStrength(modes, stage, examples, row, unit);
    if (slide >= 0) {
      const fraction = stage.unknowns[stage.rows.margins + slide] / strength();
      const amount = Math.max(fraction - 1, -fraction) / FRACTION_ZERO;
      found.push({ example, unit, slide, amount, matters: true });
      return;
    }
    const value = z[row * units + unit];
    const amount = (slopes[key] === high ? -value : value) / (0.1 * tolerance * reach[example]);
    if (wanted === undefined && !(amount > 1)) return;
    const matters = Math.abs(strength()) * reach[example] * h > 0.1 * tolerance;
    found.push({ example, unit, slide, amount, matters });
  };
  if (wanted) {
    for (const { example, unit } of wanted) look(examples.indexOf(example), unit);
    return found;
  }
  const seen = new Set<number>();
  examples.forEach((example, row) => {
    if (seen.has(example)) return;
    seen.add(example);
    for (let unit = 0; unit < units; unit++) look(row, unit);
  });
  return found.filter(({ amount }) => amount > 1);
}
