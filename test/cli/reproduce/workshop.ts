import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim, Evidence } from '../../../src/claims/index.js';
import { runClaims } from '../../../src/cli/reproduce/claim-runs.js';
import type { Notebook } from '../../../src/cli/reproduce/notebook-list.js';
import type { ReproduceOptions } from '../../../src/cli/reproduce/options.js';
import type { Provenance } from '../../../src/cli/reproduce/provenance.js';
import type { Workshop } from '../../../src/cli/reproduce/session.js';
import { makeDataset } from '../../../src/datasets/index.js';

/** What a tiny claim is to find: a number that has to be at most 1. */
export type Find = number | Error;

/** A claim whose experiment takes no time, and a count of how often it was run. */
export function tinyClaim(id: string, find: Find): { claim: Claim; runs: () => number } {
  let runs = 0;
  const evidence = (value: number): Evidence[] => [
    {
      metric: 'size, tiny',
      value,
      threshold: '≤ 1',
      note: 'how large it is',
      verdict: value <= 1 ? 'supported' : 'contradicted',
    },
    { metric: 'bound', value: Infinity, threshold: 'reported', note: 'none', verdict: 'supported' },
  ];
  const claim: Claim = {
    id,
    title: `The claim ${id}`,
    statement: 'Numbers are small.',
    source: 'A. Author 2020',
    expected: 'supported',
    criterion: 'One is small.',
    async run({ seed, onProgress }) {
      runs++;
      onProgress?.({ task: id, alpha: 10, goal: 100 });
      if (find instanceof Error) throw find;
      const inputs = Float64Array.of(seed, 2);
      const parts = { name: 'points', source: 'made up', dimension: 1, classes: 2 };
      return {
        size: find,
        problem: { name: 'tiny', data: makeDataset({ ...parts, inputs, labels: [1, -1] }) },
      };
    },
    judge: (record) => evidence((record as { size: number }).size),
  };
  return { claim, runs: () => runs };
}

const provenance: Provenance = {
  afterfit: '0.0.0',
  scale: 'smoke',
  seed: 1,
  node: '20.19.0',
  linearAlgebra: 'plain TypeScript',
  versions: { zod: '4.0.0' },
  commit: null,
  dirty: null,
  data: { 'datasets/a.gz': 'abc' },
};

/** An output folder of a test's own, removed after the test file. */
export function temporaryFolder(): () => string {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-reproduce-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  return () => join(folder, `out ${count++}`);
}

export function optionsFor(claims: readonly Claim[], out: string): ReproduceOptions {
  return {
    claims: claims.map(({ id }) => id),
    all: true,
    scale: 'smoke',
    seed: 1,
    out,
    notebooks: true,
    kernel: 'tslab',
    fresh: false,
    list: false,
  };
}

/** Runs claims in this process, with one drawn figure each, and without notebooks. */
export function workshopOf(claims: readonly Claim[], rest: Partial<Workshop> = {}): Workshop {
  return {
    claims,
    runClaims: (task, emit) =>
      runClaims(
        claims,
        task,
        async ({ claim }, folder) => {
          const file = join(folder, `${claim.id}.svg`);
          mkdirSync(folder, { recursive: true });
          writeFileSync(file, '<svg/>');
          return { written: [file], skipped: [] };
        },
        (id) => join(task.out, 'figures', id),
        emit,
      ),
    notebooks: [],
    execute: async () => undefined,
    provenance,
    fingerprint: 'abcdef',
    line: { update() {}, say() {}, end() {} },
    ...rest,
  };
}

export interface MadeUpCell {
  readonly outputs: readonly object[];
}

/** An executed notebook, as nbconvert writes it. */
export function notebookOf(cells: readonly MadeUpCell[]): object {
  const code = cells.map(({ outputs }, k) => ({
    cell_type: 'code',
    execution_count: null,
    metadata: {},
    source: [`cell(${k});\n`, 'more()'],
    outputs,
  }));
  const text = { cell_type: 'markdown', metadata: {}, source: '# Title' };
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [text, ...code] };
}

export const stdout = { output_type: 'stream', name: 'stdout', text: ['fine\n'] };
export const stderr = (text: string): object => ({ output_type: 'stream', name: 'stderr', text });

/** Stands in for Jupyter: writes the notebook with these cells, and the verdict where there is one. */
export function executeWith(cells: readonly MadeUpCell[], verdict?: object): Workshop['execute'] {
  return async ({ notebook, folder }) => {
    writeFileSync(join(folder, notebook.file), JSON.stringify(notebookOf(cells)));
    if (verdict) writeFileSync(join(folder, `${notebook.id}.json`), JSON.stringify(verdict));
    return undefined;
  };
}

export function notebook(id: string): Notebook {
  return { id, file: `01-${id}.ipynb`, path: `/nowhere/01-${id}.ipynb` };
}
