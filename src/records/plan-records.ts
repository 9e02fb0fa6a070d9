import type { ExperimentSpec } from '../specs/experiment.js';
import type { PlannedAttempt, Plan, Planned } from '../specs/plan.js';
import type { ExperimentRecord, RecordOf, UnfinishedRecord } from './record.js';

/** What one entry of a plan leaves: a record, or for an attempt perhaps the reason why there is none. */
export type RecordOfPlanned<Entry> = Entry extends ExperimentSpec
  ? RecordOf<Entry>
  : Entry extends PlannedAttempt<infer Spec>
    ? RecordOf<Spec> | UnfinishedRecord
    : Entry extends readonly (infer Item)[]
      ? readonly RecordOfPlanned<Item>[]
      : never;

/** The records of a plan, by the names of its experiments. */
export type RecordsOf<P extends Plan> = { readonly [Name in keyof P]: RecordOfPlanned<P[Name]> };

/** Any record, or the reason why there is none. */
export type AnyRecord = ExperimentRecord | UnfinishedRecord;

/** What stands in the place of each experiment of a plan. */
export type InPlaceOf<T> = Readonly<Record<string, T | readonly T[]>>;

/** Puts something in the place of each experiment of a plan, one after another, in the plan's order. */
export async function mapPlan<T>(
  plan: Plan,
  of: (spec: ExperimentSpec, isAttempt: boolean) => Promise<T>,
): Promise<InPlaceOf<T>> {
  const one = (entry: ExperimentSpec | PlannedAttempt) =>
    'attempt' in entry ? of(entry.attempt, true) : of(entry, false);
  const found: Record<string, T | readonly T[]> = {};
  for (const [name, planned] of Object.entries(plan)) {
    if (!isList(planned)) found[name] = await one(planned);
    else {
      const list: T[] = [];
      for (const entry of planned) list.push(await one(entry));
      found[name] = list;
    }
  }
  return found;
}

function isList(planned: Planned): planned is readonly (ExperimentSpec | PlannedAttempt)[] {
  return Array.isArray(planned);
}
