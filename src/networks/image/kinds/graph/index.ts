import { normaliseKind, rowMeanKind, softmaxKind } from './along-rows.js';
import { gatherKind } from './gather.js';
import { groupedConvolutionKind } from './grouped-convolution.js';
import { constantKind, parameterKind } from './parameter.js';
import { pointwiseKind } from './pointwise.js';
import { matrixProductKind, productKind } from './product.js';
import { windowMaxKind, windowMeanKind } from './windows.js';

/** The nodes that only a graph made elsewhere has: no part of a description becomes one of them. */
export const GRAPH_KINDS = [
  gatherKind,
  parameterKind,
  constantKind,
  pointwiseKind,
  productKind,
  matrixProductKind,
  normaliseKind,
  softmaxKind,
  rowMeanKind,
  groupedConvolutionKind,
  windowMaxKind,
  windowMeanKind,
] as const;

/** One of them. */
export type GraphNode = Parameters<(typeof GRAPH_KINDS)[number]['operation']>[0];
