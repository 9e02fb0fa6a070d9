import { requireSerial } from '../networks/serial.js';
import type { Objective } from '../losses/objective.js';
import { requireDegree } from '../networks/degree.js';
import { angleBetween, dot, maxAbs, minimum, norm } from '../numerics/vectors.js';
import { kinksAt, type Kink } from './kinks.js';
import { newtonOnSupport, type KktGuess, type KktSolution } from './kkt-newton.js';
import type { FlowPoint } from './trajectory.js';

/**
 * A Karush–Kuhn–Tucker point of the margin problem: maximise γ subject to pᵢ(w) ≥ γ on the unit
 * sphere, which for an L-homogeneous network is the same as min ½‖θ‖² subject to pᵢ(θ) ≥ 1.
 */
export interface KktPoint {
  /** w, of unit norm. */
  readonly direction: Float64Array;
  /** γ: the normalized margin there. */
  readonly margin: number;
  /** One multiplier per margin, non-negative, summing to 1; zero off the support. */
  readonly multipliers: Float64Array;
  /** Indices of the margins that equal γ with a multiplier. */
  readonly support: readonly number[];
  /** Kinks that w lies on, with their Clarke multipliers in [0, 1]; none for smooth networks. */
  readonly kinks: readonly { example: number; unit: number; multiplier: number }[];
  /** ‖(I − wwᵀ)(Σ μᵢ ∇pᵢ + Σ νₖ ∇zₖ)‖ / (L γ): zero at a KKT point. */
  readonly residual: number;
  /** max over the support of |pᵢ − γ| / γ. */
  readonly feasibility: number;
  /** Smallest multiplier on the support, as a fraction of the mean one. */
  readonly smallestMultiplier: number;
  /** (min over the other margins − γ) / γ; Infinity where every margin is in the support. */
  readonly slack: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly message: string;
}

export interface LimitOptions {
  /** Margins whose dual variable exceeds this share of the largest start in the support. */
  readonly supportShare: number;
  readonly maxIterations: number;
  /**
   * For ReLU networks (built with `gatedRelu(kinkWidth)`): pairs with |z| ≤ kinkWidth/2 at the start
   * are kinks that the limit is asked to lie on.
   */
  readonly kinkWidth?: number;
  /**
   * The objective that the run descended, where it differs from the one to solve (kinks as ramps):
   * its dual variables choose the support. Late, ‖θ‖^L turns even tiny differences into other duals.
   */
  readonly descended?: Objective;
}

const ACTIVE_SET_CHANGES = 20;

/**
 * Newton's method on the KKT system from a late point of a run, with the support found by adding
 * violated and dropping negative constraints. Newton's method finds some KKT point from almost
 * anywhere, so one success proves little: see `certifyLimit`.
 */
export function solveLimit(
  objective: Objective,
  start: FlowPoint,
  options: LimitOptions,
): KktPoint {
  const degree = requireDegree(objective.network.degree, 'The limit solver');
  const { descended = objective } = options;
  const state = descended.evaluate(start.direction, Math.exp(degree * start.logNorm));
  const q = state.q.slice();
  const largest = q.reduce((a, b) => Math.max(a, b), 0);
  const { kinkWidth, maxIterations } = options;
  const kinks = kinkWidth === undefined ? [] : kinksAt(objective, start.direction, kinkWidth);
  let support = indicesWhere(q, (value) => value > options.supportShare * largest);
  let guess: KktGuess = {
    direction: start.direction.slice(),
    multipliers: support.map((i) => q[i]),
    margin: minimum(state.margins),
  };
  for (let change = 0; ; change++) {
    const solved = newtonOnSupport(objective, degree, support, kinks, guess, maxIterations);
    const margins = objective.margins(solved.direction).slice();
    const dropped = support.filter((_, k) => solved.multipliers[k] < 0);
    const below = solved.margin * (1 - 1e-9);
    const added = indicesWhere(margins, (p, i) => p < below && !support.includes(i));
    const settled = dropped.length === 0 && added.length === 0;
    const kept = support.filter((i) => !dropped.includes(i));
    if (settled || !solved.converged || change === ACTIVE_SET_CHANGES || kept.length === 0) {
      return describe(objective, degree, { support, kinks, solved, settled });
    }
    const multiplierOf = new Map(support.map((i, k) => [i, solved.multipliers[k]]));
    support = [...kept, ...added].sort((a, b) => a - b);
    guess = {
      // Restart from the run's own point: a wrong support can have led Newton far away.
      direction: start.direction.slice(),
      multipliers: support.map((i) => multiplierOf.get(i) ?? 0),
      margin: minimum(margins),
    };
  }
}

