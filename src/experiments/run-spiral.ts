import {
  followCurve,
  followFreely,
  growthBetween,
  growthPerRadian,
  invarianceResidual,
  minusLogValley,
  neutralAngle,
  type SpiralOptions,
  type SpiralRow,
  type SpiralRun,
} from '../flows/index.js';
import { randomStream } from '../numerics/index.js';
import type { PerturbedRun, SpiralColumns, SpiralRecord } from '../records/index.js';
import type { SpiralExperiment } from '../specs/experiments/spiral.js';
import { Interrupted, Unfinished, type RunContext } from './settings.js';

/** Near the pole, where the curve is stable still: deviations have all of the way to grow. */
const STARTS = [1.15, 1.45] as const;
/** Below the smallest perturbation by far, above rounding. */
const TOLERANCE = 1e-13;
/** A run has left where its phase is this far from the curve's. */
const LEAVES = 0.1;
/** So far deviations grow as the linearised equation says. */
const LINEAR = 0.01;
/** Kept rows lie this far apart, in s or φ. */
const SPACING = 0.03;

/**
 * Follows the flow along its invariant curve, from the same start without hold, and from starts beside it.
 * Throws `Unfinished` where a run does not make its turns, `Interrupted` at the signal.
 */
export async function runSpiral(
  { degree, turns, perturbations, seed }: SpiralExperiment,
  { signal, onProgress }: RunContext = {},
): Promise<SpiralRecord> {
  const [low, high] = STARTS;
  const start = low + (high - low) * randomStream(seed).split('spiral').uniform();
  const options = (task: string, from: number, of: number): SpiralOptions => {
    const untilPhi = from + 2 * Math.PI * of;
    const onRow = ({ phi }: SpiralRow) =>
      onProgress?.({ task, alpha: NaN, goal: NaN, share: (phi - start) / (untilPhi - start) });
    return { degree, tolerance: TOLERANCE, untilPhi, signal, onRow };
  };
  const curve = done(followCurve(start, options('the invariant curve', start, turns)), 'curve');
  await pause();
  const leaving = done(followFreely(at(start, 0), options('leaving', start, 1)), 'free run');
  const leaves = crossing(leaving, LEAVES);
  if (Number.isNaN(leaves)) throw new Unfinished('The free run did not leave the curve.');
  await pause();
  const free = done(followFreely(at(start, 0), options('the free run', leaves, turns)), 'free run');
  const perturbed: PerturbedRun[] = [];
  for (const perturbation of perturbations) {
    await pause();
    const task = `a start ${perturbation} beside the curve`;
    const run = done(followFreely(at(start, perturbation), options(task, start, 1)), task);
    perturbed.push(growthOf(run, start, perturbation));
  }
  return {
    kind: 'spiral',
    message: `Every run made its ${turns} turns.`,
    degree,
    start,
    neutral: neutralAngle(),
    growth: growthPerRadian(1 / (1 - 0.9 ** 2)),
    curve: columns(curve),
    residual: curve.reduce((most, { phi }) => Math.max(most, invarianceResidual(phi)), 0),
    free: columns(free),
    leaves,
    perturbed,
  };
}

function at(start: number, perturbation: number) {
  return { s: start, phi: start + perturbation };
}

/** Lets a signal through between runs. */
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

function done({ rows, status }: SpiralRun, task: string): readonly SpiralRow[] {
  if (status === 'interrupted') throw new Interrupted('The spiral was interrupted.');
  if (status !== 'finished') throw new Unfinished(`spiral, ${task}: ${status}.`);
  return rows;
}

/** φ where the phase is first this far from the curve's, between rows on a straight line of its logarithm. */
function crossing(rows: readonly SpiralRow[], deviation: number): number {
  const away = ({ phi, s }: SpiralRow) => Math.abs(phi - s);
  const k = rows.findIndex((row) => away(row) >= deviation);
  if (k < 1) return NaN;
  const [before, after] = [rows[k - 1], rows[k]];
  const share = Math.log(deviation / away(before)) / Math.log(away(after) / away(before));
  return before.phi + share * (after.phi - before.phi);
}

function growthOf(rows: readonly SpiralRow[], start: number, perturbation: number): PerturbedRun {
  const leaves = crossing(rows, LINEAR);
  return {
    perturbation,
    leaves,
    grownTo: LINEAR,
    measured: Math.log(LINEAR / perturbation),
    predicted: growthBetween(start, leaves),
    run: columns(rows.filter(({ phi }) => !(phi > leaves + 1))),
  };
}

function columns(rows: readonly SpiralRow[]): SpiralColumns {
  let last = rows[0];
  const kept = rows.filter((row, k) => {
    const moved = Math.max(Math.abs(row.s - last.s), Math.abs(row.phi - last.phi));
    if (k > 0 && k < rows.length - 1 && moved < SPACING) return false;
    last = row;
    return true;
  });
  const column = (of: (row: SpiralRow) => number) => Float64Array.from(kept, of);
  return {
    phi: column(({ phi }) => phi),
    s: column(({ s }) => s),
    logLogNorm: column(({ logLogNorm }) => logLogNorm),
    // From the function itself, on the curve too, where it is known to be φ.
    minusLogGap: column(minusLogValley),
    pathLength: column(({ pathLength }) => pathLength),
  };
}
