import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyRecord, InPlaceOf } from '../plan-records.js';
import { readText } from '../../files/read.js';
import { readRecord } from './record-folder.js';

/** Which records belong to a claim: beside them, as JSON. */
export interface ClaimManifest {
  readonly claim: string;
  readonly scale: string;
  readonly seed: number;
  /** Whether every run that was needed reached its goal; else there is nothing to draw. */
  readonly complete: boolean;
  /** Folder names, in the place of each experiment of the plan. */
  readonly experiments: InPlaceOf<string>;
}

/** The file that says which records a claim was judged by. */
export function manifestFile(folder: string, claim: string): string {
  return join(folder, `${claim}.json`);
}

/**
 * The records that a manifest names; undefined where a run that was needed did not reach its goal. Throws a
 * sentence where one is missing or cannot be read.
 */
export function recordsOf(
  folder: string,
  manifest: ClaimManifest,
): InPlaceOf<AnyRecord> | undefined {
  if (!manifest.complete) return undefined;
  const one = (name: string) => readRecord(join(folder, name)).record;
  return Object.fromEntries(
    Object.entries(manifest.experiments).map(([key, names]) => [
      key,
      typeof names === 'string' ? one(names) : names.map(one),
    ]),
  );
}

/** The manifest of a claim. Throws a sentence where there is none, or it has another form. */
export function readManifest(folder: string, claim: string): ClaimManifest {
  const file = manifestFile(folder, claim);
  if (!existsSync(file)) {
    throw new Error(
      `${file}: no such file; expected the records that \`npm run reproduce\` keeps.`,
    );
  }
  const found = parsed(readText(file));
  const known = typeof found?.experiments === 'object' && found.experiments !== null;
  if (known && found.claim === claim) return found as ClaimManifest;
  throw new Error(`${file} does not say which records ${claim} was judged by.`);
}

function parsed(text: string): Partial<ClaimManifest> | null {
  try {
    return JSON.parse(text) as Partial<ClaimManifest> | null;
  } catch {
    return null;
  }
}
