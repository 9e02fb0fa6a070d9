import { shortestOfHull } from '../numerics/convex-hull.js';
import { norm } from '../numerics/vectors.js';
import type { RunningFlow } from './running-flow.js';
import { gatedLayers, slopeIndexOf, type KinkModes } from './kinks/kink-modes.js';
import { marginRows } from './rows/margin-rows.js';

/** Gradients that come this near to cancelling are said to. */
const BALANCED = 1e-6;
/** Numbers in the gradients that are looked at; with more, only the margins that weigh most are. */
const MOST_NUMBERS = 1e6;
const MOST_WORK = 1e9;
/** Multiplications that finding the gradients may take. */
const MOST_IN_GRADIENTS = 4e9;
const MOST_NAMED = 10;

/** Why a flow rests where it does. */
export interface RestingPoint {
  /** Margins whose gradients cancel with positive shares, the heaviest first; or vanish, each of them. */
  readonly pairs: readonly number[];
  readonly vanishing: boolean;
  /** Length of the shortest convex combination, where every gradient has length 1. */
  readonly length: number;
}

/**
 * The least-norm convex combination of the margins' gradients at the run's last point, on kinks with
 * the slopes that the run uses; undefined where it is not near 0.
 */
export function restingPoint(flow: RunningFlow): RestingPoint | undefined {
  const { objective, run } = flow;
  const { direction } = run.point;
  const size = direction.length;
  const all = objective.examples * objective.pairs;
  const most = Math.floor(
    Math.min(
      all,
      MOST_NUMBERS / size,
      MOST_WORK / (size + 1) ** 2,
      MOST_IN_GRADIENTS / (size * objective.examples),
    ),
  );
  if (most < 2) return undefined;
  const { q } = objective.dual(direction, Math.exp(flow.direct.system.degree * run.point.logNorm));
  const weights = q.slice();
  const chosen = [...weights.keys()].sort((a, b) => weights[b] - weights[a]).slice(0, most);
  const rows = gradientsOf(
    flow,
    chosen.sort((a, b) => a - b),
  );
  const vanishing = chosen.filter((_, r) => norm(rows.subarray(r * size, (r + 1) * size)) === 0);
  if (vanishing.length > 0) return { pairs: vanishing, vanishing: true, length: 0 };
  const hull = shortestOfHull(rows, chosen.length, size);
  if (!hull || !(hull.length <= BALANCED)) return undefined;
  const { shares, length } = hull;
  const carrying = [...shares.keys()].filter((r) => shares[r] > 0);
  const pairs = carrying.sort((a, b) => shares[b] - shares[a]).map((r) => chosen[r]);
  return { pairs, vanishing: false, length };
}

/** The gradients of the chosen margins, one row for each. */
function gradientsOf(flow: RunningFlow, chosen: readonly number[]): Float64Array {
  const { objective, run, modes } = flow;
  const { direction } = run.point;
  const size = direction.length;
  const rows = new Float64Array(chosen.length * size);
  const into = (r: number) => rows.subarray(r * size, (r + 1) * size);
  if (!modes) {
    const one = new Float64Array(objective.examples * objective.pairs);
    chosen.forEach((pair, r) => {
      one[pair] = 1;
      objective.pullback(direction, one, into(r));
      one[pair] = 0;
    });
    return rows;
  }
  const { layers } = objective.network;
  const gates = gatesOf(flow, modes, chosen);
  const choice = { pairs: chosen, kinks: [], layers: gatedLayers(layers, modes.layers, gates) };
  const gradients = marginRows(objective, choice);
  gradients.moveTo(direction);
  const one = new Float64Array(chosen.length);
  chosen.forEach((_, r) => {
    one[r] = 1;
    gradients.pullback(one, into(r));
    one[r] = 0;
  });
  return rows;
}

/** The slopes that the run uses, those of the kinks it slides on too: a matrix for each layer of kinks. */
function gatesOf(
  { objective, run }: RunningFlow,
  modes: KinkModes,
  chosen: readonly number[],
): Float64Array[] {
  const used = modes.slopes.slice();
  for (const kink of run.point.kinks ?? []) used[slopeIndexOf(modes, kink)] = kink.slope;
  return modes.layers.map(({ first, units, reach }) => {
    const from = reach.length * first;
    const gates = new Float64Array(chosen.length * units);
    chosen.forEach((pair, r) => {
      const at = from + Math.floor(pair / objective.pairs) * units;
      gates.set(used.subarray(at, at + units), r * units);
    });
    return gates;
  });
}

/** The resting point in words that follow a colon. */
export function restingWords({ pairs, vanishing }: RestingPoint, perExample: number): string {
  const names = exampleNames(pairs, perExample);
  return vanishing
    ? `${names} move no weights there, so nothing can raise their margins`
    : `the gradients of ${names} balance, so no direction raises all of their margins`;
}

/** The examples that margins belong to, the first ten of them, counted from 1 and in order. */
export function exampleNames(pairs: readonly number[], perExample: number): string {
  const examples = [...new Set(pairs.map((pair) => Math.floor(pair / perExample) + 1))];
  const more = examples.length - MOST_NAMED;
  const named = examples
    .slice(0, MOST_NAMED)
    .sort((a, b) => a - b)
    .join(', ');
  const rest = more > 0 ? ` and ${more} more` : '';
  return `${examples.length === 1 ? 'example' : 'examples'} ${named}${rest} (counted from 1)`;
}
