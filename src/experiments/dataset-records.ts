import type { Dataset } from '../datasets/index.js';
import type { DatasetRecord, DatasetSummary } from '../records/index.js';

/** The data with their hash. */
export async function datasetRecord(data: Dataset): Promise<DatasetRecord> {
  return { ...data, sha256: await experimentHash(data) };
}

/** What a record keeps of data that are too large for it. */
export async function datasetSummary(data: Dataset): Promise<DatasetSummary> {
  const { name, source, examples, dimension, classes } = data;
  return { name, source, examples, dimension, classes, sha256: await experimentHash(data) };
}

const hashes = new WeakMap<Dataset, Promise<string>>();

/**
 * `datasetHash`, computed a single time for the data of an experiment, which nobody writes to: a training, its
 * control and the record ask for the same one.
 */
export function experimentHash(data: Dataset): Promise<string> {
  const known = hashes.get(data) ?? datasetHash(data);
  hashes.set(data, known);
  return known;
}

/** SHA-256 of the inputs' and then the labels' bytes (float64, little-endian), in hexadecimal digits. */
export async function datasetHash({
  inputs,
  labels,
}: Pick<Dataset, 'inputs' | 'labels'>): Promise<string> {
  const bytes = new DataView(new ArrayBuffer(8 * (inputs.length + labels.length)));
  inputs.forEach((value, i) => bytes.setFloat64(8 * i, value, true));
  labels.forEach((value, i) => bytes.setFloat64(8 * (inputs.length + i), value, true));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
