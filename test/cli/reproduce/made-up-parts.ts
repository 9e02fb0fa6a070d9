import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineClaim, type Claim, type Evidence } from '../../../src/claims/index.js';
import { recordsFolder, runClaims } from '../../../src/cli/reproduce/claim-runs.js';
import type { Notebook } from '../../../src/cli/reproduce/notebook-list.js';
import type { ReproduceOptions } from '../../../src/cli/reproduce/options.js';
import type { Provenance } from '../../../src/report/index.js';
import type { ReproduceParts } from '../../../src/cli/reproduce/reproduction.js';
import { recordName, recordStore, type Run } from '../../../src/experiments/index.js';
import type { StepComparisonRecord } from '../../../src/records/index.js';
import type { Plan, PlanSettings, StepComparisonExperiment } from '../../../src/specs/index.js';

/** What a tiny claim is to find: a number that has to be at most 1. */
export type Find = number | Error;

/** What carries out the experiments of tiny claims, each under its record's name. */
const carriedOut = new Map<string, Run>();

/** A claim whose experiment takes no time, and a count of how often it was run. */
export function tinyClaim(id: string, find: Find): { claim: Claim; runs: () => number } {
  let runs = 0;
  const evaluations = carriedOut.size + 1;
  const run: Run = async ({ kind }, { onProgress }) => {
    runs++;
    onProgress?.({ task: id, alpha: 10, goal: 100 });
    if (find instanceof Error) throw find;
    return kind === 'step-comparison' ? tinyRecord(find) : Promise.reject(new Error(kind));
  };
  const plan = ({ seed }: PlanSettings): TinyPlan => {
    const experiment = tinyExperiment(evaluations, seed);
    carriedOut.set(recordName(experiment), run);
    return { experiment };
  };
  const claim = defineClaim<TinyPlan>({
    id,
    title: `The claim ${id}`,
    statement: 'Numbers are small.',
    source: 'A. Author 2020',
    expected: 'supported',
    criterion: 'One is small.',
    plan,
    judge: ({ experiment }) => tinyEvidence(experiment.evaluations),
    figures: () => [],
  });
  // So that it counts as one of `carriedOut` before anybody asks for its plan.
  claim.plan({ scale: 'smoke', seed: 1 });
  return { claim, runs: () => runs };
}

interface TinyPlan extends Plan {
  readonly experiment: StepComparisonExperiment;
}

/** A description that no other claim has. */
function tinyExperiment(evaluations: number, seed: number): StepComparisonExperiment {
  return {
    kind: 'step-comparison',
    network: { kind: 'parts', parts: [] },
    data: { kind: 'fashion-mnist-tiny', perClass: 1 },
    evaluations,
    fit: {
      kind: 'sgd',
      batch: 1,
      epochs: 1,
      momentum: 0,
      learningRate: { kind: 'constant', rate: 1 },
    },
    constant: [],
    start: 1,
    seed,
  };
}

/** A record of nothing but one number and data. */
export function tinyRecord(size: number): StepComparisonRecord {
  const none = Float64Array.of();
  return {
    kind: 'step-comparison',
    network: { name: 'none', parameters: 0 },
    data: {
      name: 'tiny',
      source: 'made up',
      examples: 2,
      dimension: 1,
      classes: 2,
      sha256: 'f0'.repeat(32),
    },
    evaluations: size,
    fit: 'Nothing was fitted.',
    constant: [],
    scaled: {
      name: 'none',
      gradients: 0,
      evaluations: none,
      steps: none,
      alpha: none,
      log10Loss: none,
      normalizedMargin: none,
      smoothedMargin: none,
      log10Step: none,
      trainingError: none,
    },
  };
}

function tinyEvidence(value: number): Evidence[] {
  return [
    {
      metric: 'size, tiny',
      value,
      threshold: '≤ 1',
      note: 'how large it is',
      verdict: value <= 1 ? 'supported' : 'contradicted',
    },
    { metric: 'bound', value: Infinity, threshold: 'reported', note: 'none', verdict: 'supported' },
  ];
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
export function partsOf(
  claims: readonly Claim[],
  rest: Partial<ReproduceParts> = {},
): ReproduceParts {
  return {
    claims,
    runClaims: (task, emit) =>
      runClaims(
        claims,
        task,
        recordStore(recordsFolder(task.out), {
          fresh: task.fresh,
          run: (spec, context) => carriedOut.get(recordName(spec))!(spec, context),
        }),
        async ({ claim }, folder) => {
          const file = join(folder, `${claim.id}.svg`);
          mkdirSync(folder, { recursive: true });
          writeFileSync(file, '<svg/>');
          return { written: [file], skipped: [] };
        },
        emit,
      ),
    notebooks: [],
    execute: async () => undefined,
    provenance,
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
export function executeWith(
  cells: readonly MadeUpCell[],
  verdict?: object,
): ReproduceParts['execute'] {
  return async ({ notebook, folder }) => {
    writeFileSync(join(folder, notebook.file), JSON.stringify(notebookOf(cells)));
    if (verdict) writeFileSync(join(folder, `${notebook.id}.json`), JSON.stringify(verdict));
    return undefined;
  };
}

export function notebook(id: string): Notebook {
  return { id, file: `01-${id}.ipynb`, path: `/nowhere/01-${id}.ipynb` };
}
