/** The two steps behind `npm run course`: a virtual environment of its own, and nbgrader and JupyterHub in it. */
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  courseProxy,
  coursePython,
  courseVenv,
  installerEnvironment,
  root,
} from './environment.mjs';
import { fingerprint } from './fingerprints.mjs';
import { requireNpm, requirePythonForEveryone } from './machine.mjs';
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
  // On a class server students run it too.
  python: requirePythonForEveryone,
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

const proxyList = join(root, 'src', 'setup', 'course', 'proxy');
const proxyFiles = ['package.json', 'package-lock.json'];

/** npm writes it last. */
const proxyInstalled = join(courseProxy, 'node_modules', '.package-lock.json');

async function installProxy() {
  const npm = requireNpm();
  rmSync(courseProxy, { recursive: true, force: true });
  mkdirSync(courseProxy, { recursive: true });
  for (const file of proxyFiles) copyFileSync(join(proxyList, file), join(courseProxy, file));
  const args = [...npm.args, 'ci', '--no-audit', '--no-fund', '--ignore-scripts'];
  await runLogged('course-proxy', npm.command, args, installerEnvironment(), courseProxy);
}

/**
 * What the class server needs besides: the proxy in front of everybody's server.
 * @type {import('./steps.mjs').Step[]}
 */
export const classSteps = [
  ...courseSteps,
  {
    name: 'course-proxy',
    title: "JupyterHub's proxy",
    inputs: () =>
      fingerprint(
        [],
        proxyFiles.map((file) => join(proxyList, file)),
      ),
    isPresent: () => existsSync(proxyInstalled),
    run: installProxy,
  },
];
