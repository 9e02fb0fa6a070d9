import { z } from 'zod';
import { smallAlexNetForm, smallDenseNetForm, smallResNetForm } from '../networks/index.js';
import { flag, kindError, object, positive, size, wholeFrom, word } from './fields.js';
import { partsFormat } from './parts.js';

/** Channels, rows and columns of an image. */
export const shapeFormat = object(
  { channels: size, height: size, width: size },
  'an object with channels, height and width',
);
const image = shapeFormat.optional().describe('Left out, the shape of the images of the data.');
const classes = wholeFrom(2).optional().describe('Left out, as many as the data have.');
const bias = flag
  .default(true)
  .describe('A bias in the dense layer, and in convolutions if there is no batch norm.');
const batchNorm = flag.default(true);
const firstStride = size.describe('Stride of the first convolution.');

const hAlexNet = object({
  kind: z.literal('h-alexnet').describe('AlexNet without biases, homogeneous.'),
  image,
  classes,
  convolutions: z
    .array(object({ filters: size, kernel: size, pool: flag }), {
      error: 'a list of objects with filters, kernel and pool',
    })
    .default([...smallAlexNetForm.convolutions])
    .describe('`pool`: a max pool of 2×2 follows.'),
  hidden: z
    .array(size, { error: 'a list of numbers of units' })
    .default([...smallAlexNetForm.hidden])
    .describe('Units of the dense layers before the last.'),
});
const resNet = object({
  kind: z.literal('resnet').describe('A residual network of basic blocks.'),
  image,
  classes,
  firstStride: firstStride.default(smallResNetForm.firstStride),
  widths: z
    .array(size, { error: 'a list of numbers of filters' })
    .min(1, { error: 'at least one stage' })
    .default([...smallResNetForm.widths])
    .describe('Filters of each stage.'),
  blocks: size.default(smallResNetForm.blocks).describe('Blocks in each stage.'),
  bias,
  batchNorm,
});
const denseNet = object({
  kind: z.literal('densenet').describe('A densely connected network with bottlenecks.'),
  image,
  classes,
  firstStride: firstStride.default(smallDenseNetForm.firstStride),
  growth: size.default(smallDenseNetForm.growth).describe('Channels that a layer adds.'),
  layers: z
    .array(size, { error: 'a list of numbers of layers' })
    .min(1, { error: 'at least one block' })
    .default([...smallDenseNetForm.layers])
    .describe('Layers of each block.'),
  compression: positive
    .default(smallDenseNetForm.compression)
    .describe('Share of the channels that go on to the next block.'),
  bias,
  batchNorm,
});

const parts = object({
  kind: z.literal('parts').describe('The parts one after the other.'),
  name: word.default('parts').describe('What messages call the network.'),
  image,
  parts: partsFormat,
});

/** Kinds of networks on images. */
export const imageNetworkKinds = ['h-alexnet', 'resnet', 'densenet', 'parts'] as const;
/** The forms of networks on images, in the order of their kinds. */
export const imageNetworkFormats = [hAlexNet, resNet, denseNet, parts] as const;
/** A network on images: what a training takes. */
export const imageNetworkFormat = z
  .discriminatedUnion('kind', imageNetworkFormats, { error: kindError(imageNetworkKinds) })
  .describe('The network, on images.');

/** A description of a network on images once it is checked and filled in. */
export type ImageNetworkEntry = z.output<typeof imageNetworkFormat>;
