import { notHomogeneous } from '../../degree.js';
import { addBlock, addNode, numbered, type Draft } from '../draft.js';
import { batchNormOperation } from '../float64/batch-norm.js';
import type { BatchNormNode } from '../nodes.js';
import { blockSlot } from '../slots.js';
import type { ImageLayerKind } from './kind.js';

/** What `batchNorm` describes; ε > 0 is added to variances. */
export interface BatchNormPart {
  readonly kind: 'batch-norm';
  readonly epsilon: number;
}

/** (x − mean)/√(variance + ε)·scale + shift for each channel, over a batch's images and pixels. */
export function batchNorm(epsilon = 1e-5): BatchNormPart {
  return { kind: 'batch-norm', epsilon };
}

function addBatchNorm(draft: Draft, { epsilon }: BatchNormPart, from: number): number {
  const { shape } = draft.nodes[from];
  const name = numbered(draft, 'batch norm');
  if (!(epsilon > 0)) {
    throw new Error(`${name} of '${draft.name}': ε is ${epsilon}; expected a positive number.`);
  }
  const { channels } = shape;
  const scale = addBlock(draft, {
    name: `${name} scale`,
    rows: channels,
    columns: 1,
    initially: 1,
  });
  const shift = addBlock(draft, {
    name: `${name} shift`,
    rows: channels,
    columns: 1,
    initially: 0,
  });
  const statisticsAt = draft.statistics;
  draft.statistics += 2 * channels;
  const node: BatchNormNode = {
    kind: 'batch-norm',
    inputs: [from],
    epsilon,
    scale,
    shift,
    statisticsAt,
    shape,
  };
  const degree = notHomogeneous(`${name} divides by the size of its input and adds a shift`);
  return addNode(draft, node, degree);
}

/** Batch norm, for every engine and count. */
export const batchNormKind: ImageLayerKind<BatchNormPart, BatchNormNode> = {
  part: 'batch-norm',
  node: 'batch-norm',
  format: { epsilon: { takes: 'positive', default: 1e-5 } },
  add: addBatchNorm,
  operation: (node, { wiring, statistics }) => batchNormOperation(node, wiring, statistics),
  memory: 'own',
  forgotten: true,
  // With frozen statistics.
  addsDegree: 1,
  slots({ scale, shift, statisticsAt }) {
    const shape = [scale.rows];
    const name = scale.name.replace(/ scale$/, '');
    const into = 'statistics';
    return [
      blockSlot(scale, shape, 'weight'),
      blockSlot(shift, shape, 'bias'),
      { name: `${name} mean`, shape, suffix: 'running_mean', offset: statisticsAt, into },
      {
        name: `${name} variance`,
        shape,
        suffix: 'running_var',
        offset: statisticsAt + scale.rows,
        into,
      },
    ];
  },
  statistics: ({ statisticsAt, shape }) => ({ at: statisticsAt, channels: shape.channels }),
  // It takes away the size of its input.
  logSize: ({ scale }, _inputs, sizeOf) => sizeOf(scale),
};
