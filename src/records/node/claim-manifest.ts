import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyRecord, InPlaceOf } from '../plan-records.js';
import { readRecord } from './record-folder.js';

/** Which records belong to a claim: beside them, as JSON. */
export interface ClaimManifest {
  readonly claim: string;
  readonly scale: string;
  readonly seed: number;
  /** Folder names, in the place of each experiment of the plan. */
  readonly experiments: InPlaceOf<string>;
}

/** The file that says which records a claim was judged by. */
export function manifestFile(folder: string, claim: string): string {
  return join(folder, `${claim}.json`);
}

/**
 * The records that a manifest names; undefined where a run that was needed did not reach its goal, so that
 * those after it are missing. Throws a sentence where one cannot be read.
 */
export function recordsOf(
  folder: string,
  manifest: ClaimManifest,
): InPlaceOf<AnyRecord> | undefined {
  const names = Object.values(manifest.experiments).flat();
  if (!names.every((name) => existsSync(join(folder, name)))) return undefined;
  const one = (name: string) => readRecord(join(folder, name)).record;
  return Object.fromEntries(
    Object.entries(manifest.experiments).map(([key, names]) => [
      key,
      typeof names === 'string' ? one(names) : names.map(one),
    ]),
  );
}

/** The manifest of a claim. Throws a sentence where there is none. */
export function readManifest(folder: string, claim: string): ClaimManifest {
  const file = manifestFile(folder, claim);
  if (!existsSync(file)) {
    throw new Error(
      `${file}: no such file; expected the records that \`npm run reproduce\` keeps.`,
    );
  }
  return JSON.parse(readFileSync(file, 'utf8')) as ClaimManifest;
}

/** Removes records that no manifest names: those of other scales, seeds and older code. */
export function removeUnnamed(folder: string): void {
  if (!existsSync(folder)) return;
  const names = readdirSync(folder);
  const named = new Set(
    names
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => Object.values(readManifest(folder, name.slice(0, -5)).experiments).flat()),
  );
  for (const name of names.filter((name) => !name.endsWith('.json') && !named.has(name))) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}
