import type { SerialObjective } from '../../losses/objective.js';
import { requireDegree } from '../../networks/degree.js';
import { norm } from '../../numerics/vectors.js';
import { slidingKinks, type Approach } from './approach.js';
import { blockCurvature, type Blocks } from './blocks.js';
import { gradientRows, kinkStrengths, pieceFor, spread, valuesAt } from './piece.js';
import { stabilityOf, type Stability, type TangentSpace } from './stability.js';
import { combineRows, independentRows, pickRows, wideRow, type ConstraintRows } from './rows.js';

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
  /** Kinks of support examples that w lies on, with their slopes in the Clarke subdifferential. */
  readonly kinks: readonly { example: number; unit: number; multiplier: number }[];
  /** ‖Lγ w − Σ μᵢ ∇pᵢ − Σ νₖ ∇zₖ‖ / (Lγ): zero at a KKT point. */
  readonly residual: number;
  /** max over the support of |pᵢ − γ| / γ. */
  readonly feasibility: number;
  /** Smallest multiplier on the support, as a fraction of the mean one. */
  readonly smallestMultiplier: number;
  /** (min over the other margins − γ) / γ; Infinity where every margin is in the support. */
  readonly slack: number;
  /**
   * What rounding alone makes of the residual and of margins: where inputs are badly scaled, terms of
   * Σ μ ∇p and of pᵢ cancel.
   */
  readonly rounding: number;
  readonly stability: Stability;
  readonly iterations: number;
  /** True where the solver came to rest on a point that meets the conditions. */
  readonly converged: boolean;
  readonly message: string;
}

/** Largest residual and infeasibility of a KKT point. */
export const KKT_TOLERANCE = 1e-10;
const ROUNDINGS = 4;

/** A KKT point, and how things lie around it. */
export interface Surveyed {
  readonly point: KktPoint;
  readonly space: TangentSpace;
  /**
   * Where KKT points may form a manifold, the margin of the one that the flow goes to from beside this one, NaN
   * where none is reached; not there until a certificate has asked for it.
   */
  besideMargin?: number;
}

/** The point where an approach has come to rest, measured afresh from θ and its multipliers. */
export function kktPointAt(
  objective: SerialObjective,
  blocks: Blocks,
  at: Approach,
  iterations: number,
): Surveyed {
  const { theta, weights, slopes } = at;
  const degree = requireDegree(objective.network.degree, 'The limit solver');
  const support = [...weights.keys()].sort((a, b) => a - b);
  const lambda = support.map((pair) => weights.get(pair)!);
  const kinks = slidingKinks(objective, at);
  const piece = pieceFor(objective, support, kinks, slopes);
  const rows = gradientRows(piece, blocks, theta);
  const values = valuesAt(piece, theta);
  const pull = combineRows(rows, [...lambda, ...kinks.map(({ weight }) => weight)]);
  const size = norm(theta);
  const residual = norm(theta.map((value, i) => value - pull[i])) / size;
  const total = lambda.reduce((a, b) => a + b, 0);
  const multipliers = new Float64Array(objective.examples * objective.pairs);
  support.forEach((pair, k) => {
    multipliers[pair] = lambda[k] / total;
  });
  const least = support.reduce((sum, _, k) => sum + values[k], 0) / support.length;
  const inSupport = new Set(support);
  const margins = objective.margins(theta);
  const slack = margins.reduce(
    (smallest, p, i) => (inSupport.has(i) ? smallest : Math.min(smallest, p / least - 1)),
    Infinity,
  );
  const strengths = piece.kinked ? kinkStrengths(piece, theta, lambda) : new Float64Array(0);
  const byWeight = [...support.keys()].sort((a, b) => lambda[b] - lambda[a]);
  const order = [...kinks.map((_, k) => support.length + k), ...byWeight];
  const space: TangentSpace = {
    curvature: blockCurvature(piece.local, blocks, theta, spread(piece, lambda)),
    rows: pickRows(rows, independentRows(rows, order)),
  };
  const feasibility = Math.max(...support.map((_, k) => Math.abs(values[k] / least - 1)));
  const rounding = roundingOf(rows, lambda, theta);
  const within = Math.max(KKT_TOLERANCE, rounding);
  const converged = residual <= within && feasibility <= within && slack >= -within;
  const point: KktPoint = {
    direction: theta.map((value) => value / size),
    margin: least / size ** degree,
    multipliers,
    support,
    kinks: kinks.map(({ example, unit, weight }) => {
      const { low, high, units } = piece.kinked!;
      const share = weight / strengths[piece.examples.indexOf(example) * units + unit];
      return { example, unit, multiplier: low + share * (high - low) };
    }),
    residual,
    feasibility,
    smallestMultiplier: (Math.min(...lambda) / total) * support.length,
    slack,
    rounding,
    stability: stabilityOf(space),
    iterations,
    converged,
    message: messageOf(converged, support.length, iterations, residual),
  };
  return { point, space };
}

/** Some roundings of the terms that Σ λ ∇p and θ·∇p are sums of, beside ‖θ‖ and 1. */
function roundingOf(rows: ConstraintRows, lambda: readonly number[], theta: Float64Array): number {
  const size = norm(theta);
  let pull = 0;
  let largest = 0;
  lambda.forEach((weight, k) => {
    const length = norm(wideRow(rows, k));
    pull += weight * length;
    largest = Math.max(largest, length);
  });
  return ROUNDINGS * Number.EPSILON * Math.max(pull / size, largest * size);
}

function messageOf(
  converged: boolean,
  supportSize: number,
  iterations: number,
  residual: number,
): string {
  if (converged) {
    return `The approach came to rest after ${iterations} steps, with ${supportSize} active constraints.`;
  }
  return (
    `The approach did not come to rest on a KKT point in ${iterations} steps: ` +
    `with ${supportSize} active constraints its residual is ${residual.toExponential(1)}.`
  );
}
