import { hasGrown, ruledDescent, type DescentMemory } from '../flows/index.js';
import type { DescentPhase } from './phases.js';
import { addRow, notFinite, reporter, save, whereabouts, type TrainingRun } from './run.js';
import type { Ending } from './state.js';

/** Goes on with the phase from the run's state; undefined where the run is to stop. */
export async function descentPhase(
  run: TrainingRun,
  phase: DescentPhase,
): Promise<Ending | undefined> {
  const { state, problem, full } = run;
  const { theta, velocity } = state;
  const { loss } = problem;
  const gradient = new Float64Array(theta.length);
  const report = reporter(run, phase.untilAlpha);
  const start = await full.differentiate(theta, gradient);
  if (!start) return undefined;
  let kept = start;
  run.measured = kept;
  if (Number.isNaN(state.referenceAlpha)) state.referenceAlpha = kept.alpha;
  const memory: DescentMemory = {
    lossScale: state.stepSize,
    velocity: velocity.length > 0 ? velocity : undefined,
  };
  const { rule, momentum } = phase;
  const from = { alpha: kept.alpha, gradient };
  const descent = ruledDescent(loss, theta, rule, from, memory, momentum);
  for (;;) {
    const ending = endingOf(run, phase, kept.alpha);
    const due = ending ?? hasGrown(kept.alpha, state.referenceAlpha, run.saveFactor);
    if (due && state.rowStep !== state.steps) {
      const found = await full.measure(theta, kept);
      if (!found) return undefined;
      addRow(run, found, kept.alpha, ending !== undefined);
    }
    if (ending) return ending;
    if (run.clock.saveIsDue()) save(run);
    if (await run.pacer.stopped()) return undefined;
    const { angle, stuck } = descent.move();
    const moved = await full.differentiate(theta, gradient);
    if (!moved) {
      descent.undo();
      return undefined;
    }
    state.phaseStep++;
    state.epochs++;
    state.stuck = stuck;
    if (descent.settle(moved.alpha, gradient)) {
      kept = moved;
      state.steps++;
      state.pathLength += angle;
    }
    state.stepSize = memory.lossScale;
    run.measured = kept;
    report(loss.logRisk(kept.alpha), state.phaseStep / phase.maxSteps);
  }
}

function endingOf(run: TrainingRun, phase: DescentPhase, alpha: number): Ending | undefined {
  const { state } = run;
  const at = whereabouts(run, alpha);
  if (!Number.isFinite(alpha)) return notFinite(run, alpha);
  if (alpha >= phase.untilAlpha) {
    return { status: 'finished', message: `The goal was reached: ${at}.` };
  }
  if (state.stuck) {
    const message = `The step no longer changes the parameters: ${at}.`;
    return { status: 'step-underflow', message };
  }
  if (state.phaseStep >= phase.maxSteps) {
    return { status: 'max-steps', message: `The steps were used up: ${at}.` };
  }
  return undefined;
}
