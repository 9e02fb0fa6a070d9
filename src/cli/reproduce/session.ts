import { join } from 'node:path';
import type { Claim } from '../../claims/index.js';
import { writeAtomically } from '../../files/write.js';
import { sentenceOf } from '../files.js';
import { jsonText } from '../json-text.js';
import { formatAlpha, type LiveLine } from '../live-line.js';
import type { RunClaims } from './claims-thread.js';
import type { Notebook } from './notebook-list.js';
import { runNotebooks, type Execute } from './notebooks.js';
import type { ReproduceOptions } from './options.js';
import type { ClaimEvent, ClaimOutcome, NotebookOutcome } from './outcome.js';
import { partialStore, type PartialStore } from './partial.js';
import type { Provenance } from './provenance.js';
import { resultsOf, timingsOf, type Missing } from './results.js';

/** Who does the work, and what it is to be done with; tests put others in place. */
export interface Workshop {
  readonly claims: readonly Pick<Claim, 'id'>[];
  readonly runClaims: RunClaims;
  readonly notebooks: readonly Notebook[];
  readonly execute: Execute;
  readonly provenance: Provenance;
  /** Changes with everything that could change a claim's outcome. */
  readonly fingerprint: string;
  readonly line: LiveLine;
}

/** What a run came to. */
export interface Session {
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
  workshop: Workshop,
  signal: AbortSignal,
): Promise<Session> {
  const { out, scale, seed, kernel } = options;
  const began = new Date();
  const store = partialStore(out, { scale, seed, fingerprint: workshop.fingerprint });
  const state: Progress = {
    outcomes: new Map(),
    notebooks: [],
    failures: new Map(),
    running: new Set(),
  };
  if (options.fresh) store.clear(options.claims);
  for (const id of options.claims) {
    const known = store.read(id);
    if (known) state.outcomes.set(id, known);
  }
  const reused = [...state.outcomes.keys()];
  if (reused.length > 0)
    workshop.line.say(`Taken over from an unfinished run: ${reused.join(', ')}`);
  const ids = options.claims.filter((id) => !reused.includes(id));
  const follow = (event: ClaimEvent) => {
    followClaim(event, state, workshop.line);
    if (event.kind === 'finished') keep(store, event.outcome, workshop.line);
  };
  const settings = { scale, seed };
  await Promise.all([
    workshop.runClaims({ ids, settings, out }, follow, signal).catch((error: unknown) => {
      for (const id of ids.filter((id) => !state.outcomes.has(id))) {
        state.failures.set(id, `${id} failed: ${sentenceOf(error)}`);
      }
    }),
    runNotebooks(
      { ...workshop, settings, kernel, out, ...notebookWatch(state, workshop.line) },
      signal,
    ),
  ]);
  workshop.line.end();
  const session = sessionOf(state, options, workshop, signal);
  if (session.outcomes.length > 0) {
    const seconds = (Date.now() - began.getTime()) / 1000;
    writeResults(out, session, workshop.provenance, { began, seconds, reused });
  }
  if (!session.interrupted && session.failures.length === 0) store.clear(options.claims);
  return session;
}

/** A run that cannot be taken up again is still a run. */
function keep(store: PartialStore, outcome: ClaimOutcome, line: LiveLine): void {
  try {
    store.write(outcome);
  } catch (error) {
    line.say(`${outcome.id} is not kept for a later run: ${sentenceOf(error)}`);
  }
}

function followClaim(event: ClaimEvent, state: Progress, line: LiveLine): void {
  if (event.kind === 'progress') {
    const beside = state.running.size > 0 ? `; beside it ${[...state.running].join(', ')}` : '';
    line.update(`${event.task}, ${formatAlpha(event.alpha, event.goal)}${beside}`);
  } else if (event.kind === 'finished') {
    const { id, verdict, seconds } = event.outcome;
    state.outcomes.set(id, event.outcome);
    line.say(`${id}: ${verdict} (${seconds.toFixed(1)} s)`);
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

function sessionOf(
  state: Progress,
  options: ReproduceOptions,
  workshop: Workshop,
  signal: AbortSignal,
): Session {
  const wanted = workshop.claims.filter(({ id }) => options.claims.includes(id));
  const notebooks = [...state.notebooks].sort((a, b) => (a.file < b.file ? -1 : 1));
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

function writeResults(
  out: string,
  { outcomes, notebooks, missing }: Session,
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
export function exitStatus({ outcomes, notebooks, failures, interrupted }: Session): number {
  if (interrupted) return 130;
  if (failures.length > 0) return 2;
  const differs = [...outcomes, ...notebooks].some(({ verdict, expected }) => verdict !== expected);
  return differs ? 1 : 0;
}
