import type { SerialObjective } from '../../losses/objective.js';
import { addScaled, angleBetween, minimum, norm } from '../../numerics/vectors.js';
import {
  isOnKink,
  LONGEST_STEP,
  rescaled,
  slopesAt,
  type Approach,
  type HeldKink,
} from './approach.js';
import { blockCurvature, type Blocks } from './blocks.js';
import { boxedMultipliers, marginMultipliers } from './convex-dual.js';
import { definiteInverse, innerProducts, solveRows, type DefiniteInverse } from './block-solver.js';
import {
  gradientRows,
  kinkSlopesOf,
  kinkStrengths,
  pieceFor,
  spread,
  valuesAt,
  type KinkSlopes,
  type Piece,
} from './piece.js';
import { guessFromStart, guessFromStep } from './multiplier-guess.js';
import type { KinkPlace } from '../kinks/kinks.js';
import { combineRows, independentRows, pickRows, type ConstraintRows } from './rows.js';

/** Margins up to this share above the smallest one may come to press within a step. */
const NEAR = 0.3;
const NEAREST = 1e-3;
const MOST_CANDIDATES = 400;
/** The smallest eigenvalue that a step's problem is given. */
const CONVEXITY = 0.3;
/** Where nothing curves a step needs next to none. */
const LEAST_DAMPING = 1e-3;
/** A step begins with this share of the damping of the one before … */
const EASING = 0.7;
/** … or with less, where that had far more than such problems usually need: it was short, and so would many more be. */
const USUAL_DAMPING = 30;
const QUICK_EASING = 0.2;
/** Rounds of a step, in which pairs or kinks come in that it has met. */
const ROUNDS = 12;
/** Multipliers stay below this many times the sum of those before. */
const LARGEST_WEIGHT = 1e3;
/** Multipliers below this share of the largest one count as none. */
const NO_WEIGHT = 1e-12;
/** A kink's weight this near to a bound, as a share of its strength, is at it. */
const AT_BOUND = 1e-9;

/**
 * One step of the late flow for infinite α: the point of {p ≥ 1} nearest to the origin, with a
 * penalty on the distance from where the step begins, to second order. As the flow itself does, it
 * leaves KKT points that are not stable, lets pairs come and go, crosses kinks and slides along them.
 * The penalty makes the problem convex in all parameters, so that its dual has one answer.
 */
export function convexStep(objective: SerialObjective, blocks: Blocks, from: Approach): Approach {
  const { theta, slopes } = from;
  const kinked = kinkSlopesOf(objective);
  const near = Math.min(NEAR, Math.max(NEAREST, 20 * from.moved));
  let pairs = candidates(objective.margins(theta).slice(), from.weights, near);
  let kinks: readonly KinkPlace[] = from.kinks;
  let { damping } = from;
  let best: Step | undefined;
  let last: Step | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const present = new Set(pairs.map((pair) => Math.floor(pair / objective.pairs)));
    kinks = kinks.filter(({ example }) => present.has(example));
    const step = solveConvex(
      pieceFor(objective, pairs, kinks, slopes),
      blocks,
      from,
      damping,
      last,
    );
    last = step;
    damping = step.damping;
    if (norm(step.change) > LONGEST_STEP * norm(theta)) {
      damping *= 2.5;
      continue;
    }
    best = step;
    const end = theta.map((value, i) => value + step.change[i]);
    const reached = objective.margins(end).slice();
    const floor = Math.min(...pairs.map((pair) => reached[pair]));
    const known = new Set(pairs);
    const missed = [...reached.keys()].filter((i) => reached[i] < floor && !known.has(i));
    const crossed = kinked ? crossedKinks(objective, step, slopes, kinked) : [];
    if (missed.length === 0 && crossed.length === 0) break;
    pairs = [...pairs, ...missed].sort((a, b) => a - b);
    kinks = [...kinks, ...crossed];
  }
  const presses = best?.multipliers.subarray(0, best.piece.pairs.length).some((value) => value > 0);
  return best && presses ? arrive(objective, from, best) : { ...from, damping, moved: 0 };
}

