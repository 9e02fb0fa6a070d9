import type { FlowPoint, FlowResult } from '../../flows/index.js';
import {
  alignment,
  dualEntropy,
  dualPotential,
  dualsOf,
  normalizedMargin,
  smoothedMargin,
  snapshot,
  type Snapshot,
} from '../../metrics/index.js';
import type { Problem } from './problem.js';

/** A point of the run in the form of the result file. */
export interface PointEntry {
  /** log t since θ₀. */
  readonly logT: number;
  /** log ‖θ‖. */
  readonly logNorm: number;
  readonly alpha: number;
  /** min pᵢ / ‖θ‖^L. */
  readonly normalizedMargin: number;
  /** α / ‖θ‖^L. */
  readonly smoothedMargin: number;
  /** cos(θ, −∇𝓛). */
  readonly alignment: number;
  /** Dual variables q = ∂α/∂p, one for each margin; rows of older results lack this and the next two. */
  readonly q?: Float64Array;
  /** H(q) = −Σ q log q of q scaled to sum 1, in nats. */
  readonly entropy?: number;
  /** ½‖∇α‖² / ‖θ‖^{2(L−1)}. */
  readonly dualPotential?: number;
  /** θ/‖θ‖. */
  readonly direction: Float64Array;
  /** For ReLU: [example, unit, slope] for each kink that the flow slides on; units count through all layers. */
  readonly kinks?: readonly (readonly [number, number, number])[];
}

/** The run where α first reached a target. */
export interface TargetRow extends PointEntry {
  readonly target: number;
}

/** Where the run ended, however it did: what another run can go on from. */
export interface LastEntry extends PointEntry {
  /** Length swept by θ/‖θ‖ since θ₀, radians. */
  readonly pathLength: number;
  /** pᵢ / ‖θ‖^L, one for each margin. */
  readonly margins: Float64Array;
}

const AT_TARGET = 'alpha ';

/** The point where the run met each of its targets; targets passed at θ₀ or never met have none. */
export function pointsAtTargets({ marks }: FlowResult): { target: number; point: FlowPoint }[] {
  return marks
    .filter(({ name }) => name.startsWith(AT_TARGET))
    .map(({ name, point }) => ({ target: Number(name.slice(AT_TARGET.length)), point }));
}

export function rowAt(problem: Problem, target: number, point: FlowPoint): TargetRow {
  const at = snapshot(problem.objective, point.direction, point.logNorm);
  return { target, ...entryAt(point, at) };
}

export function lastEntry(problem: Problem, point: FlowPoint): LastEntry {
  const at = snapshot(problem.objective, point.direction, point.logNorm);
  const { kinks, ...entry } = entryAt(point, at);
  return { ...entry, pathLength: point.pathLength, margins: at.pairMargins, kinks };
}

function entryAt(point: FlowPoint, at: Snapshot): PointEntry {
  return {
    logT: point.logTime,
    logNorm: point.logNorm,
    alpha: point.alpha,
    normalizedMargin: normalizedMargin(at),
    smoothedMargin: smoothedMargin(at),
    // On a kink the gradient at the point is no single vector: the run's own velocity is.
    alignment: point.alignmentAngle === undefined ? alignment(at) : Math.cos(point.alignmentAngle),
    q: dualsOf(at, point),
    entropy: dualEntropy(at, point),
    dualPotential: dualPotential(at, point),
    direction: point.direction,
    kinks: kinksOf(point),
  };
}

/** The slopes that the run itself used. */
function kinksOf({ kinks }: FlowPoint): PointEntry['kinks'] {
  return kinks
    ?.map(({ example, unit, slope }) => [example, unit, slope] as const)
    .sort(([a, i], [b, j]) => a - b || i - j);
}
