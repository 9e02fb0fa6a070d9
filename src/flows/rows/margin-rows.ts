import type { SerialObjective } from '../../losses/objective.js';
import { layerBuffers } from '../../networks/tape.js';
import type { Layer } from '../../networks/layer.js';
import { gatherInputs, seedGradients, seedsOf } from './row-inputs.js';
import type { RowChoice } from './row-choice.js';
import type { LinearScores } from './linear-scores.js';
import { addRowTangents, moveTangents, tangentBuffers, type Tangents } from './row-tangents.js';

/**
 * The gradients of some margins, and of some preactivations, as the rows of a matrix E that is never
 * formed: each row is kept as its activations and its back-propagated gradients, from which products
 * with E, with Eᵀ and the Gram matrix E Eᵀ follow layer by layer.
 */
export interface MarginRows {
  /** Number of margins. */
  readonly margins: number;
  /** Number of rows: the margins, then the kinks. */
  readonly count: number;
  /** What the rows come from where they are those of `scoreRowSets`. */
  readonly scores?: LinearScores;
  /** Moves to the parameters φ; every function below speaks of the last ones. */
  moveTo(phi: Float64Array): void;
  /** into ← the margins. */
  marginsInto(into: Float64Array): void;
  /** into ← Eᵀ weights. */
  pullback(weights: Float64Array, into: Float64Array): void;
  /** into ← E v. */
  products(v: Float64Array, into: Float64Array): void;
  /** into ← E Eᵀ, count×count: the empirical tangent kernel of the rows. */
  gram(into: Float64Array): void;
  /**
   * into ← ⟨derivative of row i along v, row j⟩ for the chosen rows, increasing: how they turn where
   * φ moves by v, as the rows themselves see it. Zero for kinks of the first layer, which do not depend on φ.
   */
  turning(phi: Float64Array, v: Float64Array, chosen: readonly number[], into: Float64Array): void;
  /** into ← E, margins×parameters. */
  jacobian(into: Float64Array): void;
  /** into ← the derivative of E where φ moves by v, margins×parameters. */
  jacobianChange(phi: Float64Array, v: Float64Array, into: Float64Array): void;
  /** Output of a layer at the last φ, count×outputs: for the margins' rows, and what kinks need. */
  values(layer: number): Float64Array;
  /** Gradient of each row with respect to the output of a layer, count×outputs. */
  gradients(layer: number): Float64Array;
}

/** What sets of the same rows at different parameters have in common. */
interface RowData {
  readonly inputs: Float64Array;
  readonly seeds: Float64Array;
  /** Working memory of one call. */
  readonly scaled: readonly Float64Array[];
  readonly partial: Float64Array;
}

/** Rows for the chosen pairs of an objective's margins. */
export function marginRows(objective: SerialObjective, choice: RowChoice): MarginRows {
  return rowsFrom(objective, choice, rowData(objective, choice));
}

/** Several sets of the same rows, each to be moved by itself. */
export function marginRowSets(
  objective: SerialObjective,
  choice: RowChoice,
  sets: number,
): MarginRows[] {
  const data = rowData(objective, choice);
  return Array.from({ length: sets }, () => rowsFrom(objective, choice, data));
}

function rowData(objective: SerialObjective, choice: RowChoice): RowData {
  const { pairs, kinks } = choice;
  const count = pairs.length + kinks.length;
  return {
    inputs: gatherInputs(objective, choice),
    seeds: seedsOf(objective, pairs, count),
    scaled: layerBuffers(objective.network, count),
    partial: new Float64Array(kinks.length === 0 ? 0 : count ** 2),
  };
}

