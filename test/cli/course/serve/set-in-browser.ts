import { chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { runAllCells, saved } from '../../../notebooks/lab-page.js';
import type { ClassServer } from './class-server.js';

/** A set of one function and its test, as nbgrader hands it out. */
const CELLS = [
  ['', "import { marking, near } from 'afterfit';"],
  ['twice', "function twice(x: number): number {\n  throw new Error('not yet written');\n}"],
  [
    'test-twice',
    "const m = marking('twice');\nm.part(1, 'two is four', () => near(twice(2), 4));\nm.total()",
  ],
] as const;

/** Hands out a small set, as the instructor does. */
export function writeRelease({ exchange }: ClassServer, name: string): void {
  const cells = CELLS.map(([id, source], k) => ({
    cell_type: 'code',
    id: `cell-${k}`,
    execution_count: null,
    outputs: [],
    source,
    metadata:
      id === ''
        ? {}
        : {
            nbgrader: {
              schema_version: 3,
              grade_id: id,
              grade: id.startsWith('test-'),
              solution: !id.startsWith('test-'),
              locked: id.startsWith('test-'),
              task: false,
              ...(id.startsWith('test-') ? { points: 1 } : {}),
            },
          },
  }));
  const kernelspec = { display_name: 'TypeScript', language: 'typescript', name: 'tslab' };
  const metadata = { kernelspec, language_info: { name: 'typescript' } };
  const folder = join(exchange, 'outbound', name);
  mkdirSync(folder, { mode: 0o755 });
  const file = join(folder, `${name}.ipynb`);
  writeFileSync(file, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  const { uid, gid } = statSync(exchange);
  for (const path of [folder, file]) chownSync(path, uid, gid);
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
