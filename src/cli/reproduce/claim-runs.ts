import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Claim, ClaimResult } from '../../claims/index.js';
import { recordName, runClaim, type RecordStore } from '../../experiments/index.js';
import { mapPlan } from '../../records/index.js';
import { manifestFile, type ClaimManifest } from '../../records/node/index.js';
import type { PlanSettings } from '../../specs/index.js';
import { writeAtomically } from '../../files/write.js';
import { sentenceOf } from '../files.js';
import { jsonText } from '../json-text.js';
import { outcomeOf, type ClaimEvent, type Skipped } from './outcome.js';

/** Draws a claim's figures into a folder. */
export type Draw = (
  result: ClaimResult,
  folder: string,
) => Promise<{ written: readonly string[]; skipped: readonly Skipped[] }>;

export interface ClaimTask {
  readonly ids: readonly string[];
  readonly settings: PlanSettings;
  readonly out: string;
  /** Takes no record that an earlier run has left. */
  readonly fresh: boolean;
}

/** The folders of a run's output. */
export const recordsFolder = (out: string): string => join(out, 'records');
const figuresFolder = (out: string, id: string): string => join(out, 'figures', id);

const PROGRESS_EVERY = 100;

/**
 * Runs claims one after another, judges and draws them, and tells what happens. Records that are there already
 * are not computed again. A claim that fails does not keep the next one from running.
 */
export async function runClaims(
  claims: readonly Claim[],
  { ids, settings, out }: ClaimTask,
  store: RecordStore,
  draw: Draw,
  emit: (event: ClaimEvent) => void,
): Promise<void> {
  for (const claim of claims.filter(({ id }) => ids.includes(id))) {
    const began = Date.now();
    let told = 0;
    const before = store.written.size;
    const onProgress = (progress: { task: string; alpha: number; goal: number }) => {
      if (Date.now() - told < PROGRESS_EVERY) return;
      told = Date.now();
      emit({ kind: 'progress', claim: claim.id, ...progress });
    };
    try {
      const experiments = await mapPlan(claim.plan(settings), async (spec) => recordName(spec));
      const result = await runClaim(claim, { ...settings, onProgress }, store.run);
      const complete = result.record !== undefined;
      writeManifest(out, { claim: claim.id, ...settings, complete, experiments });
      // Those of an earlier run would be taken for this one's.
      if (!complete) rmSync(figuresFolder(out, claim.id), { recursive: true, force: true });
      const { written, skipped } = await draw(result, figuresFolder(out, claim.id));
      const figures = written.map((path) => relative(out, path));
      const seconds = (Date.now() - began) / 1000;
      const reused = store.written.size === before;
      emit({ kind: 'finished', outcome: outcomeOf(result, { figures, skipped, seconds, reused }) });
    } catch (error) {
      emit({ kind: 'failed', claim: claim.id, message: sentenceOf(error) });
    }
  }
}

/** Says which records the claim was judged by. */
function writeManifest(
  out: string,
  { claim, scale, seed, complete, experiments }: ClaimManifest,
): void {
  const text = jsonText({ claim, scale, seed, complete, experiments });
  writeAtomically(manifestFile(recordsFolder(out), claim), text);
}
