import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

const PATIENCE = 180_000;
const ATTEMPTS = 3;
/** What a click on Run takes at most until a cell shows that it runs. */
const STARTING = 10_000;

/** Clicks an entry of the main menu, such as `Run` and `Run All Cells`. */
async function choose(page: Page, menu: string, entry: string): Promise<void> {
  await page.getByRole('menuitem', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

/**
 * Waits for the kernel, and runs everything from the menu as a reader would. JupyterLab shows a kernel
 * as idle a moment before it takes commands; cells that did not start are started again.
 */
export async function runAllCells(page: Page): Promise<void> {
  await page.getByText('TypeScript | Idle').waitFor({ timeout: PATIENCE });
  const started = page.locator('.jp-InputPrompt', { hasText: /\[[*1]\]/ }).first();
  await untilStarted(started, async () => {
    await page.keyboard.press('Escape');
    await choose(page, 'Run', 'Run All Cells');
  });
}

/** Presses a key with the cursor behind a cell's code. */
export async function pressAtEnd(page: Page, cell: Locator, key: string): Promise<void> {
  await cell.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press(key);
}

/** Saves the notebook, and waits until its tab says so. */
export async function saved(page: Page, file: string): Promise<void> {
  await page.keyboard.press('Control+s');
  const tab = page.locator('.lm-TabBar-tab:not(.jp-mod-dirty)', { hasText: file });
  await tab.first().waitFor();
}

/** Runs one cell, and comes back as soon as it has begun. */
export async function startCell(page: Page, cell: Locator): Promise<void> {
  const before = (await promptOf(cell).textContent()) ?? '';
  const started = cell.locator('.jp-InputPrompt').filter({ hasNotText: before }).first();
  await untilStarted(started, async () => {
    await cell.locator('.cm-content').click();
    await page.keyboard.press('Control+Enter');
  });
}

/** Runs one cell to its end. */
export async function runCell(page: Page, cell: Locator): Promise<void> {
  await startCell(page, cell);
  await ended(cell);
}

/** Waits until a cell that was started is done. */
export async function ended(cell: Locator, timeout = 30_000): Promise<void> {
  const done = cell.locator('.jp-InputPrompt', { hasText: /\[\d+\]/ });
  await done.waitFor({ timeout, state: 'attached' });
}

/** Where a cell's number is shown, with a star while it runs. */
export function promptOf(cell: Locator): Locator {
  return cell.locator('.jp-InputPrompt').first();
}

/** What a text comes to be once it differs from `before`, looked at every 50 ms. */
export async function changed(
  read: () => Promise<string | null>,
  before: string | null,
): Promise<string> {
  for (const until = Date.now() + 10_000; Date.now() < until; await sleep(50)) {
    const now = await read();
    if (now !== null && now !== before) return now;
  }
  throw new Error(`It is ${before} all the time.`);
}

async function untilStarted(started: Locator, start: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await start();
    try {
      return await started.waitFor({ timeout: STARTING, state: 'attached' });
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
