import { displacementAlignment } from '../flows/index.js';
import { norm } from '../numerics/vectors.js';
import type { EnginePool } from './engines.js';
import type { FullBatch, Measurement, RowMeasurement } from './full-batch.js';
import type { Interruption } from './interruption.js';
import type { Phase } from './phases.js';
import type { TrainingProblem } from './problem.js';
import { estimate, type Estimate, type TrainingProgress } from './progress.js';
import { decadeOf, type Keeping, type TrainingRow } from './rows.js';
import type { Ending, TrainingState } from './state.js';
import type { TrainingStore } from './store.js';

/** A training at work: what its phases share. */
export interface TrainingRun {
  readonly problem: TrainingProblem;
  readonly phases: readonly Phase[];
  readonly saveFactor: number;
  readonly keep: Keeping;
  readonly engines: EnginePool;
  readonly full: FullBatch;
  readonly interruption: Interruption;
  readonly store: TrainingStore;
  readonly state: TrainingState;
  readonly rows: TrainingRow[];
  readonly seconds: number[];
  readonly clock: RunClock;
  /** The last measurement of the whole training set, for those who watch. */
  measured: Measurement | undefined;
  readonly onProgress: ((progress: TrainingProgress) => void) | undefined;
}

/** Counts the seconds of work, over all sittings, and when to save. */
export interface RunClock {
  elapsed(): number;
  /** True where the last save is old enough for another. */
  saveIsDue(): boolean;
  saved(): void;
}

/** A clock that has counted `before` seconds in earlier sittings; saves are due every `checkpointSeconds`. */
export function runClock(before: number, checkpointSeconds: number): RunClock {
  const began = performance.now();
  let lastSave = began;
  return {
    elapsed: () => before + (performance.now() - began) / 1000,
    saveIsDue: () => (performance.now() - lastSave) / 1000 >= checkpointSeconds,
    saved: () => void (lastSave = performance.now()),
  };
}

/**
 * Adds a row at θ from its measurement. `referenceAlpha` is α as the phase itself measures it; the row
 * that ends a phase keeps its θ.
 */
export function addRow(
  run: TrainingRun,
  found: RowMeasurement,
  referenceAlpha: number,
  endsPhase: boolean,
): void {
  const { state, problem, store } = run;
  const { alpha, smallestMargin, error } = found.train;
  const row: TrainingRow = {
    phase: state.phase,
    epoch: state.epochs,
    step: state.steps,
    alpha,
    logRisk: problem.loss.logRisk(alpha),
    logNorm: Math.log(norm(state.theta)),
    smallestMargin,
    trainingError: error,
    testError: found.testError,
    pathLength: state.pathLength,
    averagedAlignment: displacementAlignment(state.theta, state.rowTheta),
  };
  const decade = decadeOf(alpha);
  const marked = state.rows === 0 || endsPhase || decade > state.decade;
  const seconds = run.clock.elapsed();
  store.append(row, run.keep === 'all' || marked ? state.theta : undefined, seconds);
  run.rows.push(row);
  run.seconds.push(seconds);
  run.measured = found.train;
  state.decade = Math.max(state.decade, decade);
  state.rows++;
  state.rowStep = state.steps;
  state.rowTheta.set(state.theta);
  state.referenceAlpha = referenceAlpha;
}

/** Saves the state of a run and starts to count anew until the next save. */
export function save(run: TrainingRun): void {
  run.store.save(run.state, run.clock.elapsed());
  run.clock.saved();
}

/** What a phase tells those who watch, after every step. */
export function reporter(
  run: TrainingRun,
  untilAlpha: number | undefined,
): (logRisk: number, fraction: number) => void {
  const { degree } = run.problem.network;
  const pace: Estimate = estimate();
  return (logRisk: number, fraction: number) => {
    if (!run.onProgress) return;
    const { state, measured } = run;
    const alpha = measured?.alpha ?? NaN;
    run.onProgress({
      phase: state.phase,
      phases: run.phases.length,
      epoch: state.epochs,
      step: state.steps,
      log10Risk: logRisk / Math.LN10,
      alpha,
      untilAlpha,
      normalizedMargin:
        measured && degree.homogeneous
          ? measured.smallestMargin * norm(state.theta) ** -degree.degree
          : undefined,
      secondsLeft: pace.secondsLeft(fraction, alpha, untilAlpha),
    });
  };
}

/** 'α = 12.3456 after 78 steps of phase 1'. */
export function whereabouts({ state }: TrainingRun, alpha: number): string {
  return `α = ${alpha.toPrecision(6)} after ${state.steps} steps, in phase ${state.phase + 1}`;
}

/** The ending of a run whose risk is not finite, with where it was. */
export function notFinite(run: TrainingRun, alpha: number): Ending {
  return { status: 'not-finite', message: `The risk is not finite: ${whereabouts(run, alpha)}.` };
}
