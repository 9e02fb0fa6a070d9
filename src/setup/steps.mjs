/** The steps of the set-up, in order. Each knows its inputs, how to tell that its result is there, and how to make it. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildStep } from './build-step.mjs';
import { installerEnvironment, root, stateFolder, tsc } from './environment.mjs';
import { fingerprint } from './fingerprints.mjs';
import { kernelStep } from './kernel-step.mjs';
import { requireNpm } from './machine.mjs';
import { runLogged } from './processes.mjs';
import { pythonSteps } from './python-steps.mjs';
import { tensorflowSteps } from './tensorflow-steps.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title what the progress line says
 * @property {() => string} inputs the fingerprint of all that the result depends on
 * @property {() => boolean} isPresent a quick look whether the result is still there
 * @property {() => Promise<void>} run
 * @property {string} [problemFile] for a step that the project can do without: keeps the sentence that
 *   says why it failed, and while it lies there the step is not tried again
 */

const lockfile = join(root, 'package-lock.json');

/** Whether `npm ci` ended: npm writes this file last. */
const packagesFile = join(root, 'node_modules', '.package-lock.json');

/**
 * What a package.json asks for; its scripts and descriptions may change without an installation.
 * @param {string} folder
 */
function dependenciesIn(folder) {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, optionalDependencies, workspaces } = manifest;
  return JSON.stringify({ dependencies, devDependencies, optionalDependencies, workspaces });
}

/** @type {Step} */
const packages = {
  name: 'packages',
  title: 'npm packages',
  inputs() {
    const machine = [process.versions.modules, process.platform, process.arch];
    const asked = [dependenciesIn('.'), dependenciesIn('notebooks')];
    return fingerprint([...machine, ...asked], [lockfile, join(root, '.npmrc')]);
  },
  isPresent: () => existsSync(packagesFile) && existsSync(tsc),
  async run() {
    const npm = requireNpm();
    mkdirSync(join(stateFolder, 'tmp'), { recursive: true });
    const args = [...npm.args, 'ci', '--no-audit', '--no-fund', '--ignore-scripts'];
    await runLogged('packages', npm.command, args, installerEnvironment());
  },
};

/** @type {Step[]} */
export const steps = [packages, ...pythonSteps, buildStep, kernelStep, ...tensorflowSteps];