function indicesWhere(
  values: Float64Array,
  holds: (value: number, index: number) => boolean,
): number[] {
  const indices: number[] = [];
  values.forEach((value, i) => {
    if (holds(value, i)) indices.push(i);
  });
  return indices;
}

interface Outcome {
  readonly support: readonly number[];
  readonly kinks: readonly Kink[];
  readonly solved: KktSolution;
  readonly settled: boolean;
}

function describe(objective: Objective, degree: number, outcome: Outcome): KktPoint {
  const { support, kinks, solved, settled } = outcome;
  const { direction, margin } = solved;
  const multipliers = new Float64Array(objective.examples * objective.pairs);
  support.forEach((pair, k) => {
    multipliers[pair] = solved.multipliers[k];
  });
  const pull = new Float64Array(direction.length);
  objective.pullback(direction, multipliers, pull);
  const clarke = kinks.map((kink, k) => ({
    example: kink.example,
    unit: kink.unit,
    multiplier: clarkeMultiplier(objective, kink, solved.kinkMultipliers[k]),
  }));
  kinks.forEach((kink, k) => {
    for (let i = 0; i < pull.length; i++) pull[i] += solved.kinkMultipliers[k] * kink.gradient[i];
  });
  const radial = dot(pull, direction);
  const tangent = pull.map((value, i) => value - radial * direction[i]);
  const gaps = objective.margins(direction).map((p) => (p - margin) / margin);
  const inSupport = new Set(support);
  const smallest = Math.min(...solved.multipliers);
  return {
    direction,
    margin,
    multipliers,
    support,
    kinks: clarke,
    residual: norm(tangent) / (degree * margin),
    feasibility: Math.max(...support.map((pair) => Math.abs(gaps[pair]))),
    smallestMultiplier: smallest * support.length,
    slack: gaps.reduce(
      (least, gap, i) => (inSupport.has(i) ? least : Math.min(least, gap)),
      Infinity,
    ),
    iterations: solved.iterations,
    converged: solved.converged && settled && margin > 0,
    message: messageOf(solved, settled, support.length),
  };
}

/**
 * ν = c·m, where c is the gradient that reaches the unit's output: m is the slope on the kink. NaN
 * where the unit itself vanishes in the limit, so that c = 0 and any slope would do.
 */
function clarkeMultiplier(objective: Objective, kink: Kink, weight: number): number {
  const units = requireSerial(objective.network, 'The limit solver').layers[1].outputs;
  const gradients = objective.evaluator.layerGradient(1);
  const reaching = gradients[kink.example * units + kink.unit];
  return Math.abs(reaching) < 1e-9 * maxAbs(gradients) ? NaN : weight / reaching;
}

function messageOf(solved: KktSolution, settled: boolean, supportSize: number): string {
  if (!solved.converged) {
    return `Newton's method did not converge on ${supportSize} constraints; it came nearest at iteration ${solved.iterations}.`;
  }
  if (!settled) return 'The active constraints did not settle.';
  return `Newton's method converged with ${supportSize} active constraints.`;
}

/** What makes a limit believable: one solve succeeding proves little. */
export interface LimitCertificate {
  /** The KKT point found from the latest start. */
  readonly limit: KktPoint;
  /** α of every start, increasing. */
  readonly startAlphas: readonly number[];
  /** Angle from each start's own direction to the limit: it has to keep falling. */
  readonly angles: readonly number[];
  /** Angle from the KKT point that each start leads to, to the limit. */
  readonly agreement: readonly number[];
  /**
   * Largest difference of a margin between each start's KKT point and the limit, divided by γ. Where
   * KKT points form a manifold (twin ReLU neurons that trade mass), the starts agree in what the
   * network computes before they agree in direction.
   */
  readonly marginAgreement: readonly number[];
}

/** Solves for the limit from several late points; the last one counts, the others bear witness. */
export function certifyLimit(
  objective: Objective,
  starts: readonly FlowPoint[],
  options: LimitOptions,
): LimitCertificate {
  if (starts.length < 2) throw new Error('A certificate needs at least two starts.');
  const solved = starts.map((start) => solveLimit(objective, start, options));
  const limit = solved[solved.length - 1];
  const marginsAt = (point: KktPoint) => objective.margins(point.direction).slice();
  const reference = marginsAt(limit);
  const apart = (point: KktPoint) =>
    marginsAt(point).reduce((most, p, i) => Math.max(most, Math.abs(p - reference[i])), 0);
  return {
    limit,
    startAlphas: starts.map((start) => start.alpha),
    angles: starts.map((start) => angleBetween(start.direction, limit.direction)),
    agreement: solved.map((point) => angleBetween(point.direction, limit.direction)),
    marginAgreement: solved.map((point) => apart(point) / limit.margin),
  };
}
