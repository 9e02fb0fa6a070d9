import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../helpers/project-root.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { startClient, type ClientProcess } from './client-process.js';
import { converse, type Channel, type Conversation } from './conversation.js';
import type { Message } from './messages.js';
import { processTree, stillRunning, treeMemoryMB } from './processes.js';

/** How a kernel is started; the defaults are this checkout's kernel over TCP in a folder of its own. */
export interface StartOptions {
  readonly argv?: readonly string[];
  readonly name?: string;
  readonly transport?: 'tcp' | 'ipc';
  readonly key?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The kernel's working folder, which stays when the kernel is gone. */
  readonly folder?: string;
}

/** A running kernel and the means to talk to it, to damage it and to look at its processes. */
export interface LiveKernel extends Conversation {
  /** What messages are signed with. */
  readonly key: string;
  /** Where it runs. */
  readonly folder: string;
  /** What the client could not read: wrongly signed, not JSON. */
  readonly unreadable: readonly string[];
  /** The process that jupyter_client started. */
  pid(): number;
  /** Sends messages frame by frame as they are. */
  sendRaw(channel: Channel, messages: readonly (readonly Buffer[])[]): Promise<void>;
  /** Seconds that the heartbeat takes. */
  heartbeat(patience?: number): Promise<number>;
  isAlive(): Promise<boolean>;
  /** As a notebook's restart does: a shutdown request, and the same connection again. */
  restart(now?: boolean): Promise<void>;
  shutdown(now?: boolean): Promise<void>;
  /** Resident memory of all its processes. */
  memoryMB(): number;
  processes(): number[];
  /** What the kernel wrote on its own standard output and error. */
  log(): string;
  /** Ends the kernel and its client and removes its folder; throws where a process is left. */
  stop(): Promise<void>;
}

/** The kernel of this checkout as a kernelspec's argv. */
export function kernelArgv(): string[] {
  return [process.execPath, join(projectRoot(), 'dist', 'kernel', 'main.js'), '{connection_file}'];
}

/** Starts a kernel and waits until it answers. AFTERFIT_TEST_KERNEL names an installed one instead. */
export async function startKernel(options: StartOptions = {}): Promise<LiveKernel> {
  const own = temporaryFolder('kernel-');
  // A socket's path has about a hundred characters, wherever the project lies.
  const sockets = options.transport === 'ipc' ? mkdtempSync(join(tmpdir(), 'afterfit-')) : '';
  const log = join(own, 'kernel.log');
  const folder = options.folder ?? join(own, 'notebooks');
  mkdirSync(folder, { recursive: true });
  const unreadable: string[] = [];
  const client = startClient((event) => {
    if (event.event === 'unreadable') return void unreadable.push(event.error!);
    const { channel, time, message } = event as unknown as Message & { message: Message };
    hear({ ...message, channel, time });
  });
  const { conversation, hear } = converse(client);
  const name = options.name ?? (options.argv ? undefined : process.env.AFTERFIT_TEST_KERNEL);
  const remove = () => {
    for (const one of [own, sockets]) if (one) rmSync(one, { recursive: true, force: true });
  };
  try {
    const { pid, key } = await client.ask({
      do: 'start',
      ...(name === undefined ? { argv: options.argv ?? kernelArgv() } : { name }),
      cwd: folder,
      env: { ...process.env, ...options.environment },
      connectionFile: join(own, 'connection.json'),
      log,
      transport: options.transport ?? 'tcp',
      ip: sockets === '' ? undefined : join(sockets, 'k'),
      key: options.key,
    });
    await conversation.ready();
    const running = { pid: pid as number, key: key as string, folder, log, remove };
    return kernelOf(client, conversation, unreadable, running);
  } catch (error) {
    await client.close();
    const said = logOf(log);
    remove();
    throw said === '' ? error : new Error(`The kernel did not start: ${said}`, { cause: error });
  }
}

interface KernelProcess {
  pid: number;
  readonly key: string;
  readonly folder: string;
  readonly log: string;
  remove(): void;
}

function kernelOf(
  client: ClientProcess,
  conversation: Conversation,
  unreadable: readonly string[],
  running: KernelProcess,
): LiveKernel {
  return {
    ...conversation,
    key: running.key,
    folder: running.folder,
    unreadable,
    pid: () => running.pid,
    sendRaw: async (channel, raw) => {
      const messages = raw.map((frames) => frames.map((frame) => frame.toString('base64')));
      await client.ask({ do: 'raw', channel, messages });
    },
    heartbeat: async (patience = 5) =>
      (await client.ask({ do: 'heartbeat', patience })).seconds as number,
    isAlive: async () => (await client.ask({ do: 'alive' })).alive as boolean,
    restart: async (now = false) => {
      running.pid = (await client.ask({ do: 'restart', now })).pid as number;
      await conversation.ready();
    },
    shutdown: async (now = false) => void (await client.ask({ do: 'shutdown', now })),
    memoryMB: () => treeMemoryMB(running.pid),
    processes: () => processTree(running.pid),
    log: () => logOf(running.log),
    stop: () => stopped(client, running),
  };
}

async function stopped(client: ClientProcess, { pid, remove }: KernelProcess): Promise<void> {
  const pids = processTree(pid);
  await client.close();
  for (const until = Date.now() + 3000; stillRunning(pids).length > 0; await sleep(50)) {
    if (Date.now() < until) continue;
    const left = stillRunning(pids);
    for (const one of left) process.kill(one, 'SIGKILL');
    throw new Error(`Processes of the kernel outlived it: ${left.join(', ')}.`);
  }
  remove();
}

function logOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim().split('\n').slice(-20).join('\n');
  } catch {
    return '';
  }
}
