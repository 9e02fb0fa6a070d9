import type { CsvDataset } from '../datasets/csv.js';

/** A column that never changes tells nothing, and twice so beside the constant input. */
export function requireVarying(
  { dataset, columns }: CsvDataset,
  constant: boolean,
  file: string,
): void {
  const { inputs, dimension } = dataset;
  const level = columns.findIndex((_, j) =>
    inputs.every((value, k) => k % dimension !== j || value === inputs[j]),
  );
  if (level < 0 || (!constant && inputs[level] !== 0)) return;
  throw new Error(
    `${file}, column '${columns[level]}': expected values that differ, found ${inputs[level]} on every line; leave the column out with --columns.`,
  );
}

/** No network can give one input two labels. */
export function requireNoContradiction({ dataset, lines }: CsvDataset, file: string): void {
  const { inputs, labels, dimension } = dataset;
  const seen = new Map<string, number>();
  labels.forEach((label, i) => {
    const key = inputs.subarray(i * dimension, (i + 1) * dimension).join();
    const first = seen.get(key) ?? i;
    seen.set(key, first);
    if (labels[first] === label) return;
    throw new Error(
      `${file}, lines ${lines[first]} and ${lines[i]}: expected one label for equal inputs, found two; no network can separate them.`,
    );
  });
}
