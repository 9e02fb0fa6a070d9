/**
 * The two TypeScript kernels as Jupyter finds them, the project's own and the one of the package tslab, and what
 * JupyterLab and nbconvert do with their notebooks.
 */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** How nbconvert makes pages and prints of notebooks: a template, and what it does with drawings for TeX. */
const pages = join(root, 'src', 'setup', 'jupyter', 'nbconvert');
const templates = join(venv, 'share', 'jupyter', 'nbconvert', 'templates');
const nbconvertConfig = join(venv, 'etc', 'jupyter', 'jupyter_nbconvert_config.json');
const conversion = {
  HTMLExporter: { template_name: 'afterfit' },
  // These two are kinds of that one, and have templates of their own.
  SlidesExporter: { template_name: 'reveal' },
  WebPDFExporter: { template_name: 'webpdf' },
  SVG2PDFPreprocessor: {
    command: [venvPython, join(pages, 'svg_to_pdf.py'), '{from_filename}', '{to_filename}'],
  },
};

function writePageTemplate() {
  rmSync(join(templates, 'afterfit'), { recursive: true, force: true });
  cpSync(join(pages, 'afterfit'), join(templates, 'afterfit'), { recursive: true });
  mkdirSync(dirname(nbconvertConfig), { recursive: true });
  writeFileSync(nbconvertConfig, `${JSON.stringify(conversion, null, 2)}\n`);
}

/** @type {import('./steps.mjs').Step} */
export const kernelStep = {
  name: 'kernel',
  title: 'TypeScript kernels for JupyterLab',
  inputs: () =>
    fingerprint(
      ['kernel', root, JSON.stringify([wanted, overrides, conversion])],
      [
        ...[join(venv, 'pyvenv.cfg'), join(venv, 'afterfit-python.txt')],
        ...filesUnder(logos, () => true),
        ...filesUnder(pages, () => true),
      ],
    ),
  isPresent: () =>
    Object.keys(wanted).every((name) => existsSync(join(kernels, name, 'kernel.json'))) &&
    [
      join(labSettings, 'overrides.json'),
      join(templates, 'afterfit', 'conf.json'),
      nbconvertConfig,
    ].every((path) => existsSync(path)),
  async run() {
    // Earlier versions took tslab's own installer, which adds a kernel for JavaScript.
    rmSync(join(kernels, 'jslab'), { recursive: true, force: true });
    for (const name of Object.keys(wanted)) await installKernel(name);
    writeLabSettings();
    writePageTemplate();
  },
};
