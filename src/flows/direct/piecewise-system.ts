import { objective as bind, type SerialObjective } from '../../losses/objective.js';
import { serial } from '../../networks/serial.js';
import { algebraForOrder } from '../../numerics/linear-algebra.js';
import { addScaled } from '../../numerics/vectors.js';
import { directionSystem, type DirectionSystem } from './direction-system.js';
import { KINK_RIDGE } from '../kinks/kink-ridge.js';
import {
  fillGates,
  gatedLayers,
  gatesFor,
  kinkRows,
  layerOf,
  type KinkModes,
  type SlidingKink,
} from '../kinks/kink-modes.js';
import { marginRows, type MarginRows } from '../rows/margin-rows.js';
import type { KinkRow } from '../rows/row-choice.js';

/** Solves for the kinks' weights: more than one where the ridge on their diagonal matters. */
const ROUNDS = 3;

/**
 * The flow of a network with kinks in its plain unknowns, on one smooth piece and along the kinks that
 * slide: v = Σ q ∇p + Σ y ∇z with the slopes of `modes`, and y such that ∇z·v = 0. Smooth, also beyond
 * the boundary of the piece. What is asked about kinks is answered for the last evaluation.
 */
export interface PiecewiseSystem {
  readonly modes: KinkModes;
  readonly system: DirectionSystem;
  /** The sliding kinks as they were at the last `refresh`, those of later layers first. */
  readonly sliding: readonly SlidingKink[];
  /** y of those. */
  readonly weights: Float64Array;
  /** Output of a layer, examples×units. */
  values(layer: number): Float64Array;
  /** c of a kink (see `kinkStrength`). */
  strength(kink: SlidingKink): number;
  /** Moves to the parameters w: only `values` follow. */
  lookAt(w: Float64Array): void;
  /** What the weights of the given kinks follow from at w: the velocity's products with their ∇z, and the ∇z's. */
  pulls(w: Float64Array, scale: number, kinks: readonly SlidingKink[]): Pulls;
  /** Takes up `modes.sliding`. */
  refresh(): void;
  /** Moves w onto the sliding kinks by the shortest way. */
  restore(w: Float64Array): void;
}

/** What the weights of k kinks are solved from: k products and a Gram matrix k×k, row-major. */
export interface Pulls {
  /** ∇z·Σ q ∇p. */
  readonly products: Float64Array;
  readonly gram: Float64Array;
}

/**
 * The system of an objective on the piece that `modes` says. Throws where its network is not homogeneous.
 */
export function piecewiseSystem(objective: SerialObjective, modes: KinkModes): PiecewiseSystem {
  const { inputs, labels, loss, classes, network } = objective;
  const slopes = modes.layers.map((layer) => layer.slopes);
  const layers = gatedLayers(network.layers, modes.layers, slopes);
  const gated = bind(serial(network.name, layers), inputs, labels, loss, classes);
  const rowsOf = (kinks: readonly SlidingKink[]) => slidingRows(objective, modes, kinks);
  let sliding = rowsOf([]);
  let weights: Float64Array = new Float64Array(0);

  return {
    modes,
    system: directionSystem({
      ...objective,
      evaluate(w, scale) {
        const at = gated.evaluate(w, scale);
        if (sliding.kinks.length > 0) weights = sliding.balance(w, at.gradient);
        return at;
      },
    }),
    get sliding() {
      return sliding.kinks;
    },
    get weights() {
      return weights;
    },
    values: (layer) => gated.evaluator.layerOutput(layer),
    strength(kink) {
      const { index, first, units } = layerOf(modes, kink.unit);
      const place = kink.unit - first;
      const pull = gated.evaluator.layerGradient(index)[kink.example * units + place];
      return (modes.high - modes.low) * (pull + sliding.pull(kink, index, place, weights));
    },
    lookAt(w) {
      gated.margins(w);
    },
    pulls(w, scale, kinks) {
      const { gradient } = gated.evaluate(w, scale);
      const { rows, moveTo } = rowsOf(kinks);
      const products = new Float64Array(kinks.length);
      const gram = new Float64Array(kinks.length ** 2);
      moveTo(w);
      rows.products(gradient, products);
      rows.gram(gram);
      return { products, gram };
    },
    refresh() {
      sliding = rowsOf(modes.sliding);
      weights = new Float64Array(sliding.kinks.length);
    },
    restore(w) {
      if (sliding.kinks.length > 0) sliding.restore(w);
    },
  };
}

