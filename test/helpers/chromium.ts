import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
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
];

/** Runs `work` in a fresh browser, which is closed and forgotten afterwards. */
export async function withChromium<Result>(
  executablePath: string,
  work: (browser: BrowserContext) => Promise<Result>,
): Promise<Result> {
  const parent = join(projectRoot(), '.afterfit', 'tmp');
  mkdirSync(parent, { recursive: true });
  const profile = mkdtempSync(join(parent, 'chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: FLAGS,
    viewport: { width: 1300, height: 950 },
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
