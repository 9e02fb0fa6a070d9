import type { FlowPoint, FlowStart } from '../../flows/index.js';
import { minimum } from '../../numerics/index.js';
import type { Problem } from './problem.js';
import type { EarlierRun } from './result-format.js';

/** A run lands on a target but for rounding. */
const LANDING = 1e-8;

/** Where another run goes on from, in the terms of the flow. */
export function startFrom({ last }: EarlierRun): FlowStart {
  return {
    direction: last.direction,
    logNorm: last.logNorm,
    logTime: last.logT,
    pathLength: last.pathLength,
    kinks: last.kinks?.map(([example, unit]) => ({ example, unit })),
    duals: dualsOf(last),
  };
}

/** The dual variables of a point, without the pairs that have none; older results tell of none. */
function dualsOf({ q }: Pick<EarlierRun['last'], 'q'>): FlowPoint['duals'] {
  if (q === undefined) return undefined;
  const pairs = [...q.keys()].filter((pair) => q[pair] > 0);
  return { pairs, q: Float64Array.from(pairs, (pair) => q[pair]) };
}

/** The targets that lie ahead of a run's last point. */
export function targetsAhead(targets: readonly number[], { last }: EarlierRun): number[] {
  return targets.filter((target) => target > last.alpha + LANDING * Math.max(1, Math.abs(target)));
}

/** Throws a sentence where there is nothing to go on to, or where a new target has been passed. */
export function requireAhead(
  targets: readonly number[],
  earlier: EarlierRun,
  name: string,
  own: readonly number[],
): void {
  const ahead = targetsAhead(targets, earlier);
  const reached = `its run has come to α = ${earlier.last.alpha.toPrecision(6)}`;
  const passed = targets.find((target) => !own.includes(target) && !ahead.includes(target));
  if (passed !== undefined) {
    throw new Error(`${name}: ${reached}; expected --targets beyond it, found ${passed}.`);
  }
  if (ahead.length === 0) {
    throw new Error(
      `${name}: ${reached}, and its last target was ${Math.max(...own)}; --targets or --decades names further ones, and --from-start solves it again.`,
    );
  }
}

/** The rows of an earlier run as points, as far as a file tells. */
export function earlierPoints({ objective }: Problem, { rows }: EarlierRun): FlowPoint[] {
  return rows.map((row) => ({
    clock: 0,
    logTime: row.logT,
    logNorm: row.logNorm,
    alpha: row.alpha,
    smallestMargin: minimum(objective.margins(row.direction)),
    pathLength: NaN,
    direction: row.direction,
    kinks: row.kinks?.map(([example, unit, slope]) => ({ example, unit, slope })),
    duals: dualsOf(row),
  }));
}

/** Shares of margins by which a result may differ from what its own inputs and labels give. */
const SAME = 1e-6;

/** Throws a sentence where the last point's margins are not those of these inputs and labels. */
function requireSameData({ objective }: Problem, { last }: EarlierRun, name: string): void {
  const margins = objective.margins(last.direction);
  const scale = last.margins.reduce((most, p) => Math.max(most, Math.abs(p)), 0);
  const same =
    margins.length === last.margins.length &&
    margins.every((p, i) => Math.abs(p - last.margins[i]) <= SAME * scale);
  if (same) return;
  throw new Error(
    `${name}: last.margins are not those of these inputs and labels; expected a result as it was written, or --from-start for a changed one.`,
  );
}

/** Throws a sentence where a result's points are not those of its own network. */
export function requireFitting(problem: Problem, earlier: EarlierRun, name: string): void {
  const { file, theta0 } = problem;
  const { rows, last } = earlier;
  const places = [...rows.map((row, k) => [`rows[${k}]`, row] as const), ['last', last] as const];
  for (const [place, { direction, kinks = [], q }] of places) {
    if (direction.length !== theta0.length) {
      throw new Error(
        `${name}: ${place}.direction has ${direction.length} numbers; expected ${theta0.length}, as in theta0.`,
      );
    }
    if (direction.every((value) => value === 0)) {
      throw new Error(`${name}: ${place}.direction is zero; expected numbers of unit norm.`);
    }
    const margins = problem.objective.examples * problem.objective.pairs;
    if (q !== undefined && q.length !== margins) {
      throw new Error(
        `${name}: ${place}.q has ${q.length} numbers; expected ${margins}, one for each margin.`,
      );
    }
    const units = unitsOf(file.network);
    const odd = kinks.findIndex(
      ([example, unit]) =>
        !(example >= 0 && example < file.labels.length && unit >= 0 && unit < units),
    );
    if (odd >= 0) {
      throw new Error(
        `${name}: ${place}.kinks[${odd}] names example ${kinks[odd][0]} and unit ${kinks[odd][1]}; expected examples below ${file.labels.length} and units below ${units}.`,
      );
    }
  }
  requireSameData(problem, earlier, name);
}

/** Units of the first hidden layer. */
function unitsOf(network: Problem['file']['network']): number {
  if (network.kind === 'linear') return 0;
  return network.kind === 'deep' ? network.widths[1] : network.width;
}
