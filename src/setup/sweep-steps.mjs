/** The two steps behind `npm run sweep`: a virtual environment of its own, and the workflow engine in it. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installerEnvironment, root, sweepPython, sweepVenv } from './environment.mjs';
import { fingerprint } from './fingerprints.mjs';
import { runLogged } from './processes.mjs';
import { venvStep } from './venv-step.mjs';

/** The oldest Python that the pinned Snakemake takes. */
const oldestPython = [3, 11];

const requirements = join(root, 'src', 'setup', 'sweep', 'requirements.txt');

/** Written last, so its presence says that the packages are all there. */
const installedFile = join(sweepVenv, 'afterfit-installed.txt');

const environment = venvStep({
  name: 'sweep-python',
  title: 'Python environment for sweeps',
  folder: sweepVenv,
  oldest: oldestPython,
  requirements: [requirements],
});

async function installPackages() {
  // The one package without a wheel is a single file of Python.
  const wheels = ['--only-binary', ':all:', '--no-binary', 'connection-pool'];
  const pip = ['-m', 'pip', 'install', ...wheels, '--progress-bar', 'off'];
  const hashed = [...pip, '--require-hashes', '-r', requirements];
  await runLogged('sweep-packages', sweepPython, hashed, installerEnvironment());
  writeFileSync(installedFile, `${new Date().toISOString()}\n`);
}

/** @type {import('./steps.mjs').Step[]} */
export const sweepSteps = [
  environment,
  {
    name: 'sweep-packages',
    title: 'Snakemake, its executor for Slurm, and DuckDB',
    inputs: () => fingerprint([environment.inputs()], [environment.originFile]),
    isPresent: () => existsSync(installedFile),
    run: installPackages,
  },
];
