import { hasGrown, sweptAngle } from '../flows/index.js';
import { marginMap } from '../losses/index.js';
import { addScaled } from '../numerics/vectors.js';
import { dualise } from './full-batch.js';
import { batchesPerEpoch, epochOrder, miniBatch } from './mini-batches.js';
import type { SgdPhase } from './phases.js';
import { addRow, notFinite, reporter, save, whereabouts, type TrainingRun } from './run.js';
import { learningRate } from './schedule.js';
import type { Ending } from './state.js';

/** Goes on with the phase from the run's state; undefined where the run is to stop. */
export async function sgdPhase(run: TrainingRun, phase: SgdPhase): Promise<Ending | undefined> {
  const { state, problem, rows } = run;
  const { examples } = problem.train;
  const perEpoch = batchesPerEpoch(examples, phase.batch);
  const report = reporter(run, phase.untilAlpha);
  const step = stepper(run, phase, perEpoch);
  // The phase before may have measured α by chunks with statistics of their own.
  if (Number.isNaN(state.referenceAlpha)) state.referenceAlpha = rows[rows.length - 1].alpha;
  for (;;) {
    if (!state.epochClosed) {
      const closed = await closeEpoch(run, phase, state.phaseStep / perEpoch);
      if (closed === 'stopped') return undefined;
      if (closed) return closed;
    }
    if (run.clock.saveIsDue()) save(run);
    if (await run.interruption.requested()) return undefined;
    const alpha = step();
    if (!Number.isFinite(alpha)) return notFinite(run, alpha);
    state.epochClosed = state.phaseStep % perEpoch !== 0;
    if (!state.epochClosed) state.epochs++;
    const share = Math.log(examples / Math.min(phase.batch, examples));
    report(problem.loss.logRisk(alpha) + share, state.phaseStep / (perEpoch * phase.epochs));
  }
}

/** Takes one mini-batch and returns its α; one that is not finite leaves everything as it was. */
function stepper(run: TrainingRun, phase: SgdPhase, perEpoch: number): () => number {
  const { state, problem, engines } = run;
  const { train, loss, seed } = problem;
  const gradient = new Float64Array(state.theta.length);
  let order: readonly number[] = [];
  let orderOf = -1;
  return () => {
    const { theta, velocity, phaseStep } = state;
    const epoch = Math.floor(phaseStep / perEpoch);
    if (orderOf !== epoch) {
      order = epochOrder(seed, state.phase, epoch, train.examples);
      orderOf = epoch;
    }
    const chosen = miniBatch(order, phase.batch, phaseStep % perEpoch);
    const labels = Float64Array.from(chosen, (index) => train.labels[index]);
    const map = marginMap(labels, train.classes);
    let found!: ReturnType<typeof dualise>;
    engines
      .chosen(train, chosen)
      .differentiate(theta, (scores) => (found = dualise(loss, map, scores)).weights, gradient);
    if (!Number.isFinite(found.alpha)) return found.alpha;
    // −∇(mean risk) = |ℓ′(α)|/images · ∇α.
    const factor = Math.exp(loss.logSlope(found.alpha)) / chosen.length;
    const rate = learningRate(phase.learningRate, phaseStep, perEpoch, phase.epochs);
    const along = velocity.length > 0 ? velocity : gradient;
    for (let i = 0; i < velocity.length; i++) {
      velocity[i] = phase.momentum * velocity[i] + factor * gradient[i];
    }
    const length = velocity.length > 0 ? rate : rate * factor;
    state.pathLength += sweptAngle(theta, along, length);
    addScaled(theta, length, along);
    state.phaseStep++;
    state.steps++;
    state.wrong += found.wrong;
    return found.alpha;
  };
}

/** What follows a whole epoch: a measurement, perhaps a row, perhaps the end of the phase. */
async function closeEpoch(
  run: TrainingRun,
  phase: SgdPhase,
  epoch: number,
): Promise<Ending | 'stopped' | undefined> {
  const { state, problem } = run;
  const { untilError, untilAlpha, measureEvery = 1 } = phase;
  const error = state.wrong / problem.train.examples;
  const fitted = untilError !== undefined && error <= untilError;
  let ending: Ending | undefined;
  if (fitted || epoch === phase.epochs || epoch % measureEvery === 0) {
    const found = await run.full.measure(state.theta);
    if (!found) return 'stopped';
    run.measured = found.train;
    const { alpha, smallestMargin } = found.train;
    const at = whereabouts(run, alpha);
    const reached = fitted || (untilAlpha !== undefined && alpha >= untilAlpha);
    const goal = untilError !== undefined || untilAlpha !== undefined;
    if (!Number.isFinite(alpha)) ending = notFinite(run, alpha);
    else if (reached) ending = { status: 'finished', message: `The goal was reached: ${at}.` };
    else if (epoch === phase.epochs && goal) {
      ending = { status: 'max-steps', message: `The epochs were used up: ${at}.` };
    } else if (epoch === phase.epochs) {
      ending = { status: 'finished', message: `The last epoch has ended: ${at}.` };
    }
    const grown = hasGrown(alpha, state.referenceAlpha, run.saveFactor);
    if (ending || grown || !(smallestMargin > 0)) addRow(run, found, alpha, ending !== undefined);
  }
  state.wrong = 0;
  state.epochClosed = true;
  return ending;
}
