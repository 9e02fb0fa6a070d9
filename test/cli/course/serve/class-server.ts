import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../../helpers/project-root.js';

/** A class that is served, for trying. */
export interface ClassServer {
  readonly address: string;
  /** The mark that all its processes carry. */
  readonly id: string;
  /** Where people's homes lie. */
  readonly homes: string;
  readonly exchange: string;
  password(name: string): string;
  /** Ends it as Ctrl-C does; its exit status. */
  stop(): Promise<number | null>;
}

const PATIENCE = 240_000;

/** Runs `npm run course -- serve` with these words, and waits until people can log in. */
export async function startClass(state: string, words: readonly string[]): Promise<ClassServer> {
  const main = join(projectRoot(), 'dist', 'cli', 'main.js');
  const args = [main, 'course', 'serve', '--auth', 'dummy', '--state', state, ...words];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const stop = () => {
    child.kill('SIGINT');
    return ended;
  };
  for (const until = Date.now() + PATIENCE; !/class is at (\S+),/.test(said); await sleep(100)) {
    if (child.exitCode === null && Date.now() < until) continue;
    await stop();
    throw new Error(`The class server did not start: ${said}`);
  }
  const passwords = JSON.parse(readFileSync(join(state, 'hub', 'passwords.json'), 'utf8')) as {
    instructor: string;
    student: string;
  };
  const { id } = JSON.parse(readFileSync(join(state, 'hub', 'class.json'), 'utf8')) as {
    id: string;
  };
  return {
    address: /class is at (\S+),/.exec(said)![1],
    id,
    homes: join(state, 'homes'),
    exchange: join(state, 'exchange', 'afterfit'),
    password: (name) => (name === 'instructor' ? passwords.instructor : passwords.student),
    stop,
  };
}

/** Processes that carry the mark of a class. */
export function processesOf(id: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`AFTERFIT_CLASS_ID=${id}`);
      } catch {
        return false;
      }
    });
}

/** Logs somebody in on a page, which starts the server of that person, and waits for JupyterLab. */
export async function logIn(page: Page, server: ClassServer, name: string): Promise<void> {
  await page.goto(`${server.address}/hub/login`);
  await page.fill('#username_input', name);
  await page.fill('#password_input', server.password(name));
  await page.click('#login_submit');
  await page.waitForURL(/\/user\/[^/]+\/lab/, { timeout: PATIENCE });
  await page.locator('#jp-main-dock-panel').waitFor();
}
