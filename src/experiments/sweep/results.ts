import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readWhole } from '../../files/read.js';
import { decodeSweep, type SweepTable } from '../../records/index.js';

/** The results that come with the project, each beside the file that describes its sweep. */
const KEPT = new URL('../../../docs/sweeps/', import.meta.url);

/**
 * The results of a sweep: those kept in docs/sweeps by the sweep's name, or a file of `npm run sweep` by its path.
 * What is kept has the columns that the sweep's study reads, and no others. Throws one sentence where there are none.
 */
export async function readSweep(named: string): Promise<SweepTable> {
  const path = keptSweepFile(named) ?? named;
  return decodeSweep(readWhole(path), path);
}

/** The file of the results that come with the project; undefined where those of this sweep do not. */
export function keptSweepFile(name: string): string | undefined {
  const kept = fileURLToPath(new URL(`${name}.parquet`, KEPT));
  return !name.includes('/') && existsSync(kept) ? kept : undefined;
}
