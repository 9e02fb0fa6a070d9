import { requireSerial } from '../networks/serial.js';
import type { Objective } from '../losses/objective.js';
import { layerBuffers } from '../networks/tape.js';
import type { Layer } from '../networks/layer.js';

/** A unit of the first layer, for one of the margin rows, whose preactivation is asked to stay zero. */
export interface KinkRow {
  /** Index into the margin rows. */
  readonly row: number;
  readonly unit: number;
}

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
   * φ moves by v, as the rows themselves see it. Zero for the kinks' rows, which do not depend on φ.
   */
  turning(phi: Float64Array, v: Float64Array, chosen: readonly number[], into: Float64Array): void;
  /** Output of the first layer at the last φ, margins×units. */
  preactivations(): Float64Array;
  /** Gradient of each margin with respect to the output of the second layer, margins×units. */
  activationGradients(): Float64Array;
}

/** What rows stand for: pairs of an objective, kinks, and the layers (some gated) to use. */
export interface RowChoice {
  /** Indices into the objective's margins. */
  readonly pairs: readonly number[];
  readonly kinks: readonly KinkRow[];
  readonly layers: readonly Layer[];
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
export function marginRows(objective: Objective, choice: RowChoice): MarginRows {
  return rowsFrom(objective, choice, rowData(objective, choice));
}

/** Several sets of the same rows, each to be moved by itself. */
export function marginRowSets(objective: Objective, choice: RowChoice, sets: number): MarginRows[] {
  const data = rowData(objective, choice);
  return Array.from({ length: sets }, () => rowsFrom(objective, choice, data));
}

function rowData(objective: Objective, choice: RowChoice): RowData {
  const { pairs, kinks } = choice;
  const count = pairs.length + kinks.length;
  return {
    inputs: gatherInputs(objective, choice),
    seeds: seedsOf(objective, pairs, count),
    scaled: layerBuffers(requireSerial(objective.network, 'The late flow'), count),
    partial: new Float64Array(kinks.length === 0 ? 0 : pairs.length ** 2),
  };
}

function rowsFrom(
  objective: Objective,
  choice: RowChoice,
  { inputs, seeds, scaled, partial }: RowData,
): MarginRows {
  const network = requireSerial(objective.network, 'The late flow');
  const { layers, pairs, kinks } = choice;
  const { offsets } = network;
  const margins = pairs.length;
  const count = margins + kinks.length;
  const last = layers.length - 1;
  const values = layerBuffers(network, count);
  const gradients = layerBuffers(network, count);
  gradients[last].set(seeds);
  // The gradient of a preactivation with respect to the first layer's output is a unit vector.
  kinks.forEach(({ unit }, k) => {
    gradients[0][(margins + k) * layers[0].outputs + unit] = 1;
  });
  const inputOf = (l: number) => (l === 0 ? inputs : values[l - 1]);
  const trained = layers.map((layer, l) => (layer.parameters > 0 ? l : -1)).filter((l) => l >= 0);
  // Kinks have entries in the first layer only.
  const rowsOf = (l: number) => (l === 0 ? count : margins);
  let tangents: Tangents | undefined;

  return {
    margins,
    count,
    moveTo(phi) {
      for (let l = 0; l <= last; l++) {
        layers[l].forward(margins, phi, offsets[l], inputOf(l), values[l]);
      }
      for (let l = last; l > 0; l--) {
        layers[l].inputGradient(
          margins, phi, offsets[l], values[l - 1], gradients[l], gradients[l - 1],
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
      tangents ??= {
        inputs: new Float64Array(inputs.length),
        values: layerBuffers(network, count),
        gradients: layerBuffers(network, count),
      };
      moveTangents(margins, layers, offsets, phi, v, inputOf, gradients, tangents);
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
    preactivations: () => values[0],
    activationGradients: () => gradients[1],
  };
}

/** Derivatives of the rows' activations and gradients along a direction; those of kinks stay zero. */
interface Tangents {
  readonly inputs: Float64Array;
  readonly values: readonly Float64Array[];
  readonly gradients: readonly Float64Array[];
}

function moveTangents(
  batch: number,
  layers: readonly Layer[],
  offsets: readonly number[],
  phi: Float64Array,
  v: Float64Array,
  inputOf: (l: number) => Float64Array,
  gradients: readonly Float64Array[],
  tangents: Tangents,
): void {
  const { values: dx, gradients: dgy } = tangents;
  const last = layers.length - 1;
  // prettier-ignore
  for (let l = 0; l <= last; l++) {
    layers[l].forwardTangent(
      batch, phi, v, offsets[l], inputOf(l), l === 0 ? tangents.inputs : dx[l - 1], dx[l],
    );
  }
  // The gradient at the last layer is constant: its derivative stays zero.
  // prettier-ignore
  for (let l = last; l > 0; l--) {
    layers[l].inputGradientTangent(
      batch, phi, v, offsets[l], inputOf(l), dx[l - 1], gradients[l], dgy[l], dgy[l - 1],
    );
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
  partial.fill(0);
  add(rows, partial);
  for (let i = 0, p = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) into[i * count + j] += partial[p++];
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

/** Inputs of the margin rows, then of the kink rows. */
function gatherInputs(objective: Objective, { pairs, kinks }: RowChoice): Float64Array {
  const { inputs, network, pairs: perExample } = objective;
  const width = network.inputs;
  const gathered = new Float64Array((pairs.length + kinks.length) * width);
  const copy = (pair: number, r: number) => {
    const from = Math.floor(pair / perExample) * width;
    gathered.set(inputs.subarray(from, from + width), r * width);
  };
  pairs.forEach(copy);
  kinks.forEach(({ row }, k) => {
    copy(pairs[row], pairs.length + k);
  });
  return gathered;
}

/** The linear map from each row's scores to its margin, count×outputs (zero for kinks). */
function seedsOf(objective: Objective, pairs: readonly number[], count: number): Float64Array {
  const { network, labels, classes, pairs: perExample } = objective;
  const { outputs } = network;
  const seeds = new Float64Array(count * outputs);
  pairs.forEach((pair, r) => {
    const label = labels[Math.floor(pair / perExample)];
    if (classes === 2) {
      seeds[r] = label;
      return;
    }
    // The other classes in increasing order, as in `marginMap`.
    const place = pair % perExample;
    const other = place < label ? place : place + 1;
    seeds[r * outputs + label] = 1;
    seeds[r * outputs + other] = -1;
  });
  return seeds;
}
