import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { projectRoot } from './project-root.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser named by AFTERFIT_CHROMIUM, else one on the path or where Debian puts it. */
export function findChromium(): string | undefined {
  const { AFTERFIT_CHROMIUM: named, PATH: path = '' } = process.env;
  const folders = [...path.split(delimiter), '/usr/bin'].filter((folder) => folder !== '');
  const candidates = named
    ? [named]
    : NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Flags for a browser without a screen, also for root in a container. Interactive figures are drawn by
 * WebGL, which SwiftShader computes where there is no graphics card.
 */
const FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--disable-breakpad',
];

const VIEWPORT = { width: 1300, height: 950 };

const ATTEMPTS = 3;
const OPENING = 30_000;
const CLOSING = 10_000;

/**
 * Runs `work` on the page of a fresh browser, which is closed and forgotten afterwards. On a busy
 * machine a browser now and then starts and then answers no more, so it is tried again.
 */
export async function withChromium<Result>(
  executablePath: string,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const parent = join(projectRoot(), '.afterfit', 'tmp');
  mkdirSync(parent, { recursive: true });
  const home = mkdtempSync(join(parent, 'chromium-'));
  const options = {
    executablePath,
    headless: true,
    args: FLAGS,
    timeout: OPENING,
    // What it would put under the home folder goes away with this one.
    env: { ...defined(process.env), HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home },
  };
  try {
    for (let attempt = 1; ; attempt++) {
      const browser = await chromium.launch(options);
      try {
        const page = await within(OPENING, browser.newPage({ viewport: VIEWPORT }));
        if (page) return await work(page);
        if (attempt === ATTEMPTS) throw new Error('Chromium starts, but opens no page.');
      } finally {
        await within(CLOSING, browser.close());
      }
    }
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The page of a fresh browser that stays until it is closed, for several tests in turn. */
export async function holdChromium(
  executablePath: string,
): Promise<{ readonly page: Page; readonly close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const ended = withChromium(executablePath, (page) => {
      return new Promise<void>((release) => {
        const close = () => {
          release();
          return ended;
        };
        resolve({ page, close });
      });
    });
    ended.catch(reject);
  });
}

/** What a promise comes to, or undefined where it takes longer. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  const stop = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    stop.abort();
  }
}

function defined(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}
