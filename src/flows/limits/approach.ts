import type { SerialObjective } from '../../losses/objective.js';
import { requireDegree } from '../../networks/degree.js';
import { distanceBetween, minimum, norm } from '../../numerics/vectors.js';
import type { Blocks } from './blocks.js';
import { gradientRows, kinkSlopesOf, pieceFor, type KinkSlopes } from './piece.js';
import { combineRows } from './rows.js';
import type { KinkPlace } from '../kinks/kinks.js';

/** A point on the way to the limit: θ scaled so that its smallest margin is 1. */
export interface Approach {
  readonly theta: Float64Array;
  /** λ with θ ≈ Σ λ ∇p + Σ ν ∇z, of the pairs that press. */
  readonly weights: ReadonlyMap<number, number>;
  /** Kinks of the first layer that θ lies on. */
  readonly kinks: readonly HeldKink[];
  /** Slope in use, examples×units, the low one where a kink is slid along; empty without kinks. */
  readonly slopes: Float64Array;
  /** Those where the approach began: the run's own. */
  readonly begun: Float64Array;
  /** What was added to the identity to make a step's problem convex: the step's inverse length. */
  readonly damping: number;
  /** Angle of the last step, radians. */
  readonly moved: number;
}

/** A kink with its weight ν, between 0 (low slope) and its strength (high slope; see `kinkStrengths`). */
export interface HeldKink extends KinkPlace {
  readonly weight: number;
  /** True where it is slid along: the weight lies between its bounds. */
  readonly slides: boolean;
}

/** Longest step, as a share of ‖θ‖. */
export const LONGEST_STEP = 0.2;

/** Preactivations this small, beside ‖x‖‖θ‖, are on the kink. */
const ON_KINK = 1e-9;

/**
 * The direction w with the given dual variables, scaled, as where an approach begins; the kinks are
 * those that the run slides on.
 */
export function beginApproach(
  objective: SerialObjective,
  direction: Float64Array,
  duals: ReadonlyMap<number, number>,
  kinks: readonly KinkPlace[],
): Approach {
  const degree = requireDegree(objective.network.degree, 'The limit solver');
  const margins = objective.margins(direction).slice();
  const least = minimum(margins);
  if (!(least > 0)) {
    throw new Error(
      `The limit solver starts where every example is classified; the smallest margin is ${least.toPrecision(6)}.`,
    );
  }
  const slopes = slopesBySign(objective);
  const scale = least ** (-1 / degree);
  let along = 0;
  for (const [pair, q] of duals) along += q * margins[pair];
  // ⟨θ, Σ λ ∇p⟩ = L Σ λ p is to be ‖θ‖², with p in units of the smallest margin.
  const factor = (scale * scale * least) / (degree * along);
  return {
    theta: direction.map((value) => scale * value),
    weights: new Map([...duals].map(([pair, q]) => [pair, factor * q])),
    kinks: kinks.map(({ example, unit }) => ({ example, unit, weight: 0, slides: true })),
    slopes,
    begun: slopes,
    damping: Math.max(0.5, degree - 1.5),
    moved: 0.01,
  };
}

/** The end of a step, scaled; its multipliers λ and ν change by the factor. */
export function rescaled(
  objective: SerialObjective,
  end: Float64Array,
): { theta: Float64Array; factor: number } {
  const degree = requireDegree(objective.network.degree, 'The limit solver');
  const least = minimum(objective.margins(end));
  // A step may go too far for a pair that it has not met before.
  const scale = least > 0 ? least ** (-1 / degree) : 1;
  return { theta: end.map((value) => scale * value), factor: scale ** (2 - degree) };
}

/** The slopes that the signs of the preactivations ask for, at the objective's last parameters. */
function slopesBySign(objective: SerialObjective): Float64Array {
  const kinked = kinkSlopesOf(objective);
  if (!kinked) return new Float64Array(0);
  const { low, high } = kinked;
  const z = objective.evaluator.layerOutput(0);
  const slopes = new Float64Array(z.length);
  for (let key = 0; key < z.length; key++) slopes[key] = z[key] > 0 ? high : low;
  return slopes;
}

/**
 * As `slopesBySign`, but where θ lies on a kink, and the sign is rounding, what its weight says; on other
 * kinks the slope before. A unit that vanishes is on all of its kinks and keeps the slopes that the run
 * gave it, on which it depends whether it may grow again.
 */
export function slopesAt(
  objective: SerialObjective,
  theta: Float64Array,
  kinks: readonly HeldKink[],
  before: Float64Array,
): Float64Array {
  objective.margins(theta);
  const slopes = slopesBySign(objective);
  const kinked = kinkSlopesOf(objective);
  if (!kinked) return slopes;
  const z = objective.evaluator.layerOutput(0);
  const size = norm(theta);
  const { units } = kinked;
  for (let example = 0; example < objective.examples; example++) {
    const near = ON_KINK * size * inputSize(objective, kinked, example);
    for (let key = example * units; key < (example + 1) * units; key++) {
      if (Math.abs(z[key]) <= near) slopes[key] = before[key];
    }
  }
  for (const { example, unit, weight, slides } of kinks) {
    slopes[example * units + unit] = slides || weight === 0 ? kinked.low : kinked.high;
  }
  return slopes;
}

/** True where a preactivation z is as good as zero, at a θ of norm `size`. */
export function isOnKink(
  objective: SerialObjective,
  kinked: KinkSlopes,
  z: number,
  size: number,
  example: number,
): boolean {
  return Math.abs(z) <= ON_KINK * size * inputSize(objective, kinked, example);
}

/** ‖x‖, with the constant input of a bias. */
function inputSize(
  objective: SerialObjective,
  { inputs, bias }: KinkSlopes,
  example: number,
): number {
  const row = objective.inputs.subarray(example * inputs, (example + 1) * inputs);
  return Math.hypot(norm(row), bias ? 1 : 0);
}

/** ‖θ − Σ λ ∇p − Σ ν ∇z‖ / ‖θ‖: zero at a KKT point whose pressing margins are equal. */
export function residualOf(objective: SerialObjective, blocks: Blocks, at: Approach): number {
  const { theta } = at;
  const pairs = [...at.weights.keys()].sort((a, b) => a - b);
  const piece = pieceFor(objective, pairs, slidingKinks(objective, at), at.slopes);
  const rows = gradientRows(piece, blocks, theta);
  const multipliers = pairs.map((pair) => at.weights.get(pair)!);
  for (const kink of slidingKinks(objective, at)) multipliers.push(kink.weight);
  const pull = combineRows(rows, multipliers);
  return distanceBetween(theta, pull) / norm(theta);
}

/** The largest difference of a pressing margin from the smallest one, 1. */
export function imbalanceOf(objective: SerialObjective, { theta, weights }: Approach): number {
  const margins = objective.margins(theta);
  return Math.max(...[...weights.keys()].map((pair) => Math.abs(margins[pair] - 1)));
}

/** The kinks of pressing examples that are slid along. */
export function slidingKinks(objective: SerialObjective, { weights, kinks }: Approach): HeldKink[] {
  const present = new Set([...weights.keys()].map((pair) => Math.floor(pair / objective.pairs)));
  return kinks.filter(({ example, slides }) => slides && present.has(example));
}
