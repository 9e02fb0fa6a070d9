import { followFlowAsync, separation, type Counts, type FlowStatus } from '../../flows/index.js';
import { limitEntry, limitFrom, type LimitEntry } from './limit.js';
import type { ProblemFile } from './problem-format.js';
import type { Problem } from './problem.js';
import { stallWatch } from './stall.js';
import { pointsAtTargets, rowAt, type Row } from './rows.js';

export interface SolveOptions {
  /** Undefined: the default for the network. */
  readonly tolerance?: number;
  readonly maxSteps: number;
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (alpha: number, goal: number) => void;
}

/** The result file: the problem again, so that it can be solved again, and what came of it. */
export interface FlowRecord extends ProblemFile {
  readonly about: string;
  /** Degree of the network in its trained weights. */
  readonly homogeneity: number;
  /** One row for each target that the run reached. */
  readonly rows: readonly Row[];
  /** Null where it was not looked for; `solver.message` says why. */
  readonly limit: LimitEntry | null;
  readonly solver: {
    readonly status: FlowStatus | 'stalled';
    /** How the run ended, and whatever else there is to say, in sentences. */
    readonly message: string;
    readonly counts: Counts;
    readonly tolerance: number;
    /** Width of the ramps in place of kinks beyond the first hidden layer; null where none are. */
    readonly rampWidth: number | null;
    /** Number of stretches in which an example stayed on the kink of a unit. */
    readonly slides: number;
    /** α at θ₀. */
    readonly startAlpha: number;
    readonly marks: readonly { name: string; logT: number; alpha: number }[];
  };
}

const TOLERANCE = 1e-9;
/** A step must not jump over a ramp: its error is by default this far below the ramp's width … */
const STEPS_IN_RAMP = 1000;
/** … and at most this far, which gets further before rounding ends the run. */
const FEWEST_STEPS_IN_RAMP = 100;

/**
 * The tolerance to work with: the wanted one, or the default for the network. Throws a sentence where
 * the wanted one is too large for the ramps that stand for a deep ReLU network's kinks.
 */
export function toleranceFor({ rampWidth }: Problem, wanted: number | undefined): number {
  if (rampWidth === undefined) return wanted ?? TOLERANCE;
  // Rounded: 1e-7 / 1000 is a little less than 1e-10.
  const within = (steps: number) => Number((rampWidth / steps).toPrecision(6));
  const most = within(FEWEST_STEPS_IN_RAMP);
  const tolerance = wanted ?? within(STEPS_IN_RAMP);
  if (tolerance <= most) return tolerance;
  throw new Error(
    `--tolerance is ${tolerance}; expected at most ${most.toExponential(0)} with ReLU in several layers, a hundredth of the width of the ramps in place of its kinks.`,
  );
}

/** Follows the flow through its targets and finds its limit. */
export async function solveProblem(problem: Problem, options: SolveOptions): Promise<FlowRecord> {
  const { file, objective, rampWidth } = problem;
  const { targets } = file;
  const tolerance = toleranceFor(problem, options.tolerance);
  const stall = { watch: stallWatch(), seen: false };
  const result = await followFlowAsync(objective, problem.theta0, {
    tolerance,
    targets,
    events: [separation],
    maxSteps: options.maxSteps,
    signal: {
      get aborted() {
        return stall.seen || options.signal?.aborted === true;
      },
    },
    onStep: ({ alpha }) => {
      stall.seen ||= stall.watch(alpha);
      options.onProgress?.(alpha, targets[targets.length - 1]);
    },
  });
  const ending =
    stall.seen && result.status === 'interrupted' ? stalled(result.last.alpha) : result;
  const startAlpha = result.trajectory.alpha[0];
  const reached = pointsAtTargets(result, targets);
  const rows = reached.map(({ target, point }) => rowAt(problem, target, point));
  const { certificate, reason } = limitFrom(
    problem,
    reached.map(({ point }) => point),
  );
  const passed = passedSentence(targets, startAlpha);
  return {
    about: `Gradient flow of the summed ${file.loss} loss from theta0; rows where alpha first reaches each target; logT counts from theta0.`,
    network: file.network,
    loss: file.loss,
    homogeneity: problem.degree,
    classes: file.classes,
    targets,
    inputs: file.inputs,
    labels: file.labels,
    theta0: file.theta0,
    rows,
    limit: certificate ? limitEntry(certificate) : null,
    solver: {
      status: ending.status,
      message: [ending.message, passed, reason].filter((text) => text !== undefined).join(' '),
      counts: result.counts,
      tolerance,
      rampWidth: rampWidth ?? null,
      slides: result.slides?.length ?? 0,
      startAlpha,
      marks: result.marks.map(({ name, point }) => ({
        name,
        logT: point.logTime,
        alpha: point.alpha,
      })),
    },
  };
}

function stalled(alpha: number): Pick<FlowRecord['solver'], 'status' | 'message'> {
  const message = `α stopped rising at ${alpha.toPrecision(6)}: the flow has come to rest before it reached its last target.`;
  return { status: 'stalled', message };
}

/** A row stands for α arriving at a target; the start is no arrival, so passed targets have none. */
function passedSentence(targets: readonly number[], startAlpha: number): string | undefined {
  const passed = targets.filter((target) => target <= startAlpha);
  if (passed.length === 0) return undefined;
  const which =
    passed.length === 1 ? `target ${passed[0]} was` : `targets ${passed.join(', ')} were`;
  return `The ${which} passed before the start, where α = ${startAlpha.toPrecision(6)}, and ${passed.length === 1 ? 'has' : 'have'} no row.`;
}
