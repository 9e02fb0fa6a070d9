import type { SerialObjective } from '../../losses/objective.js';
import { addScaled, angleBetween, minimum, norm, scale } from '../../numerics/vectors.js';
import {
  isOnKink,
  LONGEST_STEP,
  rescaled,
  slidingKinks,
  slopesAt,
  type Approach,
  type HeldKink,
} from './approach.js';
import { blockCurvature, type Blocks } from './blocks.js';
import { gradientRows, kinkStrengths, pieceFor, spread, valuesAt, type Piece } from './piece.js';
import { combineRows, independentRows, pickRows, rowCount } from './rows.js';
import { tangentSystem } from './tangent-system.js';

/** A margin this much below the pressing ones, as a share of them, presses too. */
const MET = 1e-9;

/** Why no step was taken along the constraints that press: too little damping, or other constraints. */
export type Refusal = 'not convex' | 'constraints change';

/**
 * What a step is for: `minimum`, to follow the flow; `stationary`, to confirm any KKT point; `search`,
 * to look for one, over pieces and constraints that do not hold on the way.
 */
export type Purpose = 'minimum' | 'stationary' | 'search';

/**
 * A step of the late flow for infinite α along the margins and kinks that press on it now, with the
 * given damping: Newton's method on the KKT system where there is none. Refused where the damping is
 * too small for a minimum along them, or where other constraints hold at its end.
 */
export function tangentStep(
  objective: SerialObjective,
  blocks: Blocks,
  from: Approach,
  damping: number,
  purpose: Purpose = 'minimum',
): Approach | Refusal {
  const { theta } = from;
  const n = theta.length;
  const pairs = [...from.weights.keys()].sort((a, b) => a - b);
  const kinks = slidingKinks(objective, from);
  const piece = pieceFor(objective, pairs, kinks, from.slopes);
  const weights = pairs.map((pair) => from.weights.get(pair)!);
  const curvature = blockCurvature(piece.local, blocks, theta, spread(piece, weights));
  const rows = gradientRows(piece, blocks, theta);
  const values = valuesAt(piece, theta);
  const byWeight = [...pairs.keys()].sort((a, b) => weights[b] - weights[a]);
  // Kinks first: they hold whatever presses, and leave short stretches.
  const order = [...kinks.map((_, k) => pairs.length + k), ...byWeight];
  const chosen = independentRows(rows, order);
  const system = tangentSystem(curvature, 1 + damping, pickRows(rows, chosen));
  if (!system || (purpose === 'minimum' && system.above > 0)) return 'not convex';
  const wanted = Float64Array.from(chosen, (r) => (r < pairs.length ? 1 : 0) - values[r]);
  // Solved for the change of the multipliers: the smaller it is the smaller the rounding.
  const multipliers = new Float64Array(rowCount(rows));
  for (const r of chosen)
    multipliers[r] = r < pairs.length ? weights[r] : kinks[r - pairs.length].weight;
  const pull = combineRows(rows, multipliers);
  const { d, x } = system.solve(
    theta.map((value, i) => value - pull[i]),
    wanted,
  );
  const length = norm(d) / norm(theta);
  if (!(length <= LONGEST_STEP)) {
    if (purpose !== 'search' || !Number.isFinite(length)) return 'not convex';
    scale(d, LONGEST_STEP / length);
  }
  // Margins curve away from their tangents by as much as a step gains: the same system brings them back.
  const bent = valuesAt(piece, sum(theta, d));
  const off = Float64Array.from(chosen, (r) => (r < pairs.length ? 1 : 0) - bent[r]);
  const back = system.solve(new Float64Array(n), off);
  if (norm(back.d) < norm(d)) addScaled(d, 1, back.d);
  chosen.forEach((r, k) => {
    multipliers[r] += x[k];
  });
  return arrive(objective, from, piece, kinks, d, multipliers, purpose === 'search');
}

function arrive(
  objective: SerialObjective,
  from: Approach,
  piece: Piece,
  kinks: readonly HeldKink[],
  change: Float64Array,
  multipliers: Float64Array,
  searches: boolean,
): Approach | Refusal {
  const { pairs } = piece;
  const lambda = multipliers.subarray(0, pairs.length);
  if (!searches && lambda.some((value) => value < 0)) return 'constraints change';
  const end = sum(from.theta, change);
  const margins = objective.margins(end);
  const floor = Math.min(...pairs.map((pair) => margins[pair]));
  if (!(floor > 0)) return 'constraints change';
  if (!searches) {
    if (minimum(margins) < floor * (1 - MET)) return 'constraints change';
    if (!staysOnPiece(objective, from, piece, end, multipliers)) return 'constraints change';
  }
  const { theta, factor } = rescaled(objective, end);
  const weights = new Map<number, number>();
  pairs.forEach((pair, k) => {
    if (lambda[k] !== 0) weights.set(pair, factor * lambda[k]);
  });
  const sliding = kinks.map((kink, k) => ({
    ...kink,
    weight: factor * multipliers[pairs.length + k],
    slides: true,
  }));
  const moved = angleBetween(from.theta, end);
  const on = [...from.kinks.filter(({ slides }) => !slides), ...sliding];
  // A search may throw a unit that vanishes over its kinks: the run's own slopes count for it.
  const before = searches ? from.begun : from.slopes;
  return {
    ...from,
    theta,
    weights,
    kinks: on,
    slopes: slopesAt(objective, theta, on, before),
    moved,
  };
}

/** Whether no kink is crossed, and the slopes of those slid along stay between their bounds. */
function staysOnPiece(
  objective: SerialObjective,
  { slopes }: Approach,
  piece: Piece,
  end: Float64Array,
  multipliers: Float64Array,
): boolean {
  const { kinked, pairs, kinks, examples } = piece;
  if (!kinked) return true;
  const { units, high } = kinked;
  const z = objective.evaluator.layerOutput(0);
  const size = norm(end);
  const held = new Set(kinks.map(({ example, unit }) => example * units + unit));
  for (const example of examples) {
    for (let unit = 0; unit < units; unit++) {
      const key = example * units + unit;
      if (held.has(key) || z[key] > 0 === (slopes[key] === high)) continue;
      if (!isOnKink(objective, kinked, z[key], size, example)) return false;
    }
  }
  const strengths = kinkStrengths(piece, end, multipliers.subarray(0, pairs.length));
  return kinks.every(({ example, unit }, k) => {
    const weight = multipliers[pairs.length + k];
    return weight <= 0 && weight >= strengths[examples.indexOf(example) * units + unit];
  });
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]);
}