function rowsFrom(
  objective: SerialObjective,
  choice: RowChoice,
  { inputs, seeds, scaled, partial }: RowData,
): MarginRows {
  const { network } = objective;
  const { layers, pairs, kinks } = choice;
  const { offsets } = network;
  const margins = pairs.length;
  const count = margins + kinks.length;
  const last = layers.length - 1;
  const values = layerBuffers(network, count);
  const gradients = layerBuffers(network, count);
  seedGradients(gradients, seeds, margins, kinks, layers);
  const inputOf = (l: number) => (l === 0 ? inputs : values[l - 1]);
  const trained = layers.map((layer, l) => (layer.parameters > 0 ? l : -1)).filter((l) => l >= 0);
  // Kinks have entries in the layers up to their own.
  const rows = layers.map((_, l) => margins + kinks.filter(({ layer }) => layer >= l).length);
  const rowsOf = (l: number) => rows[l];
  let tangents: Tangents | undefined;
  const tangentsAlong = (phi: Float64Array, v: Float64Array) => {
    tangents ??= tangentBuffers(inputs, values, gradients);
    moveTangents(rows, margins, layers, offsets, phi, v, inputOf, gradients, tangents);
    return tangents;
  };

  return {
    margins,
    count,
    moveTo(phi) {
      for (let l = 0; l <= last; l++) {
        // What comes after a kink's own layer is nothing to it.
        const needed = rows[l + 1] ?? margins;
        layers[l].forward(needed, phi, offsets[l], inputOf(l), values[l]);
      }
      for (let l = last; l > 0; l--) {
        layers[l].inputGradient(
          rows[l], phi, offsets[l], values[l - 1], gradients[l], gradients[l - 1],
        ); // prettier-ignore
      }
    },
    marginsInto(into) {
      const { outputs } = network;
      for (let r = 0, p = 0; r < margins; r++) {
        let sum = 0;
        for (let o = 0; o < outputs; o++, p++) sum += seeds[p] * values[last][p];
        into[r] = sum;
      }
    },
    pullback(weights, into) {
      into.fill(0);
      for (const l of trained) {
        const rows = rowsOf(l);
        const { outputs } = layers[l];
        scaleRows(gradients[l], weights, rows, outputs, scaled[l]);
        layers[l].parameterGradient(0, rows, inputOf(l), scaled[l], into, offsets[l]);
      }
    },
    products(v, into) {
      into.fill(0);
      for (const l of trained) {
        layers[l].parameterProduct(rowsOf(l), inputOf(l), gradients[l], v, offsets[l], into);
      }
    },
    gram(into) {
      into.fill(0);
      for (const l of trained) {
        addBlock(rowsOf(l), count, partial, into, (rows, target) => {
          layers[l].tangentKernel(rows, inputOf(l), gradients[l], target);
        });
      }
    },
    turning(phi, v, chosen, into) {
      const tangents = tangentsAlong(phi, v);
      into.fill(0, 0, chosen.length ** 2);
      for (const l of trained) {
        const { inputs: width, outputs } = layers[l];
        const x = rowsAt(inputOf(l), width, chosen);
        const dx = l === 0 ? undefined : rowsAt(tangents.values[l - 1], width, chosen);
        const gy = rowsAt(gradients[l], outputs, chosen);
        const dgy = rowsAt(tangents.gradients[l], outputs, chosen);
        layers[l].tangentKernelChange(chosen.length, x, dx, gy, dgy, into);
      }
    },
    jacobian(into) {
      into.fill(0);
      for (const l of trained) {
        addRowGradients(layers[l], margins, inputOf(l), gradients[l], into, offsets[l]);
      }
    },
    jacobianChange(phi, v, into) {
      const tangents = tangentsAlong(phi, v);
      into.fill(0);
      for (const l of trained) {
        addRowTangents(layers[l], l, margins, inputOf(l), gradients[l], tangents, into, offsets[l]);
      }
    },
    values: (layer) => values[layer],
    gradients: (layer) => gradients[layer],
  };
}

/** Adds a layer's part of the rows to the rows of a matrix, from a column on. */
function addRowGradients(
  layer: Layer,
  rows: number,
  x: Float64Array,
  gy: Float64Array,
  into: Float64Array,
  column: number,
): void {
  const width = into.length / rows;
  for (let r = 0; r < rows; r++) {
    layer.parameterGradient(r, r + 1, x, gy, into, r * width + column);
  }
}

/** The chosen rows of a matrix with rows of `width` numbers: itself where they are all. */
function rowsAt(matrix: Float64Array, width: number, chosen: readonly number[]): Float64Array {
  if (chosen.length * width === matrix.length) return matrix;
  const found = new Float64Array(chosen.length * width);
  for (let i = 0, p = 0; i < chosen.length; i++) {
    for (let j = 0, q = chosen[i] * width; j < width; j++) found[p++] = matrix[q++];
  }
  return found;
}

/** Lets `add` add to a rows×rows matrix, which becomes the top left block of a count×count one. */
function addBlock(
  rows: number,
  count: number,
  partial: Float64Array,
  into: Float64Array,
  add: (rows: number, target: Float64Array) => void,
): void {
  if (rows === count) {
    add(rows, into);
    return;
  }
  const block = partial.subarray(0, rows * rows).fill(0);
  add(rows, block);
  for (let i = 0, p = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) into[i * count + j] += block[p++];
  }
}

function scaleRows(
  from: Float64Array,
  weights: Float64Array,
  rows: number,
  width: number,
  into: Float64Array,
): void {
  for (let r = 0, p = 0; r < rows; r++) {
    const weight = weights[r];
    for (let j = 0; j < width; j++, p++) into[p] = weight * from[p];
  }
}
