import { basename } from 'node:path';
import {
  appendConstant,
  centerAndScale,
  readCsvDataset,
  type CsvDataset,
  type Dataset,
} from '../../datasets/index.js';
import { initialise } from '../../networks/index.js';
import { randomStream } from '../../numerics/index.js';
import type { CsvArguments } from './csv-arguments.js';
import { initialScale } from './network-shorthand.js';
import { outputsOf } from './problem-checks.js';
import { problemIn } from './problem-file.js';
import type { ProblemFile } from './problem-format.js';
import { networkOf } from './problem.js';

/** α to report at where nothing else is said. */
const TARGETS = [10, 100, 1000, 10_000, 100_000];

/**
 * The problem that a table and a few words make. Throws one sentence with the line of the file where
 * the table cannot be used.
 */
export function problemFromCsv(
  path: string,
  args: CsvArguments,
  targets: readonly number[] = TARGETS,
): ProblemFile {
  const name = basename(path);
  const table = readCsvDataset(path, { label: args.label, columns: args.columns });
  requireVarying(table, args.constant, path);
  requireNoContradiction(table, path);
  const scaled = args.standardise ? centerAndScale(table.dataset) : undefined;
  const plain = scaled?.dataset ?? table.dataset;
  const dataset = args.constant ? appendConstant(plain) : plain;
  const { classes, dimension, labels } = dataset;
  const problem = problemIn(
    {
      network: args.network.entry(dimension, outputsOf(classes)),
      loss: args.loss,
      classes,
      targets,
      inputs: rowsOf(dataset),
      labels: [...labels],
      theta0: [1],
      data: {
        file: name,
        columns: [...table.columns, ...(args.constant ? ['constant 1'] : [])],
        label: table.labelColumn,
        labels: table.labelMapping,
        // New inputs become (x − mean)/deviation.
        ...(scaled && { mean: [...scaled.shift], deviation: [...scaled.scale] }),
        seed: args.seed,
      },
    },
    name,
  );
  const network = networkOf(problem.network, classes);
  const stream = randomStream(args.seed).split('initialisation');
  const scale = args.scale ?? initialScale(problem.network);
  return { ...problem, theta0: [...initialise(network, 'he', stream, scale)] };
}

function rowsOf({ inputs, examples, dimension }: Dataset): number[][] {
  return Array.from({ length: examples }, (_, i) =>
    Array.from(inputs.subarray(i * dimension, (i + 1) * dimension)),
  );
}

/** A column that never changes tells nothing, and twice so beside the constant input. */
function requireVarying({ dataset, columns }: CsvDataset, constant: boolean, path: string): void {
  const { inputs, dimension } = dataset;
  const level = columns.findIndex((_, j) =>
    inputs.every((value, k) => k % dimension !== j || value === inputs[j]),
  );
  if (level < 0 || (!constant && inputs[level] !== 0)) return;
  throw new Error(
    `${path}, column '${columns[level]}': expected values that differ, found ${inputs[level]} on every line; leave the column out with --columns.`,
  );
}

/** No network can give one input two labels. */
function requireNoContradiction({ dataset, lines }: CsvDataset, path: string): void {
  const { inputs, labels, dimension } = dataset;
  const seen = new Map<string, number>();
  labels.forEach((label, i) => {
    const key = inputs.subarray(i * dimension, (i + 1) * dimension).join();
    const first = seen.get(key) ?? i;
    seen.set(key, first);
    if (labels[first] === label) return;
    throw new Error(
      `${path}, lines ${lines[first]} and ${lines[i]}: expected one label for equal inputs, found two; no network can separate them.`,
    );
  });
}
