import type { AnyRecord, SweepCell, SweepColumn } from '../../records/index.js';
import type { ExperimentSpec } from '../../specs/experiment.js';
import { flowMeasures } from './flow-measures.js';
import { flowRatesMeasures } from './flow-rates-measures.js';
import type { SweepMeasures } from './measure-types.js';
import { stepThresholdMeasures } from './step-threshold-measures.js';

type AnyMeasures = SweepMeasures<ExperimentSpec['kind'], unknown>;

/** The kinds of experiments that can be swept. */
const MEASURES: ReadonlyMap<ExperimentSpec['kind'], AnyMeasures> = new Map(
  Object.entries({
    flow: flowMeasures,
    'flow-rates': flowRatesMeasures,
    'step-threshold': stepThresholdMeasures,
  }) as unknown as [ExperimentSpec['kind'], AnyMeasures][],
);

/** Throws one sentence for a kind of experiment of which no measures are kept. */
export function measuresOf(kind: ExperimentSpec['kind']): AnyMeasures {
  const found = MEASURES.get(kind);
  if (found) return found;
  const known = [...MEASURES.keys()].join(', ');
  throw new Error(
    `A sweep of experiments of kind ${kind} keeps nothing; expected one of ${known}.`,
  );
}

/** What every run says, whatever its kind. */
const ENDS: readonly (SweepColumn & { readonly meaning: string })[] = [
  { name: 'status', type: 'text', meaning: "'finished', or 'unfinished' where it did not come to its goal" },
  { name: 'message', type: 'text', meaning: 'how the run ended, in a sentence' },
]; // prettier-ignore

/** The columns of a kind's runs, with their meanings. */
export function measuredColumns(
  kind: ExperimentSpec['kind'],
): readonly (SweepColumn & { readonly meaning: string })[] {
  return [...ENDS, ...measuresOf(kind).columns];
}

/** What a run's record says in each of these columns; of one that did not come to its goal, that alone. */
export function measuredCells(spec: ExperimentSpec, record: AnyRecord): Record<string, SweepCell> {
  const { columns, read } = measuresOf(spec.kind);
  if (record.kind === 'unfinished') {
    const none = Object.fromEntries(columns.map(({ name }): [string, SweepCell] => [name, null]));
    return { status: 'unfinished', message: record.message, ...none };
  }
  const whole = read(record, spec);
  const cells = columns.map(({ name, of }): [string, SweepCell] => [name, of(whole)]);
  return { status: 'finished', message: messageOf(record), ...Object.fromEntries(cells) };
}

function messageOf(record: AnyRecord): string {
  if ('message' in record) return record.message;
  return 'result' in record ? record.result.message : '';
}
