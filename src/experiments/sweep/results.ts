import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readWhole } from '../../files/read.js';
import { decodeSweep, type SweepTable } from '../../records/index.js';

/** The results that come with the project, each beside the file that describes its sweep. */
const KEPT = new URL('../../../docs/sweeps/', import.meta.url);

/**
 * The results of a sweep: those kept in docs/sweeps by the sweep's name, or a file of `npm run sweep` by its path.
 * Throws one sentence where there are none.
 */
export async function readSweep(named: string): Promise<SweepTable> {
  const kept = fileURLToPath(new URL(`${named}.parquet`, KEPT));
  const path = !named.includes('/') && existsSync(kept) ? kept : named;
  return decodeSweep(readWhole(path), path);
}
