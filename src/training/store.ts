import type { Phase } from './phases.js';
import type { TrainingProblem } from './problem.js';
import type { Keeping, TrainingRow } from './rows.js';
import type { TrainingState } from './state.js';

/** All that decides the bytes of a run. */
export interface RunIdentity {
  readonly problem: TrainingProblem;
  readonly theta0: Float64Array;
  readonly chunk: number;
  readonly phases: readonly Phase[];
  readonly saveFactor: number;
  readonly keep: Keeping;
  /** Name of the engine that does the arithmetic. */
  readonly engine: string;
}

/** What a store holds of a run. */
export interface SavedRun {
  readonly state: TrainingState;
  readonly rows: readonly TrainingRow[];
  /** Seconds of work until each row. */
  readonly seconds: readonly number[];
  /** Seconds of work until the state was saved. */
  readonly elapsed: number;
}

/** Where a run keeps its rows and from where it goes on: a folder, or memory alone. */
export interface TrainingStore {
  /** What is there of this run; undefined for nothing. Throws one sentence for another run's. */
  open(identity: RunIdentity): SavedRun | undefined;
  /** Adds a row, with its θ where that is kept. It counts from the next `save`. */
  append(row: TrainingRow, theta: Float64Array | undefined, seconds: number): void;
  /** Makes this the state to go on from. */
  save(state: TrainingState, elapsed: number): void;
  /** θ of row k (from 0), where it was kept. */
  thetaAt(k: number): Float64Array | undefined;
  /** True where a run can go on in another process. */
  readonly lasting: boolean;
}

/**
 * A store that ends with the process; a training that is started again with it, within the process, goes on
 * where it was saved.
 */
export function memoryStore(): TrainingStore {
  let saved: SavedRun | undefined;
  const rows: TrainingRow[] = [];
  const thetas: (Float64Array | undefined)[] = [];
  const seconds: number[] = [];
  return {
    lasting: false,
    open() {
      for (const list of [rows, thetas, seconds]) list.length = saved?.rows.length ?? 0;
      return saved && { ...saved, state: structuredClone(saved.state) };
    },
    append(row, theta, at) {
      rows.push(row);
      thetas.push(theta?.slice());
      seconds.push(at);
    },
    save(state, elapsed) {
      saved = {
        state: structuredClone(state),
        rows: rows.slice(),
        seconds: seconds.slice(),
        elapsed,
      };
    },
    thetaAt: (k) => thetas[k],
  };
}
