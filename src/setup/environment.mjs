/** Where things lie in the project, and the environment its child processes run in. */
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's top folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The set-up's own folder: stamps, logs, and whatever Jupyter would put under the home folder. */
export const stateFolder = join(root, '.afterfit');

/** The virtual environment and the Python in it. */
export const venv = join(root, '.venv');
export const venvPython = join(venv, 'bin', 'python');

/** A second one, for the tools that `npm run bench` compares with; made when they are first asked for. */
export const benchVenv = join(stateFolder, 'bench-venv');
export const benchPython = join(benchVenv, 'bin', 'python');

/** A third one, for the workflow behind `npm run sweep`; made when a sweep is first run. */
export const sweepVenv = join(stateFolder, 'sweep-venv');
export const sweepPython = join(sweepVenv, 'bin', 'python');

/** A fourth one, for nbgrader and JupyterHub behind `npm run course`; made when a course is first asked for. */
export const courseVenv = join(stateFolder, 'course-venv');
export const coursePython = join(courseVenv, 'bin', 'python');

/** Where `npm run course -- serve` has its proxy, a program of Node's. */
export const courseProxy = join(stateFolder, 'course-proxy');

/** The compiler by its path: `node_modules/.bin/tsc` belongs to tslab and is an older one. */
export const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/**
 * Variables that make Jupyter, IPython and their kin keep their files in the project.
 * @returns {Record<string, string>}
 */
function ownFolders() {
  const at = (/** @type {string[]} */ ...parts) => join(stateFolder, ...parts);
  return {
    IPYTHONDIR: at('ipython'),
    JUPYTER_CONFIG_DIR: at('jupyter', 'config'),
    JUPYTER_DATA_DIR: at('jupyter', 'data'),
    JUPYTER_RUNTIME_DIR: at('jupyter', 'runtime'),
    JUPYTERLAB_SETTINGS_DIR: at('jupyter', 'lab', 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: at('jupyter', 'lab', 'workspaces'),
    MPLCONFIGDIR: at('matplotlib'),
    YARN_GLOBAL_FOLDER: at('yarn'),
  };
}

/**
 * The caller's environment without what would bend the project's Python.
 * @param {NodeJS.ProcessEnv} base
 * @param {string[]} first folders to put first on the path
 * @returns {NodeJS.ProcessEnv}
 */
function shared(base, first) {
  const environment = { ...base, ...ownFolders() };
  delete environment.PYTHONHOME;
  delete environment.PYTHONPATH;
  delete environment.JUPYTER_PATH;
  const rest = (base.PATH ?? '').split(delimiter).filter((part) => !first.includes(part));
  environment.PATH = [...first, ...rest].join(delimiter);
  environment.VIRTUAL_ENV = venv;
  environment.JUPYTER_PREFER_ENV_PATH = '1';
  environment.AFTERFIT_ROOT = root;
  return environment;
}

/**
 * For everything the project runs once it is set up: the command line, JupyterLab, the tests.
 * @param {NodeJS.ProcessEnv} [base]
 */
export function projectEnvironment(base = process.env) {
  return {
    // The kernel is started as `node` by its first line: it must be the Node that runs this.
    ...shared(base, [join(venv, 'bin'), dirname(process.execPath)]),
    XDG_CACHE_HOME: join(stateFolder, 'cache'),
    // TensorFlow's start-up remarks go to stderr, which a graded cell counts as a fault.
    TF_CPP_MIN_LOG_LEVEL: base.TF_CPP_MIN_LOG_LEVEL ?? '2',
  };
}

/**
 * For npm and pip, which keep the caches they have: a second project then installs from them.
 * @param {NodeJS.ProcessEnv} [base]
 */
export function installerEnvironment(base = process.env) {
  return {
    ...shared(base, [join(venv, 'bin')]),
    TMPDIR: join(stateFolder, 'tmp'),
    NO_UPDATE_NOTIFIER: '1',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INPUT: '1',
    // pip asks `rustc` for its version, and rustup's stand-in for it would make ~/.rustup.
    RUSTUP_HOME: join(stateFolder, 'rustup'),
  };
}
