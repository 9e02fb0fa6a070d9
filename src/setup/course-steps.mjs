/** The two steps behind `npm run course`: a virtual environment of its own, and nbgrader and JupyterHub in it. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coursePython, courseVenv, installerEnvironment, root } from './environment.mjs';
import { fingerprint } from './fingerprints.mjs';
import { runLogged } from './processes.mjs';
import { venvStep } from './venv-step.mjs';

/** The oldest Python that the pinned packages take. */
const oldestPython = [3, 11];

const requirements = join(root, 'src', 'setup', 'course', 'requirements.txt');

/** Written last, so its presence says that the packages are all there. */
const installedFile = join(courseVenv, 'afterfit-installed.txt');

const environment = venvStep({
  name: 'course-python',
  title: 'Python environment for courses',
  folder: courseVenv,
  oldest: oldestPython,
  requirements: [requirements],
});

async function installPackages() {
  const pip = ['-m', 'pip', 'install', '--only-binary', ':all:', '--progress-bar', 'off'];
  const hashed = [...pip, '--require-hashes', '-r', requirements];
  await runLogged('course-packages', coursePython, hashed, installerEnvironment());
  writeFileSync(installedFile, `${new Date().toISOString()}\n`);
}

/** @type {import('./steps.mjs').Step[]} */
export const courseSteps = [
  environment,
  {
    name: 'course-packages',
    title: 'nbgrader and JupyterHub',
    inputs: () => fingerprint([environment.inputs()], [environment.originFile]),
    isPresent: () => existsSync(installedFile),
    run: installPackages,
  },
];
