/** The two steps behind `npm run sweep`: a virtual environment of its own, and the workflow engine in it. */
import { join } from 'node:path';
import { root, sweepVenv } from './environment.mjs';
import { ownVenvSteps } from './venv-step.mjs';

export const sweepSteps = ownVenvSteps({
  name: 'sweep',
  title: 'Python environment for sweeps',
  packages: 'Snakemake, its executor for Slurm, and DuckDB',
  folder: sweepVenv,
  // The oldest Python that the pinned Snakemake takes.
  oldest: [3, 11],
  requirements: [join(root, 'src', 'setup', 'sweep', 'requirements.txt')],
  // The one package without a wheel is a single file of Python.
  wheels: ['--only-binary', ':all:', '--no-binary', 'connection-pool'],
});
