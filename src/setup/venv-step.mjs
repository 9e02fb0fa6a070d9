/** The steps that make a virtual environment of its own for tools that few commands ask for, and fill it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installerEnvironment, root, stateFolder } from './environment.mjs';
import { fingerprint } from './fingerprints.mjs';
import { requirePython } from './machine.mjs';
import { runLogged } from './processes.mjs';

/**
 * @param {object} parts
 * @param {string} parts.name
 * @param {string} parts.title
 * @param {string} parts.folder where the environment is to lie
 * @param {number[]} parts.oldest major and minor of the oldest Python that will do
 * @param {string[]} parts.requirements files that say what is to go in
 * @param {typeof requirePython} [parts.python] the Python to make it from
 * @returns {import('./steps.mjs').Step & { originFile: string }}
 */
function venvStep({ name, title, folder, oldest, requirements, python = requirePython }) {
  // Written last, so its presence says that the environment was made whole, and from which Python.
  const originFile = join(folder, 'afterfit-python.txt');
  return {
    name,
    title,
    originFile,
    inputs: () => fingerprint([name, root], requirements),
    isPresent() {
      if (!existsSync(originFile) || !existsSync(join(folder, 'bin', 'python'))) return false;
      const wanted = process.env.AFTERFIT_PYTHON;
      return !wanted || readFileSync(originFile, 'utf8').split('\n').includes(wanted);
    },
    async run() {
      const { executable, version } = python(oldest);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(join(stateFolder, 'tmp'), { recursive: true });
      await runLogged(name, executable, ['-m', 'venv', folder], installerEnvironment());
      const asked = process.env.AFTERFIT_PYTHON ?? '';
      writeFileSync(originFile, `${version.join('.')}\n${executable}\n${asked}\n`);
    },
  };
}

/**
 * An environment of its own, and the packages in it.
 * @param {object} parts
 * @param {string} parts.name begins the names of both steps
 * @param {string} parts.title of the environment
 * @param {string} parts.packages title of what goes into it
 * @param {string} parts.folder where the environment is to lie
 * @param {number[]} parts.oldest major and minor of the oldest Python that will do
 * @param {string[]} parts.requirements files that say what is to go in; of the first, every hash is asked for
 * @param {string[]} [parts.wheels] pip's options on what may be built
 * @param {(pip: (log: string, args: string[]) => Promise<void>) => Promise<void>} [parts.more] installs what else there is
 * @param {typeof requirePython} [parts.python] the Python to make it from
 * @returns {import('./steps.mjs').Step[]}
 */
export function ownVenvSteps({ name, title, packages, wheels = onlyWheels, more, ...parts }) {
  const { folder, requirements } = parts;
  const environment = venvStep({ name: `${name}-python`, title, ...parts });
  // Written last, so its presence says that the packages are all there.
  const installedFile = join(folder, 'afterfit-installed.txt');
  const python = join(folder, 'bin', 'python');
  /** @type {(log: string, args: string[]) => Promise<void>} */
  const pip = (log, args) => {
    const install = ['-m', 'pip', 'install', ...wheels, '--progress-bar', 'off', ...args];
    return runLogged(log, python, install, installerEnvironment());
  };
  return [
    environment,
    {
      name: `${name}-packages`,
      title: packages,
      inputs: () => fingerprint([environment.inputs()], [environment.originFile]),
      isPresent: () => existsSync(installedFile),
      async run() {
        await pip(`${name}-packages`, ['--require-hashes', '-r', requirements[0]]);
        await more?.(pip);
        writeFileSync(installedFile, `${new Date().toISOString()}\n`);
      },
    },
  ];
}

const onlyWheels = ['--only-binary', ':all:'];
