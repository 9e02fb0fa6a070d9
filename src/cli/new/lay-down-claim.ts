import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { notebookText } from './claim-notebook.js';
import { claimText, figuresText, planText, testText } from './claim-sources.js';
import type { Edit } from './edits.js';
import { claimNames, type ClaimNames } from './names.js';
import { withIndexLines, withQuickStartRow, withReadmeRow } from './shared-lines.js';

type TextOf = (names: ClaimNames) => string;
type Change = (text: string, names: ClaimNames) => string;

/** The files of a claim's own. */
const newFiles = ({ id, notebook }: ClaimNames): readonly (readonly [string, TextOf])[] => [
  [`src/claims/${id}/plan.ts`, planText],
  [`src/claims/${id}/claim.ts`, claimText],
  [`src/claims/${id}/figures.ts`, figuresText],
  [`test/claims/${id}.test.ts`, testText],
  [`notebooks/${notebook}.ipynb`, notebookText],
];

/** The files that list it. */
const sharedFiles: readonly (readonly [string, Change])[] = [
  ['README.md', withReadmeRow],
  ['notebooks/00-quick-start.ipynb', withQuickStartRow],
  ['src/claims/index.ts', withIndexLines],
];

/**
 * Every file that a new claim makes or changes in the project's folder, laid out as Prettier does; nothing is
 * written. The id is fit for file names. Throws one sentence where something of that name is there, or where a
 * file that lists claims has not the form that is expected.
 */
export async function claimEdits(
  root: string,
  id: string,
  title: string | undefined,
): Promise<Edit[]> {
  const notebooks = readdirSync(join(root, 'notebooks')).filter((name) => /^\d\d-/.test(name));
  const last = Math.max(...notebooks.map((name) => Number(name.slice(0, 2))));
  const names = claimNames(id, title, last + 1);
  requireNothingThere(root, names, notebooks);
  requireFreeName(root, names);
  const made = newFiles(names).map(([path, textOf]) => ({
    path,
    text: textOf(names),
    before: undefined,
  }));
  const changed = sharedFiles.map(([path, change]) => {
    const before = readFileSync(join(root, path), 'utf8');
    return { path, text: change(before, names), before };
  });
  return Promise.all([...made, ...changed].map((edit) => laidOut(root, edit)));
}

function requireNothingThere(root: string, names: ClaimNames, notebooks: readonly string[]): void {
  const sameId = notebooks.filter((name) => name.slice(3) === `${names.id}.ipynb`);
  const wanted = [`src/claims/${names.id}`, ...newFiles(names).map(([path]) => path)];
  const taken = [...wanted, ...sameId.map((name) => `notebooks/${name}`)];
  const there = taken.find((path) => existsSync(join(root, path)));
  if (there === undefined) return;
  throw new Error(`The id '${names.id}' is taken: ${there} is there; expected one that is new.`);
}

/** Cells see every export of the package, so that no other part of it may have the name. */
function requireFreeName(root: string, { id, claim }: ClaimNames): void {
  const word = new RegExp(`\\b${claim}\\b`);
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const user = sources
    .filter((path) => path.endsWith('.ts'))
    .find((path) => word.test(readFileSync(join(root, 'src', path), 'utf8')));
  if (user === undefined) return;
  throw new Error(
    `The id '${id}' makes a constant ${claim}, a name that src/${user.replaceAll('\\', '/')} has; expected another id.`,
  );
}

async function laidOut(root: string, edit: Edit): Promise<Edit> {
  if (!edit.path.endsWith('.ts')) return edit;
  const filepath = join(root, edit.path);
  const config = await resolveConfig(filepath, { editorconfig: true });
  return { ...edit, text: await format(edit.text, { ...config, filepath }) };
}
