import { hasGrown } from '../flows/index.js';
import type { Measurement } from './full-batch.js';
import { addRow, notFinite, save, whereabouts, type TrainingRun } from './run.js';
import type { Ending } from './state.js';

/** When a phase of steps on the whole training set ends. */
export interface StopConditions {
  readonly untilAlpha: number;
  readonly maxSteps: number;
}

/**
 * How the phase ends at `alpha`, if it does. `stuck` says in a few words why no further step can be
 * taken, where that is so.
 */
export function endingAt(
  run: TrainingRun,
  { untilAlpha, maxSteps }: StopConditions,
  alpha: number,
  stuck: string | undefined,
): Ending | undefined {
  const at = whereabouts(run, alpha);
  if (!Number.isFinite(alpha)) return notFinite(run, alpha);
  if (alpha >= untilAlpha) return { status: 'finished', message: `The goal was reached: ${at}.` };
  if (stuck !== undefined) return { status: 'step-underflow', message: `${stuck}: ${at}.` };
  if (run.state.phaseStep >= maxSteps) {
    return { status: 'max-steps', message: `The steps were used up: ${at}.` };
  }
  return undefined;
}

/**
 * What comes between two steps on the whole training set: a row where one is due, the state saved now and
 * then, a turn for the event loop. False where the run is to stop.
 */
export async function betweenSteps(
  run: TrainingRun,
  here: Measurement,
  ending: Ending | undefined,
): Promise<boolean> {
  const { state, full } = run;
  run.measured = here;
  const due = ending ?? hasGrown(here.alpha, state.referenceAlpha, run.saveFactor);
  if (due && state.rowStep !== state.steps) {
    const found = await full.measure(state.theta, here);
    if (!found) return false;
    addRow(run, found, here.alpha, ending !== undefined);
  }
  if (ending) return true;
  if (run.clock.saveIsDue()) save(run);
  return !(await run.interruption.requested());
}
