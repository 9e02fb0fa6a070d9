/**
 * The one step that the project can do without: TensorFlow's library, and the addon through which
 * @tensorflow/tfjs-node calls it. What the package's own installer would download lies on one host that
 * many networks do not reach; the library is the same in TensorFlow's wheel, which any mirror of PyPI has.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { installerEnvironment, root, stateFolder, venvPython } from './environment.mjs';
import { fingerprint } from './fingerprints.mjs';
import { isOnPath } from './machine.mjs';
import { runLogged } from './processes.mjs';
import { Sentence } from './sentence.mjs';

const setupFolder = join(root, 'src', 'setup');
const requirements = join(setupFolder, 'tensorflow.txt');
const version = /^tensorflow-cpu==([\d.]+)/m.exec(readFileSync(requirements, 'utf8'))?.[1] ?? '';

/** Made whole under another name and renamed, so its presence says that all of it is there. */
const unpacked = join(stateFolder, `tensorflow-${version}`);
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

const packageFolder = join(root, 'node_modules', '@tensorflow', 'tfjs-node');
const linkFolder = join(packageFolder, 'deps', 'lib');
const addon = join(packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node');

/** Node-API's headers as koffi's package carries them: a bare Node may come without its own. */
const nodeHeaders = join(root, 'node_modules', 'koffi', 'vendor', 'node-api-headers', 'include');

/** AFTERFIT_TFJS: `off` for no TensorFlow, `official` for the package's own installer, or nothing. */
const wanted = process.env.AFTERFIT_TFJS ?? '';

const again = '"npm run setup" tries again';

/** @param {string} why what is missing, as half a sentence */
const leftOut = (why) =>
  new Sentence(`TensorFlow is left out, and the float64 engine serves without it: ${why}.`);

/**
 * Runs one command of the step, in the package's folder.
 * @param {string} name the log's name
 * @param {string[]} command a program and its arguments
 * @param {string} why what its failure means
 * @param {NodeJS.ProcessEnv} [env]
 */
async function attempt(name, [program, ...args], why, env = installerEnvironment()) {
  try {
    await runLogged(name, program, args, env, packageFolder);
  } catch (error) {
    if (!(error instanceof Sentence) || error.status !== 1) throw error;
    const log = relative(root, join(stateFolder, 'logs', `${name}.log`));
    const differs = error.message.includes('DO NOT MATCH THE HASHES');
    const reason = differs ? `the wheel of TensorFlow ${version} has another checksum` : why;
    throw leftOut(`${reason}; ${log} has the details, and ${again}`);
  }
}

async function unpackWheel() {
  const downloads = join(stateFolder, 'tmp', 'tensorflow-wheel');
  const draft = join(stateFolder, 'tmp', 'tensorflow-draft');
  for (const folder of [downloads, draft]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  // Two tries of twenty seconds, not pip's minutes: this step may fail.
  const patience = ['--timeout', '20', '--retries', '1', '--progress-bar', 'off'];
  const fit = ['--only-binary', ':all:', '--python-version', '3.11', '--platform'];
  const options = ['--no-deps', '--require-hashes', ...fit, 'manylinux2014_x86_64', ...patience];
  const pip = [venvPython, '-m', 'pip', 'download', ...options, '-d', downloads];
  try {
    const unreachable = `the wheel of TensorFlow ${version} could not be downloaded`;
    await attempt('tensorflow-download', [...pip, '-r', requirements], unreachable);
    const unpack = [venvPython, join(setupFolder, 'unpack-tensorflow.py'), downloads, draft];
    await attempt('tensorflow-unpack', unpack, 'its wheel could not be unpacked, to 540 MB');
    renameSync(draft, unpacked);
  } finally {
    for (const folder of [downloads, draft]) rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} compiler */
async function buildAddon(compiler) {
  rmSync(join(packageFolder, 'deps'), { recursive: true, force: true });
  mkdirSync(linkFolder, { recursive: true });
  for (const name of libraries) {
    const target = relative(linkFolder, join(unpacked, 'tensorflow', name));
    symlinkSync(target, join(linkFolder, name));
  }
  mkdirSync(dirname(addon), { recursive: true });
  const draft = `${addon}.draft`;
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'];
  const command = [
    ...[compiler, '-std=c++17', '-O2', '-shared', '-fPIC', '-DNAPI_VERSION=8', '-o', draft],
    ...['-I', nodeHeaders, '-I', join(unpacked, 'tensorflow', 'include')],
    ...sources.map((name) => join(packageFolder, 'binding', name)),
    ...['-L', linkFolder, ...libraries.map((name) => `-l:${name}`)],
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
  ];
  await attempt('tensorflow-addon', command, 'its addon for Node could not be compiled');
  renameSync(draft, addon);
}

async function runOfficialInstaller() {
  for (const made of ['deps', 'lib']) {
    rmSync(join(packageFolder, made), { recursive: true, force: true });
  }
  const env = installerEnvironment();
  env.PATH = [join(root, 'node_modules', '.bin'), env.PATH].join(delimiter);
  const command = [process.execPath, join('scripts', 'install.js')];
  await attempt('tensorflow-official', command, "the package's own installer failed", env);
}

async function buildFromWheel() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const here = `${process.platform} on ${process.arch}`;
    throw leftOut(`its library is fetched for Linux on x64, and this is ${here}`);
  }
  const compiler = ['g++', 'c++', 'clang++'].find((name) => isOnPath(name));
  if (compiler === undefined) {
    const install = 'on Debian or Ubuntu "sudo apt install g++"';
    throw leftOut(
      `a C++ compiler is needed and none was found; install it, ${install}, and ${again}`,
    );
  }
  if (!existsSync(unpacked)) await unpackWheel();
  await buildAddon(compiler);
}

/** A first operation shows that library, addon and Node fit together. */
const firstOperation = [
  "const util = require('util');",
  'util.isNullOrUndefined ??= (value) => value == null;',
  'util.isArray ??= Array.isArray;',
  "if (require('.').add(1, 2).dataSync()[0] !== 3) process.exit(1);",
].join('\n');

async function install() {
  if (!existsSync(join(packageFolder, 'package.json'))) {
    throw leftOut(`npm left out the optional package @tensorflow/tfjs-node; ${again}`);
  }
  if (wanted !== '' && wanted !== 'official') {
    throw leftOut(`AFTERFIT_TFJS is "${wanted}"; expected "off", "official" or nothing`);
  }
  if (wanted === 'official') await runOfficialInstaller();
  else await buildFromWheel();
  const check = [process.execPath, '-e', firstOperation];
  const env = { ...installerEnvironment(), TF_CPP_MIN_LOG_LEVEL: '2' };
  try {
    await attempt('tensorflow-check', check, 'it was built and does not work on this machine', env);
  } catch (error) {
    rmSync(addon, { force: true });
    throw error;
  }
}

/** @type {import('./steps.mjs').Step} */
const tensorflow = {
  name: 'tensorflow',
  get title() {
    const download = wanted === '' && !existsSync(unpacked);
    return download ? 'TensorFlow (187 MB to download)' : 'TensorFlow';
  },
  problemFile: join(stateFolder, 'tensorflow-problem.txt'),
  inputs: () => fingerprint(['tensorflow', wanted, process.arch], [requirements]),
  isPresent: () =>
    existsSync(addon) && (wanted === 'official' || existsSync(join(linkFolder, libraries[0]))),
  async run() {
    try {
      await install();
    } catch (error) {
      throw error instanceof Sentence ? error : leftOut(/** @type {Error} */ (error).message);
    }
  },
};

/** None where it is switched off, so that switching it on again finds what was built before. */
export const tensorflowSteps = wanted === 'off' ? [] : [tensorflow];