function candidates(
  margins: Float64Array,
  weights: ReadonlyMap<number, number>,
  near: number,
): number[] {
  const least = minimum(margins);
  const chosen = [...margins.keys()].filter(
    (i) => margins[i] <= least * (1 + near) || weights.has(i),
  );
  if (chosen.length > MOST_CANDIDATES) {
    chosen.sort((a, b) => margins[a] - margins[b]).splice(MOST_CANDIDATES);
    chosen.sort((a, b) => a - b);
  }
  return chosen;
}

interface Step {
  readonly piece: Piece;
  readonly change: Float64Array;
  /** λ of the piece's pairs, then ν of its kinks. */
  readonly multipliers: Float64Array;
  readonly damping: number;
  /** Strength of every unit's kink with the new λ, examples×units; undefined without kinks. */
  readonly strengths: Float64Array | undefined;
}

/** min ½‖θ+d‖² + ½ damping ‖d‖² − ½ dᵀHd over margins ≥ 1 to first order, by its dual. */
function solveConvex(
  piece: Piece,
  blocks: Blocks,
  from: Approach,
  guess: number,
  last: Step | undefined,
): Step {
  const { local, pairs, kinks, examples, kinked } = piece;
  const { theta } = from;
  const weights = pairs.map((pair) => from.weights.get(pair) ?? 0);
  const curvature = blockCurvature(local, blocks, theta, spread(piece, weights));
  const { inverse, damping } = convexInverse(blocks, curvature, guess);
  const rows = gradientRows(piece, blocks, theta);
  const values = valuesAt(piece, theta);
  const solved = solveRows(inverse.whole, rows);
  const lower = new Float64Array(values.length);
  const upper = new Float64Array(values.length);
  upper.fill(LARGEST_WEIGHT * weights.reduce((a, b) => a + b, 0), 0, pairs.length);
  if (kinked) {
    const strengths = kinkStrengths(piece, theta, weights);
    kinks.forEach(({ example, unit }, k) => {
      const strength = strengths[examples.indexOf(example) * kinked.units + unit];
      lower[pairs.length + k] = Math.min(0, strength);
    });
  }
  const wanted = values.map((value, k) => (k < pairs.length ? 1 : 0) - value);
  const multipliers =
    kinks.length > 0
      ? boxedMultipliers({
          rows,
          solved,
          theta,
          wanted,
          lower,
          upper,
          guess: last ? guessFromStep(piece, last) : guessFromStart(piece, from),
        })
      : marginMultipliers(rows, wanted, theta, inverse);
  const target = combineRows(rows, multipliers);
  for (let i = 0; i < theta.length; i++) target[i] -= theta[i];
  const change = inverse.whole(target);
  bendBack(piece, theta, { rows, solved, multipliers, lower }, change);
  return {
    piece,
    change,
    multipliers,
    damping,
    strengths: kinked && kinkStrengths(piece, theta, multipliers.subarray(0, pairs.length)),
  };
}

interface Pressing {
  readonly rows: ConstraintRows;
  readonly solved: ConstraintRows;
  readonly multipliers: Float64Array;
  readonly lower: Float64Array;
}

/**
 * Margins curve away from their tangents by as much as a step gains: the change is mended so that those
 * that press are equal to second order, and kinks slid along stay at zero.
 */
