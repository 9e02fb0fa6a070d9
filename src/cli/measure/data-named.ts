import { makeDataset, subset, type Dataset } from '../../datasets/index.js';
import { shapeText, type ImageNetwork } from '../../networks/index.js';
import { imageSetNames } from '../../specs/image-sets.js';
import { buildDataset, type BuiltData } from '../../specs/index.js';
import { nodeReaders } from '../../specs/node/readers.js';
import { fromUsersFolder } from '../files.js';

/** Images to measure on, in the units that the network was trained in. */
export interface MeasuredData {
  readonly train: Dataset;
  readonly test: Dataset | undefined;
}

/** For each channel what is subtracted from its pixels and what they are divided by. */
export interface ChannelUnits {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/**
 * The data of a name or an .npz file, which holds `inputs` (n×…), `labels` (n whole numbers) and, if
 * there are test data, `test_inputs` and `test_labels`, or what `splitIn` knows them by. `most` limits the training images to the first so
 * many. Throws one sentence where there are none, or where they do not suit the network.
 */
export function dataNamed(
  text: string,
  network: ImageNetwork,
  units: ChannelUnits | undefined,
  most: number,
): MeasuredData {
  const { train, test } = readSplits(text, network);
  const few =
    most < train.examples
      ? subset(
          train,
          Array.from({ length: most }, (_, i) => i),
        )
      : train;
  const prepared = [few, test].map((data) => {
    if (!data) return undefined;
    requireSuited(data, network);
    return units ? inUnits(data, network, units) : data;
  });
  return { train: prepared[0]!, test: prepared[1] };
}

function readSplits(text: string, network: ImageNetwork): BuiltData {
  const known = imageSetNames.find((name) => name === text);
  if (known) return buildDataset({ kind: known }, nodeReaders());
  if (!text.endsWith('.npz')) {
    throw new Error(
      `--data is '${text}'; expected one of ${imageSetNames.join(', ')}, or an .npz file.`,
    );
  }
  const numberOfClasses = network.outputs === 1 ? 2 : network.outputs;
  const file = fromUsersFolder(text);
  const { image } = network;
  const isImage = image.height > 1 || image.width > 1;
  const form = { kind: 'npz' as const, file, numberOfClasses, ...(isImage && { image }) };
  return buildDataset(form, nodeReaders());
}

function requireSuited({ name, dimension, classes, image }: Dataset, network: ImageNetwork): void {
  const own = image ? shapeText(image) : `${dimension} numbers`;
  const fits = image ? own === shapeText(network.image) : dimension === network.inputs;
  const scores = classes === 2 ? 1 : classes;
  if (fits && scores === network.outputs) return;
  throw new Error(
    `--data: ${name} has images of ${own} in ${classes} classes; '${network.name}' takes ${shapeText(network.image)} and has ${network.outputs} scores.`,
  );
}

function inUnits(
  data: Dataset,
  { image }: ImageNetwork,
  { mean, deviation }: ChannelUnits,
): Dataset {
  const pixels = image.height * image.width;
  const inputs = data.inputs.map((value, k) => {
    const channel = Math.floor(k / pixels) % image.channels;
    return (value - mean[channel]) / deviation[channel];
  });
  const words = `minus ${mean.join(', ')}, divided by ${deviation.join(', ')}, channel by channel`;
  return makeDataset({ ...data, source: `${data.source}; ${words}`, inputs });
}
