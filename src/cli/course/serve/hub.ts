import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Seconds that the hub is given to answer, and to end with everybody's servers. */
const STARTING = 90;
const ENDING = 40;
const LINES_SHOWN = 15;

/** A port nobody listens on; `wanted`, or any. Undefined where somebody listens on `wanted`. */
export function freePort(wanted = 0): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

/** How JupyterHub is started. */
export interface HubStart {
  readonly python: string;
  readonly config: string;
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly log: string;
  readonly port: number;
}

/**
 * Runs JupyterHub until `stop` is given or it ends by itself; `onReady` is called when people can log in.
 * Throws the end of its log where it ends by itself.
 */
export async function runHub(
  { python, config, env, folder, log, port }: HubStart,
  stop: AbortSignal,
  onReady: () => void,
): Promise<void> {
  const out = openSync(log, 'a', 0o600);
  const child = spawn(python, ['-m', 'jupyterhub', '-f', config], {
    cwd: folder,
    env,
    stdio: ['ignore', out, out],
    // Ctrl-C of the terminal reaches this process alone, which ends the hub in order.
    detached: true,
  });
  closeSync(out);
  const ended = new Promise<'ended'>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve('ended'));
  });
  const stopped = new Promise<'stopped'>((resolve) => {
    if (stop.aborted) resolve('stopped');
    stop.addEventListener('abort', () => resolve('stopped'));
  });
  const ready = answers(port, stop);
  const first = await Promise.race([ended, stopped, ready]);
  if (first === 'ready') onReady();
  const last = first === 'ready' ? await Promise.race([ended, stopped]) : first;
  if (last === 'ended') throw new Error(fault(log, 'JupyterHub ended'));
  await end(child, ended);
  if (last === 'late') throw new Error(fault(log, `JupyterHub did not answer in ${STARTING} s`));
}

/** Comes back as soon as the hub says that it is well. */
async function answers(port: number, stop: AbortSignal): Promise<'ready' | 'late'> {
  const until = Date.now() + STARTING * 1000;
  while (Date.now() < until && !stop.aborted) {
    try {
      const { ok } = await fetch(`http://127.0.0.1:${port}/hub/health`);
      if (ok) return 'ready';
    } catch {
      // Nobody listens yet.
    }
    await sleep(250);
  }
  return 'late';
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const late = new AbortController();
  const patience = sleep(ENDING * 1000, 'late', { signal: late.signal }).catch(() => 'ended');
  const first = await Promise.race([ended, patience]);
  late.abort();
  if (first !== 'late') return;
  child.kill('SIGKILL');
  await ended;
}

function fault(log: string, what: string): string {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LINES_SHOWN);
  return `${lines.join('\n')}\n${what}; ${log} has all of it.`;
}
