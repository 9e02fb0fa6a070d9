import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { bytesOfStudent } from './grading/preflight.js';

/** A class's exchange, where the class server's terminal has one: a folder with outbound, inbound and feedback. */
export function exchangeHere(): string | undefined {
  return process.env.AFTERFIT_EXCHANGE || undefined;
}

/** Everybody may read what is handed out, and its owner alone may write it. */
function openToAll(path: string): void {
  const isFolder = statSync(path).isDirectory();
  chmodSync(path, isFolder ? 0o755 : 0o644);
  if (isFolder) for (const name of readdirSync(path)) openToAll(join(path, name));
}

/** Puts a set's release where students fetch it, in the place of an earlier one. */
export function handOut(course: string, set: string, exchange: string): void {
  const place = join(exchange, 'outbound', set);
  // A name that nbgrader does not list.
  const draft = join(exchange, 'outbound', `.${set}.draft`);
  rmSync(draft, { recursive: true, force: true });
  cpSync(join(course, 'release', set), draft, { recursive: true });
  openToAll(draft);
  rmSync(place, { recursive: true, force: true });
  renameSync(draft, place);
}

/**
 * Puts a student's feedback where that student alone can find it: under a name made of the secret that came with the
 * submission, as nbgrader makes it. True where the submission that was collected lies in the exchange.
 */
export function giveBack(course: string, set: string, student: string, exchange: string): boolean {
  const page = join(course, 'feedback', student, set, `${set}.html`);
  const collected = join(course, 'submitted', student, set, `${set}.ipynb`);
  if (!existsSync(page) || !existsSync(collected)) return false;
  const graded = readFileSync(collected);
  const secrets = secretsOf(join(exchange, 'inbound'), `${student}+${set}+`, set, graded);
  for (const secret of secrets) {
    const name = createHash('md5').update(secret).update(set).digest('hex');
    const place = join(exchange, 'feedback', `${name}.html`);
    copyFileSync(page, `${place}.draft`);
    chmodSync(`${place}.draft`, 0o644);
    renameSync(`${place}.draft`, place);
  }
  return secrets.length > 0;
}

/** The secrets of submissions whose notebook is the one that was graded. */
function secretsOf(inbound: string, start: string, set: string, graded: Uint8Array): string[] {
  return readdirSync(inbound)
    .filter((name) => name.startsWith(start))
    .flatMap((name) => {
      const notebook = bytesOfStudent(inbound, join(name, `${set}.ipynb`));
      const secret = bytesOfStudent(inbound, join(name, 'submission_secret.txt'));
      if ('refused' in notebook || 'refused' in secret) return [];
      return Buffer.compare(notebook, graded) === 0 ? [Buffer.from(secret).toString('utf8')] : [];
    });
}
