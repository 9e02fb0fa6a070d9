import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit } from './edits.js';
import { setNotebookText } from './set-notebook.js';
import { submissionTexts } from './set-submissions.js';

const SETS = 'notebooks/course';

/** Throws one sentence where a name is not that of a problem set. */
export function requireSetName(name: string): void {
  if (/^ps(0|[1-9]\d?)$/.test(name)) return;
  throw new Error(`The set is '${name}'; expected 'ps' and a number from 0 to 99, such as 'ps7'.`);
}

/**
 * Every file of a new problem set in the project's folder; nothing is written. Throws one sentence where a set of
 * that name is there.
 */
export function setEdits(root: string, name: string, title = 'to be replaced'): Edit[] {
  const folder = `${SETS}/${name}`;
  if (existsSync(join(root, folder))) {
    throw new Error(`The set '${name}' is there, in ${folder}; the next one is ${nextName(root)}.`);
  }
  const number = Number(name.slice(2));
  const made = (path: string, text: string): Edit => ({
    path: `${folder}/${path}`,
    text,
    before: undefined,
  });
  return [
    made(`${name}.ipynb`, setNotebookText({ name, number, title })),
    ...submissionTexts().map(([wrong, text]) => made(`wrong/${wrong}.ts`, text)),
  ];
}

function nextName(root: string): string {
  const numbers = readdirSync(join(root, SETS))
    .filter((name) => /^ps\d+$/.test(name))
    .map((name) => Number(name.slice(2)));
  return `ps${Math.max(...numbers) + 1}`;
}
