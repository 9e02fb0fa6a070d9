import { followToOrigin, type SecantRow } from '../flows/index.js';
import { randomStream } from '../numerics/index.js';
import type { CriticalPointRecord } from '../records/index.js';
import type { CriticalPointExperiment } from '../specs/experiments/critical-point.js';
import { Interrupted, Unfinished, type RunContext } from './settings.js';

const TOLERANCE = 1e-10;
const START_DISTANCE = 0.5;

/**
 * Follows gradient flow of a polynomial into its critical point. Throws `Unfinished` where it does not come as near,
 * `Interrupted` at the signal.
 */
export async function runCriticalPoint(
  { name, terms, startAngles: [low, high], decades, seed }: CriticalPointExperiment,
  { signal, onProgress }: RunContext = {},
): Promise<CriticalPointRecord> {
  const angle = low + (high - low) * randomStream(seed).split('critical-point').uniform();
  const start: SecantRow = { logDistance: Math.log(START_DISTANCE), angle };
  const { rows, status } = followToOrigin(terms, start, {
    tolerance: TOLERANCE,
    untilLogDistance: -decades * Math.LN10,
    signal,
    onRow: ({ logDistance }) =>
      onProgress?.({
        task: name,
        alpha: NaN,
        goal: NaN,
        share: Math.min(1, -logDistance / (decades * Math.LN10)),
      }),
  });
  if (status === 'interrupted') throw new Interrupted(`${name} was interrupted.`);
  if (status !== 'finished') throw new Unfinished(`${name}: ${status}.`);
  const kept = thinnedRows(rows);
  let length = 0;
  const pathLength = kept.map((row, k) => {
    length += k === 0 ? 0 : Math.abs(row.angle - kept[k - 1].angle);
    return length;
  });
  return {
    kind: 'critical-point',
    message: `The run came to a distance of 10^−${decades}.`,
    name,
    log10Distance: Float64Array.from(kept, (row) => row.logDistance / Math.LN10),
    angle: Float64Array.from(kept, (row) => row.angle),
    pathLength: Float64Array.from(pathLength),
  };
}

/** Rows that lie this far apart in the logarithm of the distance, or in the angle, and the ends. */
const SPACING = 0.02;

function thinnedRows(rows: readonly SecantRow[]): readonly SecantRow[] {
  let last = rows[0];
  return rows.filter((row, k) => {
    const moved = Math.max(
      Math.abs(row.logDistance - last.logDistance),
      Math.abs(row.angle - last.angle),
    );
    if (k > 0 && k < rows.length - 1 && moved < SPACING) return false;
    last = row;
    return true;
  });
}