/** The kinks that slide, with the linear algebra of their gradients. */
interface SlidingRows {
  readonly kinks: readonly SlidingKink[];
  readonly rows: MarginRows;
  /** Moves the rows to w, and factors their Gram matrix; false where that is singular. */
  moveTo(w: Float64Array): boolean;
  /** Adds Σ y ∇z to a velocity at w, with the y that make it keep to the kinks; returns them. */
  balance(w: Float64Array, velocity: Float64Array): Float64Array;
  restore(w: Float64Array): void;
  /** What the kinks of later layers, with these weights, add to the pull on a unit of the layer. */
  pull(kink: SlidingKink, layer: number, place: number, weights: Float64Array): number;
}

function slidingRows(
  objective: SerialObjective,
  modes: KinkModes,
  chosen: readonly SlidingKink[],
): SlidingRows {
  const { parameters } = objective;
  const examples = chosen.map(({ example }) => example);
  const kinkRow: KinkRow[] = kinkRows(chosen, examples, modes.layers);
  const kinks = kinkRow.map(({ example, unit }) => ({ example, unit }));
  const ordered = kinks.map(({ example }) => example);
  const size = kinks.length;
  const gates = gatesFor(modes, size);
  const { network } = objective;
  const rows = marginRows(objective, {
    pairs: [],
    kinks: kinkRow,
    layers: gatedLayers(network.layers, modes.layers, gates),
  });
  const gram = new Float64Array(size * size);
  const lu = new Float64Array(size * size);
  const pivots = new Int32Array(size);
  const algebra = algebraForOrder(size);
  const step = new Float64Array(size);
  const added = new Float64Array(parameters);
  // The gradients in a first layer depend on nothing.
  const constant = kinkRow.every(({ layer }) => layer === 0);
  let formed = false;

  function moveTo(w: Float64Array): boolean {
    if (formed && constant) return true;
    fillGates(modes, ordered, gates);
    rows.moveTo(w);
    rows.gram(gram);
    lu.set(gram);
    for (let i = 0; i < size; i++) lu[i * size + i] *= 1 + KINK_RIDGE;
    formed = algebra.luFactor(size, lu, pivots);
    return formed;
  }

  return {
    kinks,
    rows,
    moveTo,
    balance(w, velocity) {
      const weights = new Float64Array(size);
      if (!moveTo(w)) return weights;
      for (let round = 0; round < ROUNDS; round++) {
        rows.products(velocity, step);
        for (let k = 0; k < size; k++) step[k] = -step[k];
        algebra.luSolve(size, lu, pivots, step);
        addScaled(weights, 1, step);
        rows.pullback(step, added);
        addScaled(velocity, 1, added);
      }
      return weights;
    },
    restore(w) {
      formed &&= constant;
      if (!moveTo(w)) return;
      // ∇z·w is z times the degree of its layer.
      rows.products(w, step);
      kinkRow.forEach(({ layer }, k) => {
        const depth = network.layers.slice(0, layer + 1).filter((l) => l.parameters > 0).length;
        step[k] /= -depth;
      });
      algebra.luSolve(size, lu, pivots, step);
      rows.pullback(step, added);
      addScaled(w, 1, added);
    },
    pull({ example }, layer, place, weights) {
      const gradients = rows.gradients(layer);
      const units = gradients.length / size;
      let sum = 0;
      for (let k = 0; k < size && kinkRow[k].layer > layer; k++) {
        if (kinks[k].example === example) sum += weights[k] * gradients[k * units + place];
      }
      return sum;
    },
  };
}
