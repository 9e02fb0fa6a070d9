import { join } from 'node:path';
import { workPrecisionFigure, type WorkPoint, type WorkSeries } from '../../charts/index.js';
import { toSvg } from '../../charts/svg.js';
import { followFlow, type GradientFlowOptions } from '../../flows/index.js';
import { distanceBetween } from '../../numerics/vectors.js';
import { writeAtomically } from '../../files/write.js';
import { sentenceOf } from '../files.js';
import { goalRecord } from './goal-record.js';
import type { BenchEntry, BenchRecord, Tools } from './entry.js';
import { powerLaw } from './power-law.js';
import { packedReference, referenceProblem } from './reference-problem.js';
import { secondsPerCall } from './timed-calls.js';

/** Which solvers run at which tolerances. */
export interface WorkPlan {
  readonly tolerances: readonly number[];
  readonly scipy: readonly { readonly method: string; readonly tuned: boolean }[];
}

const full: WorkPlan = {
  tolerances: Array.from({ length: 15 }, (_, k) => Number((10 ** (-4 - k / 2)).toPrecision(2))),
  scipy: [
    { method: 'BDF', tuned: true },
    { method: 'Radau', tuned: true },
    { method: 'BDF', tuned: false },
  ],
};

const MOST_STEPS = 20_000;
const methods = ['auto', 'full-implicit'] as const;

export const workPrecision: BenchEntry = {
  name: 'work-precision',
  about: 'error against tolerance, evaluations and time, for our methods and SciPy',
  run: (tools) => runWorkPrecision(full, tools),
};

export async function* runWorkPrecision(plan: WorkPlan, tools: Tools): AsyncGenerator<BenchRecord> {
  const solvers: WorkSeries[] = [];
  const logTime = tightestLogTime(Math.min(...plan.tolerances));
  const leftOut: Record<string, string> = {};
  for (const method of methods) {
    tools.update(`work-precision: ${method}`);
    const points = plan.tolerances.map((tolerance) =>
      ourPoint(method, tolerance, logTime, tools.rounds),
    );
    solvers.push({ name: `afterfit, ${method}`, points });
  }
  for (const { method, tuned } of plan.scipy) {
    const name = `SciPy ${method}${tuned ? ', tuned' : ''}`;
    try {
      solvers.push({ name, points: await scipyPoints(plan, method, tuned, tools) });
    } catch (error) {
      leftOut[name] = sentenceOf(error);
    }
  }
  const svg = join(tools.folder, 'work-precision.svg');
  writeAtomically(svg, await toSvg(workPrecisionFigure(solvers, '10⁵')));
  for (const { name, points } of solvers) {
    const size = `${points[0].tolerance} to ${points.at(-1)!.tolerance}`;
    const { exponent } = powerLaw(
      points.map(({ tolerance }) => tolerance),
      points.map(({ directionError }) => directionError),
    );
    const found = { ours: exponent, details: { points } };
    const key = { name: `work-precision ${name}`, size, unit: 'power' };
    yield { ...goalRecord(key, null, found), leftOut };
  }
}

/**
 * log t by the method that has no dual variables, at half the smallest tolerance: the reference holds
 * for directions, its log t to a few 1e-5 only.
 */
function tightestLogTime(tolerance: number): number {
  const { objective, theta0, targets } = referenceProblem();
  const method = 'full-implicit';
  const options = { tolerance: tolerance / 2, targets, maxSteps: MOST_STEPS, method } as const;
  return followFlow(objective, theta0, options).last.logTime;
}

function ourPoint(
  method: GradientFlowOptions['method'],
  tolerance: number,
  logTime: number,
  rounds: number,
): WorkPoint {
  const { objective, theta0, targets, directions } = referenceProblem();
  const options = { tolerance, targets, maxSteps: MOST_STEPS, method };
  const call = () => void followFlow(objective, theta0, options);
  const { last, counts, status, message } = followFlow(objective, theta0, options);
  if (status !== 'finished') throw new Error(message);
  const times = Array.from({ length: rounds }, () => secondsPerCall(call, 1));
  return {
    tolerance,
    evaluations: counts.evaluations,
    seconds: Math.min(...times),
    directionError: distanceBetween(last.direction, directions.at(-1)!),
    logTimeError: Math.abs(last.logTime - logTime),
  };
}

/** The same by a method of SciPy; tolerances at which it fails have no point. */
async function scipyPoints(
  { tolerances }: WorkPlan,
  method: string,
  tuned: boolean,
  tools: Tools,
): Promise<WorkPoint[]> {
  const name = `SciPy ${method} ${tuned}`;
  const process = await tools.peer(name, 'late_flow_scipy.py');
  const request = {
    do: 'sweep',
    method,
    tuned,
    tolerances,
    ...packedReference(referenceProblem()),
  };
  const answer = await process.ask(request, (text) => tools.update(`${name}: ${text}`));
  const points = answer.points as WorkPoint[];
  if (points.length === 0) throw new Error('it failed at every tolerance');
  return points;
}
