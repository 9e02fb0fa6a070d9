import { ruledDescent, type DescentMemory } from '../flows/index.js';
import type { DescentPhase } from './phases.js';
import { betweenSteps, endingAt } from './between-steps.js';
import { reporter, type TrainingRun } from './run.js';
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
    remembered: state.stepSize,
    velocity: velocity.length > 0 ? velocity : undefined,
  };
  const { rule, momentum } = phase;
  const from = { alpha: kept.alpha, gradient };
  const descent = ruledDescent(loss, theta, rule, from, memory, momentum);
  for (;;) {
    const stuck = state.stuck ? 'The step no longer changes the parameters' : undefined;
    const ending = endingAt(run, phase, kept.alpha, stuck);
    if (!(await betweenSteps(run, kept, ending))) return undefined;
    if (ending) return ending;
    const move = descent.move();
    const moved = await full.differentiate(theta, gradient);
    if (!moved) {
      descent.undo();
      return undefined;
    }
    state.phaseStep++;
    state.epochs++;
    state.stuck = move.stuck;
    if (descent.settle(moved.alpha, gradient)) {
      kept = moved;
      state.steps++;
      state.pathLength += move.angle;
    }
    state.stepSize = memory.remembered;
    run.measured = kept;
    report(loss.logRisk(kept.alpha), state.phaseStep / phase.maxSteps);
  }
}
