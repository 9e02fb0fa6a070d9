import { requireSerial, type Network } from '../networks/index.js';
import { spectralNorm } from '../numerics/spectral-norm.js';
import { norm } from '../numerics/vectors.js';
import { isWeights, valuesOf } from './layers.js';

/** What a margin bound needs beside the network: the training inputs' norm ‖X‖_F, their number, a margin. */
export interface MarginSetting {
  /** (Σ ‖xᵢ‖²)^½. */
  readonly inputNorm: number;
  readonly examples: number;
  /** A margin γ > 0 that every training example has. */
  readonly margin: number;
}

/** Bounds hold with probability 1 − this over the draw of the training examples. */
export const BOUND_FAILS = 0.01;

/**
 * Σⱼ |aⱼ| ‖wⱼ‖ over the units of a two-layer network x ↦ Σ aⱼ σ(wⱼ·x): at most ½ ‖θ‖², where |aⱼ| = ‖wⱼ‖ for
 * each unit. Throws a sentence for other networks, and for biases.
 */
export function pathNorm(network: Network, theta: Float64Array): number {
  const { blocks, outputs } = requireSerial(network, 'A path norm');
  if (blocks.length !== 2 || outputs !== 1 || !blocks.every(isWeights)) {
    throw new Error(
      `A path norm needs two layers of weights and one score; '${network.name}' has others.`,
    );
  }
  const [hidden, output] = blocks.map((block) => valuesOf(block, theta));
  const [{ rows, columns }] = blocks;
  let sum = 0;
  for (let j = 0; j < rows; j++) {
    sum += Math.abs(output[j]) * norm(hidden.subarray(j * columns, (j + 1) * columns));
  }
  return sum;
}

/**
 * 4 B ‖X‖_F/(γ n) + 3 (log(2/δ)/2n)^½ with the path norm B and δ = 0.01: for two-layer ReLU networks a bound on the
 * probability of an error, by the Rademacher complexity 2 B ‖X‖_F/n of all networks of path norm ≤ B and the
 * 1/γ-Lipschitz ramp, for B and γ that were fixed beforehand; the union over their values would add a logarithm.
 * Above 1 it says nothing. (As in Bartlett & Mendelson 2002 and Neyshabur, Tomioka & Srebro 2015, arXiv
 * 1503.00036.) Infinity where the margin is not positive.
 */
export function pathBound(network: Network, theta: Float64Array, setting: MarginSetting): number {
  const { inputNorm, examples, margin } = setting;
  if (!(margin > 0)) return Infinity;
  const complexity = (4 * pathNorm(network, theta) * inputNorm) / (margin * examples);
  return complexity + 3 * Math.sqrt(Math.log(2 / BOUND_FAILS) / (2 * examples));
}

/**
 * ‖X‖_F R/(γ n) with R = Π ‖W_k‖₂ · (Σ (‖W_k‖₂,₁/‖W_k‖₂)^⅔)^{3/2}, where ‖W‖₂,₁ adds up the norms of the rows: the
 * leading term of the spectrally normalized margin bound of Bartlett, Foster & Telgarsky 2017 (arXiv 1706.08498)
 * for 1-Lipschitz activations and reference matrices 0, without its constants and logarithms. Infinity where the
 * margin is not positive.
 */
export function spectralTerm(
  network: Network,
  theta: Float64Array,
  { inputNorm, examples, margin }: MarginSetting,
): number {
  if (!(margin > 0)) return Infinity;
  const blocks = requireSerial(network, 'A spectral bound').blocks.filter(isWeights);
  let product = 1;
  let sum = 0;
  for (const block of blocks) {
    const values = valuesOf(block, theta);
    const { rows, columns } = block;
    const spectral = spectralNorm(rows, columns, values);
    let rowNorms = 0;
    for (let j = 0; j < rows; j++) {
      rowNorms += norm(values.subarray(j * columns, (j + 1) * columns));
    }
    product *= spectral;
    sum += (rowNorms / spectral) ** (2 / 3);
  }
  return (inputNorm * product * sum ** 1.5) / (margin * examples);
}
