import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killGroup } from '../../src/kernel/kill-group.js';
import { projectRoot } from '../helpers/project-root.js';

/** A running JupyterLab of the project. */
export interface LabServer {
  /** Where a file of its folder is opened. */
  address(file: string): string;
  /** Where a path of the server's REST interface is, such as `kernelspecs`. */
  api(path: string): string;
  stop(): Promise<void>;
}

/** The modules of Python that are servers for notebooks, and how each names its settings' folder. */
const SETTINGS = { jupyterlab: 'LabApp', notebook: 'JupyterNotebookApp' } as const;

const PATIENCE = 60_000;

/**
 * Starts JupyterLab, or Notebook, on `folder`, with workspaces and settings of its own beside it, so that
 * those of the person who runs the tests stay as they are.
 */
export async function startLab(
  folder: string,
  environment: Readonly<Record<string, string>>,
  module: keyof typeof SETTINGS = 'jupyterlab',
): Promise<LabServer> {
  const port = await freePort();
  const token = 'afterfit-test';
  const server = spawn(
    join(projectRoot(), '.venv', 'bin', 'python'),
    [
      '-m',
      module,
      '--no-browser',
      ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
      `--ServerApp.root_dir=${folder}`,
      `--ServerApp.port=${port}`,
      '--ServerApp.port_retries=0',
      `--IdentityProvider.token=${token}`,
      `--${SETTINGS[module]}.user_settings_dir=${quietSettings(folder)}`,
      `--${SETTINGS[module]}.workspaces_dir=${join(folder, 'workspaces')}`,
    ],
    // A group of its own, which can be ended as a whole.
    { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let log = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  }
  const stopAtOnce = () => killGroup(server, 'SIGKILL');
  process.once('exit', stopAtOnce);
  const stop = async () => {
    await stopped(server);
    process.off('exit', stopAtOnce);
  };
  try {
    await answering(`http://127.0.0.1:${port}/api/status?token=${token}`, server);
  } catch (error) {
    await stop();
    throw new Error(`${module} did not start: ${log.trim().split('\n').slice(-5).join(' ')}`, {
      cause: error,
    });
  }
  return {
    api: (path) => `http://127.0.0.1:${port}/api/${path}?token=${token}`,
    address: (file) => `http://127.0.0.1:${port}/lab/tree/${file}?token=${token}&reset`,
    stop,
  };
}

/** Settings under which JupyterLab does not ask whether it may fetch news. */
function quietSettings(folder: string): string {
  const settings = join(folder, 'settings');
  const extension = join(settings, '@jupyterlab', 'apputils-extension');
  mkdirSync(extension, { recursive: true });
  const text = JSON.stringify({ fetchNews: 'false', checkForUpdates: false });
  writeFileSync(join(extension, 'notification.jupyterlab-settings'), text);
  return settings;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function answering(address: string, server: ChildProcess): Promise<void> {
  for (const until = Date.now() + PATIENCE; Date.now() < until; await sleep(200)) {
    if (server.exitCode !== null) throw new Error(`It ended with status ${server.exitCode}.`);
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error(`It did not answer within ${PATIENCE / 1000} s.`);
}

/** Asks the whole group to end, so that JupyterLab ends its kernels; insists after ten seconds. */
async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('close', resolve));
  killGroup(server, 'SIGTERM');
  const insist = setTimeout(() => killGroup(server, 'SIGKILL'), 10_000);
  await ended;
  clearTimeout(insist);
}
