import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { claims } from '../../src/claims/index.js';
import { notebookFaults, readVerdict } from '../../src/cli/reproduce/notebook-check.js';
import { chooseNotebooks, type Notebook } from '../../src/cli/reproduce/notebook-list.js';
import { executeNotebook } from '../../src/cli/reproduce/notebook-process.js';
import type { Kernel } from '../../src/cli/reproduce/options.js';
import { temporaryFolder } from './temporary-folder.js';
import { committedNotebooks } from './notebook-file.js';

const SETTINGS = { scale: 'smoke', seed: 1 } as const;

interface Executed {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly id: string;
    readonly outputs?: readonly { readonly data?: Record<string, unknown> }[];
  }[];
}

describe('the notebooks, executed without a browser', function () {
  this.timeout(240_000);
  const folder = temporaryFolder('executed-');
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function check(notebook: Notebook, kernel: Kernel): Promise<void> {
    const out = mkdtempSync(join(folder, `${notebook.id}-`));
    const task = { notebook, settings: SETTINGS, kernel, folder: out };
    expect(await executeNotebook(task, new AbortController().signal)).to.equal(undefined);
    const executed = JSON.parse(readFileSync(join(out, notebook.file), 'utf8')) as Executed;
    expect(notebookFaults(executed)).to.deep.equal([]);
    const outputs = executed.cells.flatMap((cell) => cell.outputs ?? []);
    const figures = outputs.flatMap(({ data }) =>
      Object.keys(data ?? {}).filter((mime) => /vegalite|plotly/.test(mime)),
    );
    expect(figures).to.not.be.empty;
    const found = readVerdict(join(out, `${notebook.id}.json`), notebook.id);
    const claim = claims.find(({ id }) => id === notebook.id);
    const expected = claim?.expected ?? 'supported';
    expect(found).to.include({ verdict: expected, expected });
  }

  const paths = committedNotebooks().map(({ path }) => path);
  const notebooks = chooseNotebooks(paths, [], true);
  for (const notebook of notebooks) {
    it(`${notebook.file} draws its figures, keeps stderr empty and leaves its verdict`, () =>
      check(notebook, 'tslab'));
  }

  it(`${notebooks[0].file} does so with the kernel of the package tslab, too`, () =>
    check(notebooks[0], 'tslab-stock'));
});
