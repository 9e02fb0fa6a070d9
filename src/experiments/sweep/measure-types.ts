import type { RecordKinds, SweepCell, SweepColumn } from '../../records/index.js';
import type { ExperimentSpec } from '../../specs/experiment.js';

/** One column of a kind of experiment: what of a record a sweep keeps. */
export interface SweepMeasure<Read> extends SweepColumn {
  /** What it is, with its unit or range. */
  readonly meaning: string;
  of(read: Read): SweepCell;
}

/** What of a kind's records sweeps keep: something is worked out once, and columns read it. */
export interface SweepMeasures<Kind extends ExperimentSpec['kind'], Read> {
  read(record: RecordKinds[Kind], spec: Extract<ExperimentSpec, { kind: Kind }>): Read;
  readonly columns: readonly SweepMeasure<Read>[];
}
