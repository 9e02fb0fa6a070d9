import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Interrupted } from '../experiments/settings.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What has a virtual environment of its own, and the sentence for one that cannot be made. */
const FAULTS = {
  bench: 'The tools to compare with could not be installed.',
  course: 'nbgrader and JupyterHub could not be installed.',
  class: 'What a class server needs could not be installed.',
  sweep: 'The workflow engine could not be installed.',
} as const;

/**
 * The Python of a virtual environment of its own, which is made where it is not there yet; the set-up shows its
 * progress, and says itself what went wrong.
 */
export function ownPython(root: string, name: keyof typeof FAULTS): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => (made ??= makeVenv(join(root, 'src', 'setup', 'own-venv.mjs'), name));
}

function makeVenv(program: string, name: keyof typeof FAULTS): Promise<string> {
  const child = spawn(process.execPath, [program, name], { stdio: ['ignore', 'pipe', 'inherit'] });
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
      else if (status === 1) reject(new Error(FAULTS[name]));
      else reject(new Interrupted('Interrupted.'));
    });
  }).finally(() => {
    for (const signal of SIGNALS) process.off(signal, pass);
  });
}
