/** The project's commands: what `npm run <name>` does once its set-up is there. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureSetup, forgetProblems } from './ensure.mjs';
import { projectEnvironment, root, tsc, venvPython } from './environment.mjs';
import { runAttached } from './processes.mjs';
import { say } from './progress.mjs';
import { Sentence } from './sentence.mjs';
import { runTests } from './test-command.mjs';

/** @typedef {(args: string[]) => Promise<number>} Command */

/** @param {string[]} args a Node program, by its path, and its arguments */
const node = (args) => runAttached(process.execPath, args, { env: projectEnvironment() });

/**
 * A command that src/cli holds, in TypeScript.
 * @param {string} name
 * @returns {Command}
 */
function compiled(name) {
  return async (args) => {
    await ensureSetup();
    const file = join(root, 'dist', 'cli', `${name}.js`);
    if (!existsSync(file)) throw new Sentence(`This version has no src/cli/${name}.ts yet.`);
    return node([file, ...args]);
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

const code = '**/*.{ts,mts,cts,js,mjs,cjs,json,yml,yaml}';
const prettier = join('node_modules', 'prettier', 'bin', 'prettier.cjs');
const eslint = join('node_modules', 'eslint', 'bin', 'eslint.js');

/** @type {Command} */
async function lint(args) {
  await ensureSetup({ only: ['packages', 'build'] });
  const style = await node([prettier, '--check', '--log-level', 'warn', code]);
  const rules = await node([eslint, '--max-warnings', '0', '.', ...args]);
  return Math.max(style, rules);
}

/** @type {Command} */
async function format(args) {
  await ensureSetup({ only: ['packages'] });
  return node([prettier, '--write', '--log-level', 'warn', code, ...args]);
}

/** @type {Map<string, Command>} */
export const commands = new Map([
  ['setup', setup],
  ['doctor', compiled('doctor')],
  ['reproduce', compiled('reproduce')],
  ['flow', compiled('flow')],
  ['train', compiled('train')],
  ['measure', compiled('measure')],
  ['bench', compiled('bench')],
  ['lab', lab],
  ['test', runTests],
  ['build', build],
  ['lint', lint],
  ['format', format],
]);
