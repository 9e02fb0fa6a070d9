/** The step that makes a virtual environment of its own for tools that few commands ask for. */
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
export function venvStep({ name, title, folder, oldest, requirements, python = requirePython }) {
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
