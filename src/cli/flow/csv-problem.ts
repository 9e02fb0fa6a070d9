import { basename } from 'node:path';
import { buildDataset } from '../../specs/index.js';
import { expand } from '../../specs/expand.js';
import { parseSpec } from '../../specs/faults.js';
import { outputsOf } from '../../specs/network-sizes.js';
import { nodeReaders } from '../../specs/node/readers.js';
import type { PlainProblem } from '../../specs/plain-format.js';
import { flowFileFormat } from '../../specs/problem.js';
import type { CsvArguments } from './csv-arguments.js';
import { withFileName } from './with-file-name.js';
import { initialScale } from './network-shorthand.js';

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
): PlainProblem {
  const { label, columns, constant, seed } = args;
  const standardise = args.standardise ? 'each' : 'none';
  const data = { kind: 'csv', file: path, label, columns, standardise, constant } as const;
  const readers = nodeReaders();
  const built = buildDataset(data, readers);
  const { dimension, classes } = built.train;
  const network = args.network.entry(dimension, outputsOf(classes));
  const scale = args.scale ?? initialScale(network);
  const start = { kind: 'he', scale, seed } as const;
  const spec = { data, network, loss: args.loss, start, solver: { targets } };
  const name = basename(path);
  const entry = parseSpec(flowFileFormat, spec, name);
  const problem = withFileName(name, () => expand(entry, readers, built));
  return { ...problem, data: { ...problem.data!, seed } };
}
