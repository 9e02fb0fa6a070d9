/** The project's commands: what `npm run <name>` does once its set-up is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureSetup, forgetProblems } from './ensure.mjs';
import { projectEnvironment, root, tsc, venvPython } from './environment.mjs';
import { runAttached } from './processes.mjs';
import { say } from './progress.mjs';
import { Sentence } from './sentence.mjs';
import { runCoverage, runTests } from './test-command.mjs';

/** @typedef {(args: string[]) => Promise<number>} Command */

/** @param {string[]} args a Node program, by its path, and its arguments */
const node = (args) => runAttached(process.execPath, args, { env: projectEnvironment() });

/**
 * A command that src/cli/commands.ts names.
 * @param {string} name
 * @returns {Command}
 */
function compiled(name) {
  return async (args) => {
    await ensureSetup();
    const main = join(root, 'dist', 'cli', 'main.js');
    if (!existsSync(main)) throw new Sentence('There is no src/cli/main.ts in this copy.');
    return node([main, name, ...args]);
  };
}

/** @type {Command} */
async function setup() {
  forgetProblems();
  if (!(await ensureSetup())) say('Everything is set up.');
  return 0;
}

/** @type {Command} */
async function build(args) {
  await ensureSetup({ only: ['packages'] });
  return (await ensureSetup({ only: ['build'] })) ? 0 : node([tsc, '-b', 'tsconfig.json', ...args]);
}

/** @type {Command} */
async function lab(args) {
  await ensureSetup();
  const notebooks = join(root, 'notebooks');
  const options = [
    `--ServerApp.root_dir=${notebooks}`,
    '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
  ];
  // In a container one is root, and Jupyter asks to be told that this is meant.
  if (process.getuid?.() === 0) options.push('--allow-root');
  const run = ['-m', 'jupyterlab', ...options, ...args];
  return runAttached(venvPython, run, { env: projectEnvironment(), cwd: notebooks });
}

const typedoc = join('node_modules', 'typedoc', 'bin', 'typedoc');

/**
 * The API reference, out of the docstrings; typedoc.json says of what and where to. A warning, such as
 * that of a link which leads nowhere, fails it.
 * @type {Command}
 */
async function docs(args) {
  await ensureSetup({ only: ['packages'] });
  return node([typedoc, ...args]);
}

const code = '**/*.{ts,mts,cts,js,mjs,cjs,json,yml,yaml}';
const prettier = join('node_modules', 'prettier', 'bin', 'prettier.cjs');
const knip = join('node_modules', 'knip', 'bin', 'knip.js');
const eslint = join('node_modules', 'eslint', 'bin', 'eslint.js');

/** @type {Command} */
async function lint(args) {
  await ensureSetup({ only: ['packages', 'build'] });
  const style = await node([prettier, '--check', '--log-level', 'warn', code]);
  const rules = await node([eslint, '--max-warnings', '0', '.', ...args]);
  const unused = await node([knip, '--no-progress']);
  return Math.max(style, rules, unused);
}

/** @type {Command} */
async function format(args) {
  await ensureSetup({ only: ['packages'] });
  return node([prettier, '--write', '--log-level', 'warn', code, ...args]);
}

/** @type {[string, Command][]} */
const own = [
  ['setup', setup],
  ['lab', lab],
  ['test', runTests],
  ['coverage', runCoverage],
  ['build', build],
  ['docs', docs],
  ['lint', lint],
  ['format', format],
];

/** @type {{ scripts: Record<string, string> }} */
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * All that package.json has a script for: the set-up's own, and those written in TypeScript.
 * @type {Map<string, Command>}
 */
export const commands = new Map([
  ...Object.keys(scripts).map((name) => /** @type {const} */ ([name, compiled(name)])),
  ...own,
]);
