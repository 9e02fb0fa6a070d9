import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim } from '../../claims/index.js';
import { keptTrainingName } from '../../experiments/index.js';
import { mapPlan } from '../../records/index.js';
import type { PlanSettings } from '../../specs/index.js';

/** Where the trainings of a run are kept until it is finished: claims and notebooks share them. */
export function trainingsFolder(out: string): string {
  return join(out, '.partial', 'trainings');
}

/** Removes the trainings of these claims, and the folder for unfinished work where nothing else is left in it. */
export async function clearTrainings(
  out: string,
  claims: readonly Pick<Claim, 'plan'>[],
  settings: PlanSettings,
): Promise<void> {
  const names: string[] = [];
  for (const claim of claims) {
    await mapPlan(claim.plan(settings), async (spec) => names.push(keptTrainingName(spec) ?? ''));
  }
  const wanted = names.filter((name) => name !== '');
  const place = trainingsFolder(out);
  const kept = existsSync(place) ? readdirSync(place) : [];
  const done = kept.filter((folder) => wanted.some((name) => folder.startsWith(`${name}-`)));
  for (const folder of done) rmSync(join(place, folder), { recursive: true, force: true });
  if (done.length === kept.length) rmSync(place, { recursive: true, force: true });
  const partial = join(out, '.partial');
  if (existsSync(partial) && readdirSync(partial).length === 0) {
    rmSync(partial, { recursive: true, force: true });
  }
}
