import { z } from 'zod';
import { activationNamed, activationNames, activationWords } from '../networks/index.js';
import { imageNetworkFormats, imageNetworkKinds } from './image-network.js';
import { kindError, object, oneOf, passedOver, rows, size } from './fields.js';

const activation = z
  .string({ error: activationWords })
  .refine((name) => activationNamed(name) !== undefined, { error: activationWords })
  .meta({
    description: `${activationWords}, with a leak from 0 to below 1 in place of LEAK.`,
    pattern: `^(${activationNames.join('|')}|leaky-relu\\((0|0?\\.\\d+)\\))$`,
  });
const bias = z
  .literal(false, { error: 'false: a constant among the inputs can stand for a bias' })
  .default(false)
  .describe('Biases end homogeneity: a constant among the inputs stands for them.');
const allTrained = z
  .undefined({ error: 'nothing, since all of this network is trained' })
  .optional();
const layers = "a list of 'hidden', 'output' or both";
const inputs = size
  .optional()
  .describe('Numbers of one example; left out, as many as the data have.');
/** The order of theta0 in words, which the reference files give. */
const parameters = passedOver.describe('A remark on the order of the weights.');

const twoLayer = object({
  kind: z.literal('two-layer').describe('Σⱼ aⱼ σ(wⱼ·x).'),
  inputs,
  width: size.describe('Hidden units.'),
  activation,
  bias,
  trained: z
    .array(oneOf(['hidden', 'output']), { error: layers })
    .min(1, { error: layers })
    .default(['hidden', 'output'])
    .describe('The layers that move.'),
  fixed: object(
    { hidden: rows.optional(), output: rows.optional() },
    "an object with 'hidden' or 'output'",
  )
    .default({})
    .describe('The weights of a layer that does not move, one row for each of its units.'),
  parameters,
});

const deep = object({
  kind: z.literal('deep').describe('Dense layers with activations between them, all trained.'),
  inputs,
  widths: z
    .array(size, { error: 'the sizes of all layers, from the inputs to the outputs' })
    .min(2, { error: 'at least the number of inputs and of outputs' })
    .describe('The sizes of all layers, from the inputs to the outputs.'),
  activation,
  bias,
  trained: allTrained,
  fixed: allTrained,
  parameters,
});

const linear = object({
  kind: z.literal('linear').describe('w·x.'),
  inputs,
  bias,
  trained: allTrained,
  fixed: allTrained,
  parameters,
});

/** Kinds of networks on plain numbers, homogeneous all of them. */
export const denseKinds = ['two-layer', 'deep', 'linear'] as const;
const denseFormats = [twoLayer, deep, linear] as const;

/** A network on plain numbers: what a flow takes. */
export const denseNetworkFormat = z
  .discriminatedUnion('kind', denseFormats, { error: kindError(denseKinds) })
  .describe('The network, homogeneous in its weights.');

/** A network of either sort. */
export const networkFormat = z
  .discriminatedUnion('kind', [...denseFormats, ...imageNetworkFormats], {
    error: kindError([...denseKinds, ...imageNetworkKinds]),
  })
  .describe('The network.');

/** A description of a network on plain numbers once it is checked and filled in. */
export type DenseNetworkEntry = z.output<typeof denseNetworkFormat>;
/** A description of either sort, checked and filled in. */
export type NetworkEntry = z.output<typeof networkFormat>;
