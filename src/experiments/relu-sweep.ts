import { exponentialLoss, logisticLoss } from '../losses/index.js';
import { runFlow, type FlowRun } from './flow-runs.js';
import { kinkedRun, type KinkedRun } from './kinked-runs.js';
import { planarProblem } from './problems.js';
import { Unfinished, type Scale, type Settings } from './settings.js';

/** ReLU flows on the plane from many seeds. */
export interface ReluSweep {
  readonly runs: readonly KinkedRun[];
  /** Runs that did not reach their goal, with the reason: they say nothing, and they count. */
  readonly unfinished: readonly UnfinishedRun[];
}

export interface UnfinishedRun {
  readonly seed: number;
  readonly loss: string;
  readonly message: string;
}

/** Seeds in a sweep, each with both losses, and the decades of α from 1 on. */
export const SWEEP: Readonly<Record<Scale, { readonly seeds: number; readonly decades: number }>> =
  {
    smoke: { seeds: 8, decades: 7 },
    standard: { seeds: 24, decades: 8 },
    full: { seeds: 100, decades: 8 },
  };

/** The seeds of a sweep: 1001, 1002, … for seed 1. A larger scale adds to those of a smaller one. */
export function sweepSeeds({ scale, seed }: Settings): number[] {
  return Array.from({ length: SWEEP[scale].seeds }, (_, k) => 1000 * seed + k + 1);
}

export async function sweepRelu(settings: Settings): Promise<ReluSweep> {
  const runs: KinkedRun[] = [];
  const unfinished: UnfinishedRun[] = [];
  const { decades } = SWEEP[settings.scale];
  for (const seed of sweepSeeds(settings)) {
    for (const loss of [exponentialLoss, logisticLoss]) {
      const problem = planarProblem('relu', seed, loss);
      const run = await kinkedOrUnfinished(runFlow(problem, decades, settings), seed, loss.name);
      if ('message' in run) unfinished.push(run);
      else runs.push(run);
    }
  }
  return { runs, unfinished };
}

/** A flow's numbers about alignment, or why it has none. */
export async function kinkedOrUnfinished(
  flow: Promise<FlowRun>,
  seed: number,
  loss: string,
): Promise<KinkedRun | UnfinishedRun> {
  try {
    return kinkedRun(await flow, seed);
  } catch (error) {
    if (!(error instanceof Unfinished)) throw error;
    return { seed, loss, message: error.message };
  }
}
