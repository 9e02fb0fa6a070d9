/** The two TypeScript kernels as Jupyter finds them: the project's own, and the one of the package tslab. */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installerEnvironment, root, stateFolder, venv, venvPython } from './environment.mjs';
import { filesUnder, fingerprint } from './fingerprints.mjs';
import { runLogged } from './processes.mjs';

const kernels = join(venv, 'share', 'jupyter', 'kernels');
const labSettings = join(venv, 'share', 'jupyter', 'lab', 'settings');
const logos = join(root, 'src', 'setup', 'jupyter', 'kernel');

/**
 * Kernelspecs by name. They name this very Node: JupyterLab may be started from a shell that finds
 * another one first, whose native modules would not fit.
 * @type {Record<string, { spec: object, logos: boolean }>}
 */
const wanted = {
  tslab: {
    spec: {
      argv: [process.execPath, join(root, 'dist', 'kernel', 'main.js'), '{connection_file}'],
      display_name: 'TypeScript',
      language: 'typescript',
      interrupt_mode: 'message',
      kernel_protocol_version: '5.4',
      metadata: { debugger: false },
    },
    logos: true,
  },
  'tslab-stock': {
    spec: {
      argv: [
        ...[process.execPath, join(root, 'node_modules', 'tslab', 'bin', 'tslab')],
        ...['kernel', '--config-path', '{connection_file}'],
      ],
      display_name: 'TypeScript (stock tslab)',
      language: 'typescript',
      metadata: { debugger: false },
    },
    logos: false,
  },
};

/**
 * Only the virtual environment learns of the kernel; the user's own Jupyter does not.
 * @param {string} name
 */
async function installKernel(name) {
  const draft = join(stateFolder, 'tmp', `kernel-${name}`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    if (wanted[name].logos) cpSync(logos, draft, { recursive: true });
    writeFileSync(join(draft, 'kernel.json'), `${JSON.stringify(wanted[name].spec, null, 2)}\n`);
    const app = ['-m', 'jupyter_client.kernelspecapp', 'install', '--sys-prefix', '--replace'];
    const args = [...app, '--name', name, draft];
    await runLogged(`kernel-${name}`, venvPython, args, installerEnvironment());
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** JupyterLab asks nobody for news or updates, and breaks lines of code that a narrow window would cut off. */
const overrides = {
  '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
  '@jupyterlab/notebook-extension:tracker': {
    codeCellConfig: { lineNumbers: false, lineWrap: true },
  },
};

function writeLabSettings() {
  mkdirSync(labSettings, { recursive: true });
  writeFileSync(join(labSettings, 'overrides.json'), `${JSON.stringify(overrides, null, 2)}\n`);
}

/** @type {import('./steps.mjs').Step} */
export const kernelStep = {
  name: 'kernel',
  title: 'TypeScript kernels for JupyterLab',
  inputs: () =>
    fingerprint(
      ['kernel', root, JSON.stringify([wanted, overrides])],
      [
        ...[join(venv, 'pyvenv.cfg'), join(venv, 'afterfit-python.txt')],
        ...filesUnder(logos, () => true),
      ],
    ),
  isPresent: () =>
    Object.keys(wanted).every((name) => existsSync(join(kernels, name, 'kernel.json'))) &&
    existsSync(join(labSettings, 'overrides.json')),
  async run() {
    // Earlier versions took tslab's own installer, which adds a kernel for JavaScript.
    rmSync(join(kernels, 'jslab'), { recursive: true, force: true });
    for (const name of Object.keys(wanted)) await installKernel(name);
    writeLabSettings();
  },
};