function bendBack(
  piece: Piece,
  theta: Float64Array,
  { rows, solved, multipliers, lower }: Pressing,
  change: Float64Array,
): void {
  const { length: margins } = piece.pairs;
  const presses = (r: number) =>
    multipliers[r] > 0 || (r >= margins && multipliers[r] < 0 && multipliers[r] > lower[r]);
  const pressing = [...multipliers.keys()].filter(presses);
  // Kinks first: their multipliers are negative.
  const onKinks = pressing.filter((r) => r >= margins);
  const byWeight = pressing
    .filter((r) => r < margins)
    .sort((a, b) => multipliers[b] - multipliers[a]);
  const chosen = independentRows(rows, [...onKinks, ...byWeight]);
  if (chosen.length === 0) return;
  const values = valuesAt(
    piece,
    theta.map((value, i) => value + change[i]),
  );
  const picked = pickRows(solved, chosen);
  const back = Float64Array.from(chosen, (r) => (r < margins ? 1 : 0) - values[r]);
  const system = innerProducts(pickRows(rows, chosen), picked);
  const solve = system.solverOn([...chosen.keys()], 0);
  if (!solve) return;
  solve(back);
  const d = combineRows(picked, back);
  if (norm(d) < norm(change)) addScaled(change, 1, d);
}

/** ((1 + damping) I − H)⁻¹ with the least damping, from a guess, that makes it safely positive. */
function convexInverse(
  blocks: Blocks,
  curvature: readonly Float64Array[],
  guess: number,
): { inverse: DefiniteInverse; damping: number } {
  const easing = guess > USUAL_DAMPING ? QUICK_EASING : EASING;
  let damping = Math.max(LEAST_DAMPING, easing * guess);
  while (!definiteInverse(blocks, curvature, 1 + damping - CONVEXITY)) damping *= 1.4;
  return { inverse: definiteInverse(blocks, curvature, 1 + damping)!, damping };
}

/**
 * Kinks of pressing examples that a step has crossed although both sides push towards them; the
 * objective's last parameters are those at the end of the step.
 */
function crossedKinks(
  objective: SerialObjective,
  { piece, multipliers, strengths }: Step,
  slopes: Float64Array,
  { units, high }: KinkSlopes,
): KinkPlace[] {
  const { examples, pairs, kinks } = piece;
  const z = objective.evaluator.layerOutput(0);
  const pressing = new Set(
    pairs.filter((_, k) => multipliers[k] > 0).map((pair) => Math.floor(pair / objective.pairs)),
  );
  const held = new Set(kinks.map(({ example, unit }) => example * units + unit));
  const crossed: KinkPlace[] = [];
  examples.forEach((example, row) => {
    if (!pressing.has(example)) return;
    for (let unit = 0; unit < units; unit++) {
      const key = example * units + unit;
      if (held.has(key) || z[key] > 0 === (slopes[key] === high)) continue;
      if (strengths![row * units + unit] < 0) crossed.push({ example, unit });
    }
  });
  return crossed;
}

function arrive(objective: SerialObjective, from: Approach, step: Step): Approach {
  const { piece, change, multipliers, strengths, damping } = step;
  const { pairs, kinks, examples, kinked } = piece;
  const end = from.theta.map((value, i) => value + change[i]);
  const moved = angleBetween(from.theta, end);
  const { theta, factor } = rescaled(objective, end);
  const most = multipliers.subarray(0, pairs.length).reduce((a, b) => Math.max(a, b), 0);
  const weights = new Map<number, number>();
  pairs.forEach((pair, k) => {
    if (multipliers[k] > NO_WEIGHT * most) weights.set(pair, factor * multipliers[k]);
  });
  const on: HeldKink[] = [];
  if (kinked) {
    objective.margins(theta);
    const z = objective.evaluator.layerOutput(0);
    const size = norm(theta);
    kinks.forEach(({ example, unit }, k) => {
      const key = example * kinked.units + unit;
      if (!isOnKink(objective, kinked, z[key], size, example)) return;
      const weight = multipliers[pairs.length + k];
      const share = weight / strengths![examples.indexOf(example) * kinked.units + unit];
      const slides = share > AT_BOUND && share < 1 - AT_BOUND;
      // Only at its lower bound is a weight 0 to the last digit.
      on.push({ example, unit, weight: share <= AT_BOUND ? 0 : factor * weight, slides });
    });
  }
  const slopes = slopesAt(objective, theta, on, from.slopes);
  return { theta, weights, kinks: on, slopes, begun: from.begun, damping, moved };
}
