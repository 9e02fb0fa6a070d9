import { exampleMargins, type Objective } from '../losses/index.js';
import { requireDegree } from '../networks/degree.js';
import { isImageNetwork } from '../networks/image/image-network.js';
import type { Network } from '../networks/serial.js';
import { norm, quantile } from '../numerics/vectors.js';
import { logFrobenius, logProduct, logSpectral } from './norm-product.js';

/** Something to divide margins by, so that networks of different size can be compared. */
export interface Normaliser {
  readonly name: string;
  /** One sentence: what dividing by it takes away, and what it does not. */
  readonly why: string;
  /** Logarithm of the number at θ: products of norms overflow long before their logarithms do. */
  logValue(objective: Objective, theta: Float64Array): number;
}

/** ‖θ‖^L. */
export const normPower: Normaliser = {
  name: 'norm',
  why: 'The scores of a network of degree L grow like ‖θ‖^L, and divided by it margins can be compared along a run.',
  logValue: ({ network }, theta) =>
    requireDegree(network.degree, "The normaliser 'norm'") * Math.log(norm(theta)),
};

/** Π ‖W‖_F along the network. */
export const frobeniusProduct: Normaliser = {
  name: 'frobenius',
  why: "The scores do not change when one layer's weights grow and another's shrink by the same factor, nor does the product of the layers' Frobenius norms.",
  logValue: ({ network }, theta) => logProduct(network, theta, logFrobenius),
};

/** Π ‖W‖_2 along the network. */
export const spectralProduct: Normaliser = {
  name: 'spectral',
  why: "The product of the layers' spectral norms bounds how fast scores change with the input, up to a constant for convolutions, which are taken as filters × window.",
  logValue: ({ network }, theta) => logProduct(network, theta, logSpectral),
};

/** Π ‖W‖_F from the last batch norm on. */
export const frobeniusTail: Normaliser = {
  ...frobeniusProduct,
  why: 'Batch norm hides the size of what precedes it: scores grow with its own scale and the Frobenius norms of the layers after it, and these are what is multiplied.',
};

/** Π ‖W‖_2 from the last batch norm on. */
export const spectralTail: Normaliser = {
  ...spectralProduct,
  why: 'Batch norm hides the size of what precedes it: scores grow with the largest entry of its scale and the spectral norms of the layers after it, and these are what is multiplied.',
};

/** The median of the absolute margins. */
export const medianMargin: Normaliser = {
  name: 'median',
  why: 'Divided by the median of its absolute values a distribution keeps its shape only, whatever the network is.',
  logValue: (objective, theta) =>
    Math.log(quantile(marginsOf(objective, theta).map(Math.abs), 0.5)),
};

/**
 * The normalisers that make sense for a network: ‖θ‖^L where it has a degree, products of layer norms
 * (after batch norm those of its tail only), and the median margin for any.
 */
export function normalisersFor(network: Network): Normaliser[] {
  const normalised = isImageNetwork(network) && network.statistics > 0;
  return [
    ...(network.degree.homogeneous ? [normPower] : []),
    ...(normalised ? [frobeniusTail, spectralTail] : [frobeniusProduct, spectralProduct]),
    medianMargin,
  ];
}

/**
 * Each example's smallest margin at θ, divided by the normaliser: a new array of one number for each
 * example. Throws a sentence where the normaliser needs a degree and the network has none.
 */
export function normalisedMargins(
  objective: Objective,
  theta: Float64Array,
  normaliser: Normaliser,
): Float64Array {
  const shrink = Math.exp(-normaliser.logValue(objective, theta));
  return marginsOf(objective, theta).map((margin) => shrink * margin);
}

function marginsOf(objective: Objective, theta: Float64Array): Float64Array {
  return exampleMargins(objective.margins(theta), objective.pairs);
}
