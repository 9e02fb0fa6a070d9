import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseNotebooks, notebookFiles, type Notebook } from '../reproduce/notebook-list.js';

/** nbconvert's Python, in the project that this module was compiled in. */
const PYTHON = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
  '..',
  '.venv',
  'bin',
  'python',
);

/** The executed notebooks in a run's folder, in order. */
export function executedNotebooks(from: string): Notebook[] {
  return chooseNotebooks(notebookFiles(join(from, 'notebooks')), [], true);
}

/**
 * Writes notebooks as HTML pages into `folder`, which it makes; by the notebook's id the path of its page. Throws a
 * sentence where nbconvert is not there or fails; what it wrote until then is not kept.
 */
export function writeNotebookPages(
  notebooks: readonly Notebook[],
  folder: string,
): ReadonlyMap<string, string> {
  if (!existsSync(PYTHON)) {
    throw new Error('Pages of notebooks need the Python environment that `npm run setup` makes.');
  }
  const draft = `${folder}.${process.pid}.part`;
  try {
    mkdirSync(draft, { recursive: true });
    const run = spawnSync(
      PYTHON,
      [
        ...['-m', 'nbconvert', '--to', 'html', '--embed-images', '--log-level=ERROR'],
        ...['--output-dir', draft],
        ...notebooks.map(({ path }) => path),
      ],
      { encoding: 'utf8' },
    );
    if (run.status !== 0) {
      const last = (run.stderr ?? '').trim().split('\n').pop();
      throw new Error(`nbconvert could not write the notebooks: ${last || 'it gave no reason'}.`);
    }
    mkdirSync(folder, { recursive: true });
    return new Map(
      notebooks.map(({ id, file }) => {
        const page = file.replace(/\.ipynb$/, '.html');
        renameSync(join(draft, page), join(folder, page));
        return [id, join(folder, page)];
      }),
    );
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The folder for them beside a report: report-notebooks beside report.html. */
export function pagesBeside(report: string): string {
  return join(report, '..', `${basename(report).replace(/\.html?$/, '')}-notebooks`);
}
