import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Interrupted } from '../../experiments/settings.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The Python of the peers' own virtual environment, which is made where it is not there yet; the
 * set-up shows its progress, and says itself what went wrong.
 */
export function benchPython(root: string): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => (made ??= makeVenv(join(root, 'src', 'setup', 'bench-setup.mjs')));
}

function makeVenv(program: string): Promise<string> {
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => (said += text));
  // It has pip to end before it ends.
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  return new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve(said.trim());
      else if (status === 1) reject(new Error('The tools to compare with could not be installed.'));
      else reject(new Interrupted('Interrupted.'));
    });
  }).finally(() => {
    for (const signal of SIGNALS) process.off(signal, pass);
  });
}
