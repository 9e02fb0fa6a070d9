import { descentPhase } from './descent-phase.js';
import { implicitPhase } from './implicit-phase.js';
import { enginePool } from './engines.js';
import { fullBatch } from './full-batch.js';
import { interruptionBy } from './interruption.js';
import { requirePhases, type Phase } from './phases.js';
import { chunkOf, startOf, type TrainingProblem } from './problem.js';
import type { TrainingProgress } from './progress.js';
import { keepingFor, type Keeping, type TrainingRow } from './rows.js';
import { addRow, runClock, save, type TrainingRun } from './run.js';
import { sgdPhase } from './sgd-phase.js';
import { enterPhase, freshState, type Ending } from './state.js';
import { memoryStore, type SavedRun, type TrainingStore } from './store.js';

/** What a training keeps and where, what it reports, and what may end it early. */
export interface TrainingOptions {
  /** Where rows and states are kept, and what is gone on from (default: memory alone). */
  readonly store?: TrainingStore;
  /** A row comes whenever α has grown by this factor (default 1.05: every 5 %). */
  readonly saveFactor?: number;
  /** Which rows keep their θ (default: all of them up to 100,000 parameters, else `marks`). */
  readonly keep?: Keeping;
  /** Seconds between saved states (default 60); one is saved at the end of every phase, too. */
  readonly checkpointSeconds?: number;
  /** Called after every step. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** An `AbortSignal`, or anything with that field. */
  readonly signal?: { readonly aborted: boolean };
}

/** What a training came to. */
export interface TrainingResult {
  /** The last phase's, or `interrupted`. */
  readonly status: Ending['status'] | 'interrupted';
  /** One sentence saying how it ended. */
  readonly message: string;
  /** How each phase that has ended did. */
  readonly endings: readonly Ending[];
  readonly rows: readonly TrainingRow[];
  /** Seconds of work until each row, over all sittings. */
  readonly seconds: readonly number[];
  /** θ of row k (from 0), a copy, where it was kept; that of the last row always is. */
  thetaAt(k: number): Float64Array | undefined;
  /** θ at the end. */
  readonly theta: Float64Array;
}

/**
 * Trains through the phases, one after another, or goes on where the store's run was left: the bytes at
 * the end are the same either way. Between steps the event loop gets its turns. When `signal` is
 * aborted the state is saved and the result says `interrupted`; parts of a step are thrown away.
 *
 * Throws one sentence where the problem or its phases make no sense, or the store holds another run.
 */
export async function train(
  problem: TrainingProblem,
  phases: readonly Phase[],
  options: TrainingOptions = {},
): Promise<TrainingResult> {
  const { saveFactor = 1.05, store = memoryStore() } = options;
  if (!(saveFactor > 1)) throw new Error(`saveFactor is larger than 1; got ${saveFactor}.`);
  const theta0 = startOf(problem);
  requirePhases(phases, problem.train.examples, problem.network, problem.loss);
  const keep = options.keep ?? keepingFor(theta0.length);
  const engines = enginePool(problem, chunkOf(problem));
  try {
    const chunk = chunkOf(problem);
    const { name: engine } = engines;
    const saved = store.open({ problem, theta0, chunk, phases, saveFactor, keep, engine });
    const interruption = interruptionBy(options.signal);
    const run: TrainingRun = {
      problem,
      phases,
      saveFactor,
      keep,
      engines,
      store,
      full: fullBatch(problem, engines, interruption),
      interruption,
      ...startingPoint(saved, theta0, phases),
      clock: runClock(saved?.elapsed ?? 0, options.checkpointSeconds ?? 60),
      measured: undefined,
      onProgress: options.onProgress,
    };
    return resultOf(run, await runPhases(run));
  } finally {
    engines.dispose();
  }
}

function startingPoint(
  saved: SavedRun | undefined,
  theta0: Float64Array,
  phases: readonly Phase[],
): Pick<TrainingRun, 'state' | 'rows' | 'seconds'> {
  if (!saved) return { state: freshState(theta0, phases), rows: [], seconds: [] };
  return { state: saved.state, rows: [...saved.rows], seconds: [...saved.seconds] };
}

/** True where all phases have ended, or one ended the run; false after an interruption. */
async function runPhases(run: TrainingRun): Promise<boolean> {
  const { state, phases } = run;
  const took = await (state.rows > 0 || rowHere(run));
  if (!took) return false;
  if (state.rows === 1 && state.steps === 0) save(run);
  while (state.phase < phases.length && state.endings.at(-1)?.status !== 'not-finite') {
    const phase = phases[state.phase];
    const ending = await goOn(run, phase);
    if (!ending || !(state.rowStep === state.steps || (await rowHere(run)))) {
      save(run);
      return false;
    }
    state.endings.push(ending);
    if (ending.status !== 'not-finite') {
      state.phase++;
      enterPhase(state, phases);
    }
    save(run);
  }
  return true;
}

function goOn(run: TrainingRun, phase: Phase): Promise<Ending | undefined> {
  switch (phase.kind) {
    case 'sgd':
      return sgdPhase(run, phase);
    case 'descent':
      return descentPhase(run, phase);
    case 'implicit':
      return implicitPhase(run, phase);
  }
}

/** A row at θ, the first or the last of a phase; false where the run is to stop. */
async function rowHere(run: TrainingRun): Promise<boolean> {
  const found = await run.full.measure(run.state.theta);
  if (found) addRow(run, found, found.train.alpha, true);
  return found !== undefined;
}

function resultOf(run: TrainingRun, ended: boolean): TrainingResult {
  const { state, rows, seconds, store } = run;
  const last = state.endings.at(-1);
  const interrupted: Pick<TrainingResult, 'status' | 'message'> = {
    status: 'interrupted',
    message: store.lasting
      ? `The training was interrupted after ${state.steps} steps, in phase ${state.phase + 1}, and saved: start it again, and it goes on from there.`
      : `The training was interrupted after ${state.steps} steps, in phase ${state.phase + 1}; it was kept in memory alone.`,
  };
  return {
    ...(ended && last ? last : interrupted),
    endings: [...state.endings],
    rows,
    seconds,
    thetaAt: (k) => (k === rows.length - 1 ? state.rowTheta.slice() : store.thetaAt(k)?.slice()),
    theta: state.theta.slice(),
  };
}
