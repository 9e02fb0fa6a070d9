import { join } from 'node:path';
import type { Claim } from '../../claims/index.js';
import type { Missing, Provenance } from '../../report/results.js';
import { writeAtomically } from '../../files/write.js';
import { sentenceOf } from '../files.js';
import { jsonText } from '../json-text.js';
import { formatAlpha, type LiveLine } from '../live-line.js';
import type { RunClaims } from './claims-thread.js';
import { evidenceFault } from './notebook-check.js';
import type { Notebook } from './notebook-list.js';
import { runNotebooks, type Execute } from './notebooks.js';
import type { ReproduceOptions } from './options.js';
import type { ClaimEvent, ClaimOutcome, NotebookOutcome } from './outcome.js';
import { clearTrainings } from './trainings.js';
import { resultsOf, timingsOf } from './results.js';

/** Who does the work, and what it is to be done with; tests put others in place. */
export interface ReproduceParts {
  readonly claims: readonly Pick<Claim, 'id' | 'plan'>[];
  readonly runClaims: RunClaims;
  readonly notebooks: readonly Notebook[];
  readonly execute: Execute;
  readonly provenance: Provenance;
  readonly line: LiveLine;
}

/** What a run came to. */
export interface Reproduction {
  readonly outcomes: readonly ClaimOutcome[];
  readonly notebooks: readonly NotebookOutcome[];
  /** Claims without a result. */
  readonly missing: readonly Missing[];
  /** What failed, one sentence each. */
  readonly failures: readonly string[];
  readonly interrupted: boolean;
}

/** The state of a run in progress. */
interface Progress {
  readonly outcomes: Map<string, ClaimOutcome>;
  readonly notebooks: NotebookOutcome[];
  readonly failures: Map<string, string>;
  readonly running: Set<string>;
}

/** Runs claims and notebooks at the same time, and writes what came of them to the output folder. */
export async function reproduce(
  options: ReproduceOptions,
  parts: ReproduceParts,
  signal: AbortSignal,
): Promise<Reproduction> {
  const { out, scale, seed, kernel } = options;
  const began = new Date();
  const state: Progress = {
    outcomes: new Map(),
    notebooks: [],
    failures: new Map(),
    running: new Set(),
  };
  const settings = { scale, seed };
  const wanted = parts.claims.filter(({ id }) => options.claims.includes(id));
  if (options.fresh) await clearTrainings(out, wanted, settings);
  const ids = wanted.map(({ id }) => id);
  const follow = (event: ClaimEvent) => followClaim(event, state, parts.line);
  await Promise.all([
    parts
      .runClaims({ ids, settings, out, fresh: options.fresh }, follow, signal)
      .catch((error: unknown) => {
        for (const id of ids.filter((id) => !state.outcomes.has(id))) {
          state.failures.set(id, `${id} failed: ${sentenceOf(error)}`);
        }
      }),
    runNotebooks({ ...parts, settings, kernel, out, ...notebookWatch(state, parts.line) }, signal),
  ]);
  parts.line.end();
  const reproduction = reproductionOf(state, options, parts, signal);
  if (reproduction.outcomes.length > 0) {
    const seconds = (Date.now() - began.getTime()) / 1000;
    writeResults(out, reproduction, parts.provenance, { began, seconds });
  }
  if (!reproduction.interrupted && reproduction.failures.length === 0) {
    await clearTrainings(out, wanted, settings);
  }
  return reproduction;
}

function followClaim(event: ClaimEvent, state: Progress, line: LiveLine): void {
  if (event.kind === 'progress') {
    const beside = state.running.size > 0 ? `; beside it ${[...state.running].join(', ')}` : '';
    line.update(`${event.task}, ${formatAlpha(event.alpha, event.goal)}${beside}`);
  } else if (event.kind === 'finished') {
    const { id, verdict, seconds, reused } = event.outcome;
    state.outcomes.set(id, event.outcome);
    const how = reused ? ', from kept records' : '';
    line.say(`${id}: ${verdict} (${seconds.toFixed(1)} s${how})`);
    line.update([...state.running].join(', '));
  } else {
    const sentence = `${event.claim} failed: ${event.message}`;
    state.failures.set(event.claim, sentence);
    line.say(sentence);
  }
}

function notebookWatch(state: Progress, line: LiveLine) {
  const { running } = state;
  return {
    onStart: ({ file }: Notebook) => {
      running.add(file);
      line.update([...running].join(', '));
    },
    onEnd: (outcome: NotebookOutcome) => {
      running.delete(outcome.file);
      state.notebooks.push(outcome);
      const end = outcome.faults.length > 0 ? 'failed' : 'done';
      line.say(`${outcome.file}: ${end} (${outcome.seconds.toFixed(1)} s)`);
      line.update([...running].join(', '));
    },
  };
}

function reproductionOf(
  state: Progress,
  options: ReproduceOptions,
  parts: ReproduceParts,
  signal: AbortSignal,
): Reproduction {
  const wanted = parts.claims.filter(({ id }) => options.claims.includes(id));
  const notebooks = state.notebooks
    .map((notebook) => compared(notebook, state.outcomes.get(notebook.id)))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  const faults = notebooks.flatMap(({ file, faults }) => faults.map((text) => `${file}: ${text}`));
  return {
    outcomes: wanted.flatMap(({ id }) => state.outcomes.get(id) ?? []),
    notebooks,
    missing: wanted
      .filter(({ id }) => !state.outcomes.has(id))
      .map(({ id }) => ({ id, reason: state.failures.get(id) ?? 'Interrupted.' })),
    failures: [...state.failures.values(), ...faults],
    interrupted: signal.aborted,
  };
}

/** A notebook whose numbers are not those of its claim has a fault. */
function compared(notebook: NotebookOutcome, claim: ClaimOutcome | undefined): NotebookOutcome {
  if (claim === undefined || notebook.evidence === undefined) return notebook;
  const fault = evidenceFault(notebook.evidence, claim.evidence);
  return fault === undefined ? notebook : { ...notebook, faults: [...notebook.faults, fault] };
}

function writeResults(
  out: string,
  { outcomes, notebooks, missing }: Reproduction,
  provenance: Provenance,
  timing: Parameters<typeof timingsOf>[0],
): void {
  const results = resultsOf(outcomes, provenance, missing);
  writeAtomically(join(out, 'results.json'), jsonText(results));
  writeAtomically(join(out, 'timings.json'), jsonText(timingsOf(timing, outcomes, notebooks)));
}

/**
 * 0 where every verdict is the expected one and every notebook passed, 1 where a verdict differs, 2
 * where something failed, 130 after an interruption.
 */
export function exitStatus(reproduction: Reproduction): number {
  const { outcomes, notebooks, missing, failures, interrupted } = reproduction;
  if (interrupted) return 130;
  if (failures.length > 0 || missing.length > 0) return 2;
  const differs = [...outcomes, ...notebooks].some(({ verdict, expected }) => verdict !== expected);
  return differs ? 1 : 0;
}
