import {
  followFlowAsync,
  separation,
  untilCertified,
  type Counts,
  type FlowResult,
  type FlowStatus,
  type SolvedLimits,
  type SaddleVisit,
} from '../../flows/index.js';
import type { PlainProblem } from '../../specs/plain-format.js';
import type { Solver } from '../../specs/solver.js';
import { beyondEntries, beyondSentence, followBeyond, type BeyondEntry } from './beyond.js';
import { earlierPoints, startFrom, targetsAhead } from './resume.js';
import { limitEntry, limitFrom, type LimitEntry } from './limit.js';
import type { Problem } from './problem.js';
import { contradictionIn, restsSmall } from './contradiction.js';
import { departureWords } from './leave-zero.js';
import type { EarlierRun } from './result-format.js';
import { lastEntry, pointsAtTargets, rowAt, type LastEntry, type TargetRow } from './rows.js';

export interface SolveOptions {
  /** Default 1e-9. */
  readonly tolerance?: number;
  readonly maxSteps: number;
  /** Default `auto`, or what suits a problem that is bound to come to rest. */
  readonly method?: Solver['method'];
  /** The run to go on from; the result then tells of both. */
  readonly earlier?: EarlierRun;
  /** Ends at the last target, whether or not the limit can be certified from there. */
  readonly stopAtLast?: boolean;
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (alpha: number, goal: number) => void;
  /** Called with a sentence that is known before the run. */
  readonly onRemark?: (sentence: string) => void;
}

/** The result file: the problem again, so that it can be solved again, and what came of it. */
export interface FlowResultFile extends PlainProblem {
  readonly about: string;
  /** Degree of the network in its trained weights. */
  readonly homogeneity: number;
  /** One row for each target that the run reached, and for each decade of α that it went on. */
  readonly rows: readonly TargetRow[];
  /** Decades of α beyond the last row, for the limit; none where the rows tell it, or nothing can. */
  readonly beyond: readonly BeyondEntry[];
  /** Where the run ended, whatever ended it. */
  readonly last: LastEntry;
  /** Null where it was not looked for; `solver.message` says why. */
  readonly limit: LimitEntry | null;
  /** Stretches of rows near KKT points that are not stable, which the flow leaves. */
  readonly visits: readonly SaddleVisit[];
  readonly solver: {
    readonly status: FlowStatus;
    /** How the run ended, and whatever else there is to say, in sentences. */
    readonly message: string;
    readonly counts: Counts;
    readonly tolerance: number;
    /** Number of stretches in which an example stayed on the kink of a unit. */
    readonly slides: number;
    /** α at θ₀. */
    readonly startAlpha: number;
    readonly marks: readonly { name: string; logT: number; alpha: number }[];
  };
}

const TOLERANCE = 1e-9;
/** Follows the flow through its targets and finds its limit. */
export async function solveProblem(
  problem: Problem,
  options: SolveOptions,
): Promise<FlowResultFile> {
  const { file, objective } = problem;
  const { targets } = file;
  const { earlier, tolerance = TOLERANCE } = options;
  const { theta0, departure } = problem;
  const start = earlier ? startFrom(earlier) : (departure ?? theta0);
  const ahead = earlier ? targetsAhead(targets, earlier) : targets;
  const solved: SolvedLimits = new Map();
  const before = earlier ? earlierPoints(problem, earlier) : [];
  const settling = untilCertified(objective, { solved });
  const contradiction = contradictionIn(problem);
  if (contradiction !== undefined) options.onRemark?.(contradiction);
  const result = await followFlowAsync(objective, start, {
    tolerance,
    method: methodFor(problem, contradiction !== undefined, options.method),
    targets: ahead,
    events: [separation],
    maxSteps: options.maxSteps,
    further: options.stopAtLast ? undefined : (points) => settling([...before, ...points]),
    signal: options.signal,
    onStep: ({ alpha }) => options.onProgress?.(alpha, targets[targets.length - 1]),
  });
  const reached = pointsAtTargets(result);
  const own = [...before, ...reached.map(({ point }) => point)];
  const goesBeyond = !options.stopAtLast && result.status !== 'interrupted';
  const way = goesBeyond
    ? await followBeyond(problem, own, {
        tolerance,
        solved,
        signal: options.signal,
        onProgress: (alpha) => options.onProgress?.(alpha, NaN),
      })
    : { points: [], interrupted: false };
  const search = { solved, signal: options.signal };
  const { certificate, visits, reasons } = await limitFrom(problem, own, way.points, search);
  const limit = certificate ? limitEntry(certificate) : null;
  const startAlpha = earlier?.solver.startAlpha ?? result.trajectory.alpha[0];
  const sentences = [
    result.message,
    contradiction,
    departure && departureWords(departure),
    passedSentence(targets, startAlpha),
    wentOn(targets, result),
    beyondSentence(way),
    ...reasons,
  ];
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
    data: file.data,
    description: file.description,
    rows: [
      ...(earlier?.rows ?? []),
      ...reached.map(({ target, point }) => rowAt(problem, target, point)),
    ],
    beyond: beyondEntries(problem, way.points, limit),
    last: lastEntry(problem, result.last),
    limit,
    visits,
    solver: {
      status: options.signal?.aborted ? 'interrupted' : result.status,
      message: sentences.filter((text) => text !== undefined).join(' '),
      counts: earlier ? added(earlier.solver.counts, result.counts) : result.counts,
      tolerance,
      slides: earlier ? earlier.solver.slides + newSlides(result) : (result.slides ?? []).length,
      startAlpha,
      marks: [
        ...(earlier?.solver.marks ?? []),
        ...result.marks.map(({ name, point }) => ({
          name,
          logT: point.logTime,
          alpha: point.alpha,
        })),
      ],
    },
  };
}

function methodFor(
  problem: Problem,
  contradicts: boolean,
  asked: Solver['method'] = 'auto',
): Solver['method'] {
  return asked === 'auto' && contradicts && restsSmall(problem) ? 'full-implicit' : asked;
}

/** A run that goes on for its limit says so. */
function wentOn(targets: readonly number[], { last, message }: FlowResult): string | undefined {
  const target = targets[targets.length - 1];
  if (!(last.alpha > 1.5 * target) || message.includes('went on')) return undefined;
  return `It went on from its last target, ${target < 1e6 ? target : target.toExponential().replace('e+', 'e')}, for a limit that can be certified.`;
}

function added(earlier: Counts, counts: Counts): Counts {
  return {
    accepted: earlier.accepted + counts.accepted,
    rejected: earlier.rejected + counts.rejected,
    evaluations: earlier.evaluations + counts.evaluations,
    jacobians: earlier.jacobians + counts.jacobians,
    factorizations: earlier.factorizations + counts.factorizations,
  };
}

/** Stretches on kinks that began in this run, and not at its start. */
function newSlides({ slides = [], trajectory }: FlowResult): number {
  return slides.filter(({ fromAlpha }) => fromAlpha !== trajectory.alpha[0]).length;
}

/** A row stands for α arriving at a target; the start is no arrival, so passed targets have none. */
function passedSentence(targets: readonly number[], startAlpha: number): string | undefined {
  const passed = targets.filter((target) => target <= startAlpha);
  if (passed.length === 0) return undefined;
  const which =
    passed.length === 1 ? `target ${passed[0]} was` : `targets ${passed.join(', ')} were`;
  return `The ${which} passed before the start, where α = ${startAlpha.toPrecision(6)}, and ${passed.length === 1 ? 'has' : 'have'} no row.`;
}
