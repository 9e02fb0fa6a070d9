import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { runAllCells, saved } from '../../../notebooks/lab-page.js';

const PATIENCE = 240_000;
/** What a line takes at most until the shell begins with it; a terminal that has just opened loses some. */
const BEGINNING = 20_000;

/** Opens a terminal from the launcher. */
export async function openTerminal(page: Page): Promise<void> {
  await page.locator('.jp-LauncherCard', { hasText: 'Terminal' }).click();
  await page.locator('.xterm-screen').waitFor();
}

/** Types a command into the terminal, and gives what it said; throws that where it failed. */
export async function inTerminal(page: Page, home: string, command: string): Promise<string> {
  const log = join(home, `${command.split(' ')[1]}.log`);
  for (let attempt = 1; !existsSync(log); attempt++) {
    if (attempt > 5) throw new Error('The terminal takes no commands.');
    await page.locator('.xterm-screen').click();
    await page.keyboard.type(`${command} 2>&1 | tee ${log}; echo "ended" >> ${log}`);
    await page.keyboard.press('Enter');
    for (const until = Date.now() + BEGINNING; Date.now() < until && !existsSync(log);) {
      await sleep(200);
    }
  }
  for (const until = Date.now() + PATIENCE; Date.now() < until; await sleep(200)) {
    const said = readFileSync(log, 'utf8');
    if (said.endsWith('ended\n')) return said;
  }
  throw new Error(`${command} does not end: ${readFileSync(log, 'utf8')}`);
}

/** Fetches feedback from the list of sets, which is open; what it says. */
export async function fetchFeedback(page: Page, home: string, name: string): Promise<string> {
  await page.locator('#refresh_assignments_list').click();
  const submitted = page.locator('#submitted_assignments_list');
  await submitted.getByRole('button', { name: 'Fetch Feedback' }).first().click();
  await submitted.getByText('view feedback').first().waitFor({ state: 'attached' });
  const folder = join(home, name, 'feedback');
  const [time] = readdirSync(folder);
  return readFileSync(join(folder, time, `${name}.html`), 'utf8');
}

/** Opens the list of sets, and fetches one of them. */
export async function fetchSet(page: Page, name: string): Promise<void> {
  await page.getByRole('menuitem', { name: 'Nbgrader' }).click();
  await page.getByRole('menuitem', { name: 'Assignment List' }).click();
  const released = page.locator('#released_assignments_list .list_item', { hasText: name });
  await released.getByRole('button', { name: 'Fetch' }).click();
  const fetched = page.locator('#fetched_assignments_list');
  await fetched.locator('.assignment-notebooks-link', { hasText: name }).click();
  await fetched.locator('.nested_list_item a', { hasText: name }).waitFor();
}

/** Opens a set that was fetched, writes its one solution, runs, saves and hands in. */
export async function handIn(page: Page, name: string, solution: string): Promise<void> {
  await page.locator('#fetched_assignments_list .nested_list_item a', { hasText: name }).click();
  await page.getByText('TypeScript | Idle').waitFor();
  const cells = page.locator('.jp-Notebook .jp-CodeCell');
  await cells.nth(1).locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(solution);
  await runAllCells(page);
  await cells.nth(2).locator('.jp-OutputArea-output').first().waitFor();
  await saved(page, `${name}.ipynb`);
  await page.locator('.lm-TabBar-tab', { hasText: 'Assignments' }).click();
  const fetched = page.locator('#fetched_assignments_list .list_item', { hasText: name });
  await fetched.getByRole('button', { name: 'Submit' }).click();
  const submitted = page.locator('#submitted_assignments_list .list_item', { hasText: name });
  await submitted.first().waitFor();
}
