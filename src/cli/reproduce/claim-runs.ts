import { relative } from 'node:path';
import { runClaim, type Claim, type ClaimResult } from '../../claims/index.js';
import type { Settings } from '../../experiments/index.js';
import { sentenceOf } from '../files.js';
import { outcomeOf, type ClaimEvent, type Skipped } from './outcome.js';

/** Draws a claim's figures into a folder. */
export type Draw = (
  result: ClaimResult,
  folder: string,
) => Promise<{ written: readonly string[]; skipped: readonly Skipped[] }>;

export interface ClaimTask {
  readonly ids: readonly string[];
  readonly settings: Pick<Settings, 'scale' | 'seed'>;
  readonly out: string;
}

const PROGRESS_EVERY = 100;

/**
 * Runs claims one after another and tells what happens. A claim that fails does not keep the next one
 * from running.
 */
export async function runClaims(
  claims: readonly Claim[],
  { ids, settings, out }: ClaimTask,
  draw: Draw,
  figureFolder: (id: string) => string,
  emit: (event: ClaimEvent) => void,
): Promise<void> {
  for (const claim of claims.filter(({ id }) => ids.includes(id))) {
    const began = Date.now();
    let told = 0;
    try {
      const result = await runClaim(claim, {
        ...settings,
        onProgress: (progress) => {
          if (Date.now() - told < PROGRESS_EVERY) return;
          told = Date.now();
          emit({ kind: 'progress', claim: claim.id, ...progress });
        },
      });
      const { written, skipped } = await draw(result, figureFolder(claim.id));
      const figures = written.map((path) => relative(out, path));
      const seconds = (Date.now() - began) / 1000;
      emit({ kind: 'finished', outcome: outcomeOf(result, { figures, skipped, seconds }) });
    } catch (error) {
      emit({ kind: 'failed', claim: claim.id, message: sentenceOf(error) });
    }
  }
}
