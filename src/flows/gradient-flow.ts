import { requireSerialObjective, type Objective } from '../losses/objective.js';
import type { FlowEvent, FlowStart, GradientFlowOptions } from './flow-options.js';
import { advance, startRun, type RunningFlow } from './running-flow.js';
import type { SlidingInterval } from './kinks/kink-modes.js';
import { restingPoint, restingWords } from './resting-point.js';
import type { Ending, Run } from './run.js';
import { stallWatch } from './stall.js';
import { finished, inTurns, unlessAborted, type Turns } from './turns.js';
import { trajectoryOf, type FlowPoint, type FlowResult } from './trajectory.js';

/** After so many steps their second half tells whether α is on its way … */
const FEW = 100;
/** … which it is where so many times its rise would take it to the next target. */
const FAR = 100;

/** First perfect classification: the smallest margin crosses zero. */
export const separation: FlowEvent = {
  name: 'separation',
  value: (point) => point.smallestMargin,
};

/**
 * Follows θ′ = −∇𝓛(θ) from θ₀, or from a point of another run, in direction and log-norm, saving every
 * accepted step and landing on every target and event. α may go to 10¹⁶, where the exponential risk is
 * e^{−α}: neither it nor the time is formed. Throws where the network is not homogeneous, the start does
 * not fit it, the loss is not what it says, or an option is out of range; where the run itself cannot go on
 * it returns what it reached, with a status and a sentence. How it is done is in docs/architecture.md.
 */
export function followFlow(
  objective: Objective,
  start: Float64Array | FlowStart,
  options: GradientFlowOptions,
): FlowResult {
  return finished(flowTurns(objective, start, options));
}

/**
 * As `followFlow`, giving the event loop a turn every 50 ms so that progress can be seen and `signal` can
 * be set; the promise is rejected with what `followFlow` throws.
 */
export async function followFlowAsync(
  objective: Objective,
  start: Float64Array | FlowStart,
  options: GradientFlowOptions,
): Promise<FlowResult> {
  return inTurns(flowTurns(objective, start, options));
}

/**
 * The run as a generator of its points, the start first and then each accepted step; its return value is
 * the result. Who stops asking stops the run. Throws as `followFlow` does, at the first `next`.
 */
export function* flowSteps(
  objective: Objective,
  start: Float64Array | FlowStart,
  options: GradientFlowOptions,
): Generator<FlowPoint, FlowResult> {
  const turns = flowTurns(objective, start, options);
  for (;;) {
    const turn = turns.next();
    if (turn.done) return turn.value;
    if (turn.value) yield turn.value;
  }
}

/** As `flowSteps`; undefined stands for a turn between two points. */
function* flowTurns(
  objective: Objective,
  start: Float64Array | FlowStart,
  options: GradientFlowOptions,
): Generator<FlowPoint | undefined, FlowResult> {
  requireOptions(options);
  const targets = [...options.targets];
  const own = { ...options, targets };
  let goesFurther = false;
  const flow = startRun(requireSerialObjective(objective, 'The flow'), start, own);
  const { run } = flow;
  const stalls = options.goOnAtRest ? () => false : stallWatch(flow);
  yield run.point;
  for (;;) {
    if (run.nextTarget >= targets.length && run.stopped === undefined) {
      const further = yield* furtherTarget(options, pointsMet(run, targets));
      if (options.further && further === undefined && options.signal?.aborted) {
        return resultOf(run, interrupted(run, ', after its last target'), slidesOf(flow));
      }
      if (further !== undefined && further > run.point.alpha) {
        const { accepted } = run.counts;
        const most = accepted + Math.max(FURTHER_STEPS, accepted);
        if (!goesFurther) own.maxSteps = Math.min(options.maxSteps, most);
        goesFurther = true;
        targets.push(further);
      }
    }
    const ending = endingOf(run, own) ?? stalled(flow, stalls()) ?? advance(flow, own);
    if (ending) {
      const wanted = options.targets.length;
      const whole =
        run.nextTarget >= wanted
          ? reachedAll(ending, targets[wanted - 1], run.point.alpha)
          : ending;
      return resultOf(run, whole, slidesOf(flow));
    }
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
    return interrupted(run);
  }
  if (run.counts.accepted >= options.maxSteps) {
    const used = `The run used up its ${options.maxSteps} steps at ${reached}`;
    return { status: 'max-steps', message: `${used}; ${stepsAdvice(run, options.targets)}.` };
  }
  return undefined;
}

function interrupted({ point }: Run, doing = ''): Ending {
  const reached = `α = ${point.alpha.toPrecision(6)}`;
  return { status: 'interrupted', message: `The run was interrupted at ${reached}${doing}.` };
}

/** What `further` says; undefined where the signal comes before that. */
function* furtherTarget(
  { further, signal }: GradientFlowOptions,
  points: FlowPoint[],
): Turns<number | undefined> {
  const found = further?.(points);
  return typeof found === 'object' ? yield* unlessAborted(found, signal) : found;
}

/** A run that goes further does so for at most so many steps, or as many as it had taken. */
const FURTHER_STEPS = 500;
/** Endings that say enough, also of a run that has reached all that was asked. */
const KEPT = new Set<Ending['status']>(['finished', 'event', 'interrupted']);

/** A run that was to end at its last target has got there, whatever ended it on its way further. */
function reachedAll(ending: Ending, last: number, alpha: number): Ending {
  if (KEPT.has(ending.status)) return ending;
  const reached = `The run reached its last target, α = ${last.toPrecision(6)}, and went on`;
  const message =
    ending.status === 'max-steps'
      ? `${reached} to α = ${alpha.toPrecision(6)}, with the steps that it had for that.`
      : `${reached}: ${ending.message}`;
  return { status: 'finished', message };
}

/** The points at the targets that the run has met, in order. */
function pointsMet({ marks }: Run, targets: readonly number[]): FlowPoint[] {
  const names = new Set(targets.map((target) => `alpha ${target}`));
  return marks.filter(({ name }) => names.has(name)).map(({ point }) => point);
}

/** More steps are of use only where those before led anywhere. */
function stepsAdvice({ points, point, keepsSteps, nextTarget }: Run, targets: readonly number[]) {
  const rise = point.alpha - points[Math.floor(points.length / 2)].alpha;
  const left = targets[nextTarget] - point.alpha;
  if (!keepsSteps || points.length <= FEW || rise * FAR >= left) {
    return 'allow more steps, or a larger tolerance';
  }
  return `in the second half of them α rose by ${rise.toExponential(1)}, and its next target is ${left.toPrecision(2)} away, so that more may not help`;
}

function stalled(flow: RunningFlow, isStalled: boolean): Ending | undefined {
  if (!isStalled) return undefined;
  const rest = restingPoint(flow);
  const reached = flow.run.point.alpha.toPrecision(6);
  const reason = rest
    ? `: ${restingWords(rest, flow.objective.pairs)}; the data may not be separable by this network, or this start leads to a local minimum`
    : '';
  const message = `α stopped rising at ${reached}: the flow has come to rest before it reached its last target${reason}.`;
  return { status: 'stalled', message };
}

const slidesOf = ({ modes }: RunningFlow): readonly SlidingInterval[] => modes?.intervals ?? [];

function resultOf(run: Run, ending: Ending, slides: readonly SlidingInterval[]): FlowResult {
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
