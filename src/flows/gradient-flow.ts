import type { Objective } from '../losses/objective.js';
import { requireStart, type FlowEvent, type GradientFlowOptions } from './flow-options.js';
import { advance, startRun } from './flow-run.js';
import type { SlidingPhase } from './kink-modes.js';
import type { Ending, Run } from './run.js';
import { trajectoryOf, type FlowPoint, type FlowResult } from './trajectory.js';

/** First perfect classification: the smallest margin crosses zero. */
export const separation: FlowEvent = {
  name: 'separation',
  value: (point) => point.smallestMargin,
};

/**
 * Follows θ′ = −∇𝓛(θ) from θ₀ in direction and log-norm, saving every accepted step and landing on
 * every target and event. Throws where the network is not homogeneous or an option is out of range;
 * where the run itself cannot go on it returns what it reached, with a status and a sentence.
 */
export function followFlow(
  objective: Objective,
  theta0: Float64Array,
  options: GradientFlowOptions,
): FlowResult {
  const steps = flowSteps(objective, theta0, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** As `followFlow`, giving the event loop a turn every 50 ms so that progress can be seen. */
export async function followFlowAsync(
  objective: Objective,
  theta0: Float64Array,
  options: GradientFlowOptions,
): Promise<FlowResult> {
  const steps = flowSteps(objective, theta0, options);
  let turn = Date.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (Date.now() - turn > 50) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      turn = Date.now();
    }
  }
}

/** The run as a generator of its accepted points; its return value is the result. */
export function* flowSteps(
  objective: Objective,
  theta0: Float64Array,
  options: GradientFlowOptions,
): Generator<FlowPoint, FlowResult> {
  requireOptions(options);
  requireStart(objective, theta0);
  const flow = startRun(objective, theta0, options);
  const { run } = flow;
  yield run.point;
  for (;;) {
    const ending = endingOf(run, options) ?? advance(flow, options);
    if (ending) return resultOf(run, ending, flow.dual?.state.modes?.phases);
    options.onStep?.(run.point, run.counts);
    yield run.point;
  }
}

function requireOptions(options: GradientFlowOptions): void {
  const { tolerance, targets, maxSteps } = options;
  if (!(tolerance > 0 && tolerance < 1)) {
    throw new Error(`The tolerance lies between 0 and 1; got ${tolerance}.`);
  }
  const increasing = targets.every((t, i) => Number.isFinite(t) && (i === 0 || t > targets[i - 1]));
  if (targets.length === 0 || !increasing) {
    const got = targets.join(', ');
    throw new Error(`The targets of α are increasing finite numbers, at least one; got [${got}].`);
  }
  const names = (options.events ?? []).map((event) => event.name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new Error(`Two events are called '${twice}'.`);
  if (!(maxSteps >= 1)) throw new Error(`maxSteps is at least 1; got ${maxSteps}.`);
}

function endingOf(run: Run, options: GradientFlowOptions): Ending | undefined {
  const reached = `α = ${run.point.alpha.toPrecision(6)}`;
  if (run.stopped !== undefined) {
    return { status: 'event', message: `The run ended at its event '${run.stopped}', ${reached}.` };
  }
  if (run.nextTarget >= options.targets.length) {
    return { status: 'finished', message: `The run reached its last target, ${reached}.` };
  }
  if (options.signal?.aborted) {
    return { status: 'interrupted', message: `The run was interrupted at ${reached}.` };
  }
  if (run.counts.accepted >= options.maxSteps) {
    const message = `The run used up its ${options.maxSteps} steps at ${reached}; allow more steps, or a larger tolerance.`;
    return { status: 'max-steps', message };
  }
  return undefined;
}

function resultOf(run: Run, ending: Ending, slides: readonly SlidingPhase[] = []): FlowResult {
  return {
    ...ending,
    slides,
    counts: run.counts,
    trajectory: trajectoryOf(
      run.points.at(-1) === run.point ? run.points : [...run.points, run.point],
    ),
    marks: run.marks,
    last: run.point,
  };
}
