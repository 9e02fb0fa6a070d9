import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectRoot } from '../../native/index.js';
import { fromUsersFolder } from '../files.js';
import { choice, flag, path, whole, withDefault } from '../option.js';

/** Who runs the batches. */
const executors = ['local', 'slurm'] as const;

/** What `npm run sweep` can be told. */
export const sweepOptions = {
  jobs: whole('N', 'batches at a time: processes here (default 2), or jobs of a cluster (100)', 1),
  executor: withDefault(
    choice('NAME', 'who runs the batches: local (default) or slurm', executors),
    'local',
  ),
  profile: path(
    'DIR',
    "folder of a Snakemake profile: a cluster's partition, account and limits",
    'a folder',
  ),
  out: path('DIR', 'folder for all that is written (default out/sweeps/NAME)', 'a folder'),
  batch: whole('N', 'runs of one batch (default: what the sweep says)', 1),
  judge: flag(
    'says what the results that are there say: those in --out, or else those that come with the project',
  ),
  'dry-run': flag('says what there is to be done, and does nothing'),
  'batch-file': path(
    'FILE',
    'runs one batch and nothing else; this is what each job does',
    'a file of a batch',
  ),
};

/** Where the sweeps that come with the project lie. */
const SWEEPS = join(projectRoot, 'docs', 'sweeps');

/** The names of the sweeps that come with the project. */
export function knownSweeps(): string[] {
  return readdirSync(SWEEPS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'));
}

/** The file of a sweep: one of the project's by its name, or any by its path. Throws a sentence for neither. */
export function sweepSource(named: string): string {
  const known = join(SWEEPS, `${named}.json`);
  if (!named.includes('/') && !named.endsWith('.json') && existsSync(known)) return known;
  const path = fromUsersFolder(named);
  if (existsSync(path)) return path;
  throw new Error(
    `There is no sweep '${named}'; expected a file, or one of ${knownSweeps().join(', ')}.`,
  );
}
