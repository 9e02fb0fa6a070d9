import { judgeClaim, unfinishedClaim, type Claim, type ClaimResult } from '../claims/index.js';
import { mapPlan, type AnyRecord, type RecordsOf } from '../records/index.js';
import type { ExperimentSpec } from '../specs/experiment.js';
import type { Plan } from '../specs/plan.js';
import { runExperiment } from './run-experiment.js';
import { Unfinished, type RunContext, type Settings } from './settings.js';

/** Carries out one experiment, or finds what an earlier run left. */
export type Run = (spec: ExperimentSpec, context: RunContext) => Promise<AnyRecord>;

/**
 * The records of a plan, its experiments one after another. Throws `Unfinished` where one that the plan needs does
 * not reach its goal, `Interrupted` at the signal; of one that is an attempt the record says so.
 */
export async function runPlan<P extends Plan>(
  plan: P,
  context: RunContext = {},
  run: Run = runExperiment,
): Promise<RecordsOf<P>> {
  const records = await mapPlan(plan, (spec, isAttempt) =>
    isAttempt ? attempted(spec, context, run) : finished(spec, context, run),
  );
  return records as RecordsOf<P>;
}

async function finished(spec: ExperimentSpec, context: RunContext, run: Run): Promise<AnyRecord> {
  const record = await run(spec, context);
  if (record.kind === 'unfinished') throw new Unfinished(record.message);
  return record;
}

/** The record of an experiment, or why there is none. */
export async function attempted(
  spec: ExperimentSpec,
  context: RunContext = {},
  run: Run = runExperiment,
): Promise<AnyRecord> {
  try {
    return await run(spec, context);
  } catch (error) {
    if (!(error instanceof Unfinished)) throw error;
    return { kind: 'unfinished', wanted: spec.kind, message: error.message };
  }
}

/**
 * Runs a claim's experiments and judges them. A run that cannot reach its goal (data that are never
 * separated, say) makes the claim inconclusive: its premise did not hold.
 */
export async function runClaim<P extends Plan>(
  claim: Claim<P>,
  settings: Settings,
  run: Run = runExperiment,
): Promise<ClaimResult<P>> {
  try {
    return judgeClaim(claim, await runPlan(claim.plan(settings), settings, run));
  } catch (error) {
    if (!(error instanceof Unfinished)) throw error;
    return unfinishedClaim(claim, error.message);
  }
}
