/** Child processes: installers whose output goes to a log, and commands that own the terminal. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { root, stateFolder } from './environment.mjs';
import { noteInstaller } from './lock.mjs';
import { Sentence } from './sentence.mjs';

/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** @param {NodeJS.Signals} signal */
const statusOf = (signal) => 128 + constants.signals[signal];

/**
 * Runs `work` with signals going to `onSignal` instead of ending this process.
 * @template T
 * @param {(signal: NodeJS.Signals) => void} onSignal
 * @param {() => Promise<T>} work
 */
async function withSignals(onSignal, work) {
  const handlers = signals.map((signal) => /** @type {const} */ ([signal, () => onSignal(signal)]));
  for (const [signal, handler] of handlers) process.on(signal, handler);
  try {
    return await work();
  } finally {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} the exit status, 128 + n for a signal, as a shell counts
 */
function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve(signal ? statusOf(signal) : (status ?? 1)));
  });
}

/**
 * Runs an installer with its output in `.afterfit/logs`; when it fails, throws with the end of it.
 * @param {string} name the log's name
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [cwd]
 */
export async function runLogged(name, command, args, env, cwd = root) {
  const folder = join(stateFolder, 'logs');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.log`);
  const log = createWriteStream(file);
  log.write(`$ ${command} ${args.join(' ')}\n`);
  // Its own group, so that a signal to us can be passed to all that the installer started.
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  /** @type {NodeJS.Signals | null} */
  let stopped = null;
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    stopped = signal;
    killGroup(child.pid, signal);
  };
  const status = await withSignals(stop, () => {
    // Whoever reads of the installer in the lock may signal at once.
    noteInstaller(child.pid ?? 0);
    return ended(child);
  });
  noteInstaller(0);
  await new Promise((resolve) => log.end(resolve));
  if (stopped)
    throw new Sentence('Interrupted: the next run goes on from here.', statusOf(stopped));
  if (status !== 0) throw failed(name, status, file);
}

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function killGroup(pid, signal) {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // The group has ended by itself.
  }
}

/**
 * @param {string} name
 * @param {number} status
 * @param {string} file
 */
function failed(name, status, file) {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const shown = lines.slice(-40).join('\n');
  const where = relative(root, file);
  return new Sentence(
    `${shown}\n\nThe step "${name}" failed (status ${status}); ${where} has all of it.`,
  );
}

/**
 * Runs a command that owns the terminal, passing signals on, and gives its exit status.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, cwd?: string }} options
 */
export async function runAttached(command, args, { env, cwd = root }) {
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child itself; a second one would mean "at once" to JupyterLab.
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  return withSignals(pass, () => ended(child));
}
