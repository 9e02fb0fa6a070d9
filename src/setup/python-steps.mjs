/** The steps that make the project's Python: its virtual environment, and what pip puts in. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installerEnvironment, root, stateFolder, venv, venvPython } from './environment.mjs';
import { filesUnder, fingerprint } from './fingerprints.mjs';
import { requirePython } from './machine.mjs';
import { runLogged } from './processes.mjs';

const requirements = join(root, 'src', 'setup', 'requirements.txt');

/** Written last, so its presence says that the environment was made whole, and from which Python. */
const originFile = join(venv, 'afterfit-python.txt');

/** What makes the environment of use: where it lies (its scripts hold that) and what goes in. */
const inputs = () => fingerprint(['python', root], [requirements]);

function isWhole() {
  // existsSync follows the link, so a Python that was removed or upgraded away is noticed.
  if (!existsSync(originFile) || !existsSync(venvPython)) return false;
  const wanted = process.env.AFTERFIT_PYTHON;
  return !wanted || readFileSync(originFile, 'utf8').split('\n').includes(wanted);
}

async function createVenv() {
  const { executable, version } = requirePython();
  rmSync(venv, { recursive: true, force: true });
  mkdirSync(join(stateFolder, 'tmp'), { recursive: true });
  await runLogged('python', executable, ['-m', 'venv', venv], installerEnvironment());
  const asked = process.env.AFTERFIT_PYTHON ?? '';
  writeFileSync(originFile, `${version.join('.')}\n${executable}\n${asked}\n`);
}

/** The project's own package of Python: papermill's parameters as TypeScript. */
const ownPackage = join(root, 'src', 'setup', 'jupyter', 'python');
const ownPackageFile = join(venv, 'afterfit-papermill.txt');

async function installPackages() {
  const options = ['--require-hashes', '--only-binary', ':all:', '--progress-bar', 'off'];
  const args = ['-m', 'pip', 'install', ...options, '-r', requirements];
  await runLogged('python-packages', venvPython, args, installerEnvironment());
}

/** Built with what is installed already, so that nothing is asked of the network. */
async function installOwnPackage() {
  const here = ['--no-index', '--no-deps', '--no-build-isolation', '--progress-bar', 'off'];
  const args = ['-m', 'pip', 'install', ...here, '--force-reinstall', ownPackage];
  await runLogged('papermill', venvPython, args, installerEnvironment());
  writeFileSync(ownPackageFile, `${new Date().toISOString()}\n`);
}

/** @type {import('./steps.mjs').Step[]} */
export const pythonSteps = [
  { name: 'python', title: 'Python environment', inputs, isPresent: isWhole, run: createVenv },
  {
    name: 'python-packages',
    title: 'Python packages',
    inputs: () => fingerprint([inputs()], [originFile]),
    isPresent: () => existsSync(join(venv, 'bin', 'jupyter-lab')),
    run: installPackages,
  },
  {
    name: 'papermill',
    title: 'TypeScript parameters for papermill',
    inputs: () =>
      fingerprint(
        [inputs()],
        [originFile, ...filesUnder(ownPackage, (name) => /\.(py|toml)$/.test(name))],
      ),
    isPresent: () => existsSync(ownPackageFile),
    run: installOwnPackage,
  },
];
