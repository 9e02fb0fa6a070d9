import {
  activationNamed,
  deep,
  denseNet,
  hAlexNet,
  imageNetwork,
  linearModel,
  resNet,
  twoLayer,
  type ImageNetwork,
  type ImageShape,
  type Network,
} from '../networks/index.js';
import type { DataShape } from './built.js';
import { faultText } from './faults.js';
import { denseKinds, type DenseNetworkEntry, type NetworkEntry } from './network.js';
import type { ImageNetworkEntry } from './image-network.js';
import { requireNetworkFits } from './network-checks.js';
import { outputsOf } from './network-sizes.js';

/** `buildNetwork` for a description that has been checked. */
export function networkOf(entry: NetworkEntry, data?: DataShape): Network {
  if (isDense(entry) && data) {
    requireNetworkFits(entry, data.dimension, outputsOf(data.classes), (path, value, expected) => {
      throw new Error(faultText(path, value, expected));
    });
  }
  return (BUILDERS[entry.kind] as Builder<NetworkEntry>)(entry, data);
}

/** The same for a network on images. */
export function imageNetworkOf(entry: ImageNetworkEntry, data?: DataShape): ImageNetwork {
  return (IMAGE_BUILDERS[entry.kind] as Builder<ImageNetworkEntry, ImageNetwork>)(entry, data);
}

type Entry<K extends NetworkEntry['kind']> = Extract<NetworkEntry, { kind: K }>;
type Builder<E, N = Network> = (entry: E, data: DataShape | undefined) => N;

const IMAGE_BUILDERS: {
  readonly [K in ImageNetworkEntry['kind']]: Builder<Entry<K>, ImageNetwork>;
} = {
  'h-alexnet': (entry, data) => hAlexNet({ ...entry, ...sizesOf(entry, data) }),
  resnet: (entry, data) => resNet({ ...entry, ...sizesOf(entry, data) }, entry),
  densenet: (entry, data) => denseNet({ ...entry, ...sizesOf(entry, data) }, entry),
  parts: (entry, data) => imageNetwork(entry.name, imageOf(entry, data), entry.parts),
};

const BUILDERS: { readonly [K in NetworkEntry['kind']]: Builder<Entry<K>> } = {
  ...IMAGE_BUILDERS,
  linear: (entry, data) => linearModel(inputsOf(entry, data), scoresOf(data)),
  deep: ({ widths, activation }) => deep(widths, activationNamed(activation)!),
  'two-layer': (entry, data) => {
    const { width, activation, fixed } = entry;
    return twoLayer(inputsOf(entry, data), width, activationNamed(activation)!, {
      outputs: scoresOf(data),
      fixedHidden: flat(fixed.hidden),
      fixedOutput: flat(fixed.output),
    });
  },
};

function isDense(entry: NetworkEntry): entry is DenseNetworkEntry {
  return (denseKinds as readonly string[]).includes(entry.kind);
}

function flat(rows: readonly number[][] | undefined): Float64Array | undefined {
  return rows && Float64Array.from(rows.flat());
}

function scoresOf(data: DataShape | undefined): number {
  return outputsOf(data?.classes ?? 2);
}

function inputsOf({ inputs }: { inputs?: number }, data: DataShape | undefined): number {
  const found = inputs ?? data?.dimension;
  if (found !== undefined) return found;
  throw new Error('network.inputs is missing; expected a whole number of at least 1.');
}

function imageOf({ image }: { image?: ImageShape | undefined }, data: DataShape | undefined) {
  const found = image ?? data?.image;
  if (found) return found;
  throw new Error(
    'network.image is missing; expected an object with channels, height and width, since the data have no shape of images.',
  );
}

function sizesOf(entry: Entry<'h-alexnet' | 'resnet' | 'densenet'>, data: DataShape | undefined) {
  const classes = entry.classes ?? data?.classes;
  if (classes === undefined) {
    throw new Error('network.classes is missing; expected a whole number of at least 2.');
  }
  return { image: imageOf(entry, data), classes: outputsOf(classes) };
}
