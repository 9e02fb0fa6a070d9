/** What the machine must have, each checked with one sentence for the case that it has not. */
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Sentence } from './sentence.mjs';

const oldestNode = [20, 19];
const oldestPython = [3, 10];
// requirements.txt was resolved for these; a newer Python is taken only where none of them is.
const newestTestedPython = [3, 14];

const installPython =
  'on Debian or Ubuntu "sudo apt install python3 python3-venv", on macOS "brew install python@3.13"';

/**
 * @param {number[]} a
 * @param {number[]} b
 */
function before(a, b) {
  return a[0] !== b[0] ? a[0] < b[0] : a[1] < b[1];
}

/**
 * @param {string} [version]
 * @param {string} [platform]
 */
export function requireNode(version = process.versions.node, platform = process.platform) {
  if (platform === 'win32') {
    throw new Sentence('On Windows afterfit runs inside WSL: start it from a WSL terminal.');
  }
  const [major, minor] = version.split('.').map(Number);
  if (before([major, minor], oldestNode)) {
    throw new Sentence(
      `Node 20.19 or newer is needed and this is ${version}: install a current one from https://nodejs.org.`,
    );
  }
}

/**
 * @param {string} name
 * @param {string} [path]
 */
export function isOnPath(name, path = process.env.PATH ?? '') {
  return path.split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));
}

/**
 * How to call npm: the one that started us, or the one on the path.
 * @returns {{ command: string, args: string[] }}
 */
export function requireNpm() {
  const started = process.env.npm_execpath;
  if (started?.endsWith('npm-cli.js') && existsSync(started)) {
    return { command: process.execPath, args: [started] };
  }
  if (!isOnPath('npm')) {
    throw new Sentence(
      'npm is needed and was not found: install Node with its npm from https://nodejs.org.',
    );
  }
  return { command: 'npm', args: [] };
}

/**
 * @typedef {object} Python
 * @property {string} executable
 * @property {number[]} version major and minor
 * @property {boolean} makesVenvs
 */

/**
 * @param {string} command
 * @returns {Python | null}
 */
function probe(command) {
  const code = [
    'import sys, importlib.util as u',
    'ok = all(u.find_spec(m) is not None for m in ("venv", "ensurepip"))',
    'print(sys.executable, sys.version_info[0], sys.version_info[1], int(ok), sep="\\n")',
  ].join('\n');
  const { status, stdout } = spawnSync(command, ['-c', code], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (status !== 0) return null;
  const [executable, major, minor, venvs] = stdout.trim().split('\n');
  return { executable, version: [Number(major), Number(minor)], makesVenvs: venvs === '1' };
}

/** @returns {Python[]} every Python the path offers, the plain name first */
function pythonsOnPath() {
  const names = ['python3'];
  for (let minor = newestTestedPython[1]; minor >= oldestPython[1]; minor -= 1) {
    names.push(`python3.${minor}`);
  }
  names.push('python');
  return names.flatMap((name) => {
    const found = isOnPath(name) ? probe(name) : null;
    return found ? [found] : [];
  });
}

/**
 * Whether every user of the machine may enter a file's folders and start it.
 * @param {string} file
 */
function isForEveryone(file) {
  const paths = [realpathSync(file)];
  while (dirname(paths[0]) !== paths[0]) paths.unshift(dirname(paths[0]));
  return paths.every((path) => (statSync(path).mode & 0o001) !== 0);
}

/**
 * The Python for an environment that other users of the machine run as well: root takes one that is open to
 * everyone, where there is one. AFTERFIT_PYTHON overrules that.
 * @param {number[]} [oldest] major and minor of the oldest that will do
 * @returns {Python}
 */
export function requirePythonForEveryone(oldest = oldestPython) {
  if (process.env.AFTERFIT_PYTHON || process.getuid?.() !== 0) return requirePython(oldest);
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const files = folders.map((folder) => join(folder, 'python3'));
  const open = files
    .filter((file) => existsSync(file) && isForEveryone(file))
    .flatMap((file) => {
      const found = probe(file);
      return found?.makesVenvs && !before(found.version, oldest) ? [found] : [];
    });
  return open.at(0) ?? requirePython(oldest);
}

/** @param {Python} python */
function requireVenv(python) {
  if (python.makesVenvs) return python;
  const [major, minor] = python.version;
  throw new Sentence(
    `Python ${major}.${minor} is here without its venv module: install it, on Debian or Ubuntu with "sudo apt install python3-venv".`,
  );
}

/**
 * The Python to build a virtual environment from: AFTERFIT_PYTHON, or the first fitting one.
 * @param {number[]} [oldest] major and minor of the oldest that will do
 * @returns {Python}
 */
export function requirePython(oldest = oldestPython) {
  const needed = `Python ${oldest.join('.')} or newer`;
  const wanted = process.env.AFTERFIT_PYTHON;
  const candidates = wanted ? [probe(wanted)].filter((found) => found !== null) : pythonsOnPath();
  if (wanted && candidates.length === 0) {
    throw new Sentence(
      `AFTERFIT_PYTHON is "${wanted}", which does not run as a Python: set it to one.`,
    );
  }
  if (candidates.length === 0) {
    throw new Sentence(`${needed} is needed and none was found: install it, ${installPython}.`);
  }
  const fitting = candidates.filter((python) => !before(python.version, oldest));
  if (fitting.length === 0) {
    const found = candidates[0].version.join('.');
    throw new Sentence(`${needed} is needed and this is ${found}: install it, ${installPython}.`);
  }
  const tested = fitting.filter((python) => !before(newestTestedPython, python.version));
  const order = [...tested, ...fitting];
  return requireVenv(order.find((python) => python.makesVenvs) ?? order[0]);
}
