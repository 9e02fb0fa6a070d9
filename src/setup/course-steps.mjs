/** The two steps behind `npm run course`: a virtual environment of its own, and nbgrader and JupyterHub in it. */
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { courseProxy, courseVenv, installerEnvironment, root } from './environment.mjs';
import { fingerprint } from './fingerprints.mjs';
import { requireNpm, requirePythonForEveryone } from './machine.mjs';
import { runLogged } from './processes.mjs';
import { ownVenvSteps } from './venv-step.mjs';

export const courseSteps = ownVenvSteps({
  name: 'course',
  title: 'Python environment for courses',
  packages: 'nbgrader and JupyterHub',
  folder: courseVenv,
  // The oldest Python that the pinned packages take.
  oldest: [3, 11],
  requirements: [join(root, 'src', 'setup', 'course', 'requirements.txt')],
  // On a class server students run it too.
  python: requirePythonForEveryone,
});

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
