import type { OdeSystem, Stepper } from './stepper.js';

/** A system with its method, what is read off its unknowns, and how long a step may be. */
export interface SteppedSystem<Row = unknown> {
  readonly system: OdeSystem;
  readonly stepper: Stepper;
  /** The start; it is moved. */
  readonly y: Float64Array;
  readonly read: (y: Float64Array) => Row;
  /** The longest step from a row on. */
  readonly longest: (row: Row) => number;
}

/** What is told of a run, and what can end it. */
interface Watching<Row> {
  readonly signal?: { readonly aborted: boolean } | undefined;
  readonly onRow?: (row: Row) => void;
}

const FIRST_STEP = 1e-6;
const MOST_STEPS = 50_000;
/** A step changes by no more than this, up or down. */
const MOST_GROWTH = 5;
const SAFETY = 0.9;

/** Takes steps until a row is the last: the start, and a row for every step. */
export function followSteps<Row>(
  { system, stepper, y, read, longest }: SteppedSystem<Row>,
  { signal, onRow }: Watching<Row>,
  isLast: (row: Row) => boolean,
): { rows: Row[]; status: 'finished' | 'interrupted' | 'max-steps' | 'stalled' } {
  const slope = new Float64Array(y.length);
  system.field(y, slope);
  let row = read(y);
  const rows = [row];
  let h = FIRST_STEP;
  for (let tries = 0; tries < MOST_STEPS; tries++) {
    if (isLast(row)) return { rows, status: 'finished' };
    if (signal?.aborted) return { rows, status: 'interrupted' };
    if (h < Number.EPSILON) return { rows, status: 'stalled' };
    const step = Math.min(h, longest(row));
    const { y: end, error, solved } = stepper.attempt(y, slope, step);
    const factor = SAFETY * error ** (-1 / stepper.errorOrder);
    if (!solved || !(error <= 1) || !end.every(Number.isFinite)) {
      const isUsable = solved && factor > 1 / MOST_GROWTH && factor < 1;
      h = step * (isUsable ? factor : 1 / MOST_GROWTH);
      continue;
    }
    y.set(end);
    stepper.accept(step);
    system.field(y, slope);
    row = read(y);
    rows.push(row);
    onRow?.(row);
    h = step * Math.min(MOST_GROWTH, Math.max(1, factor));
  }
  return { rows, status: 'max-steps' };
}
