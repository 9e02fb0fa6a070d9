import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../../claims/index.js';
import { writeAtomically } from '../../files/write.js';
import { jsonText } from '../json-text.js';
import type { ClaimOutcome } from './outcome.js';
import { fileHash } from './provenance.js';

/**
 * What an unfinished run leaves for the next one: the outcome of each claim that was done, under a
 * name that holds everything the outcome is a function of. A finished run leaves nothing, so that a
 * second one computes everything again.
 */
export interface PartialStore {
  read(id: string): ClaimOutcome | undefined;
  write(outcome: ClaimOutcome): void;
  /** Removes what is kept of these claims, of other builds too, with their trainings. */
  clear(ids: readonly string[]): void;
}

/** What a claim's outcome is a function of. */
export interface PartialKey {
  readonly scale: string;
  readonly seed: number;
  /** Changes with the code. */
  readonly fingerprint: string;
}

interface PartialFile {
  readonly outcome: ClaimOutcome;
  /** SHA-256 of the figures: another run may have replaced them since. */
  readonly files: Readonly<Record<string, string>>;
}

/** Where the trainings of a run are kept until it is finished: claims and notebooks share them. */
export function trainingsFolder(out: string): string {
  return join(out, '.partial', 'trainings');
}

export function partialStore(out: string, key: PartialKey): PartialStore {
  const folder = join(out, '.partial');
  const trainings = trainingsFolder(out);
  const stem = (id: string) => `${id}-${key.scale}-${key.seed}-`;
  const place = (id: string) => join(folder, `${stem(id)}${key.fingerprint.slice(0, 16)}.json`);
  return {
    read(id) {
      try {
        const { outcome, files } = JSON.parse(readFileSync(place(id), 'utf8')) as PartialFile;
        const intact = Object.entries(files).every(
          ([file, hash]) => existsSync(join(out, file)) && fileHash(join(out, file)) === hash,
        );
        return intact ? { ...outcome, evidence: outcome.evidence.map(revived) } : undefined;
      } catch {
        // Not there, or not whole: the claim is run.
        return undefined;
      }
    },
    write(outcome) {
      const hashes = outcome.figures.map((file) => [file, fileHash(join(out, file))] as const);
      const content: PartialFile = { outcome, files: Object.fromEntries(hashes) };
      writeAtomically(place(outcome.id), jsonText(content));
    },
    clear(ids) {
      if (!existsSync(folder)) return;
      const removeFrom = (place: string) => {
        const names = existsSync(place) ? readdirSync(place) : [];
        const done = names.filter((name) => ids.some((id) => name.startsWith(stem(id))));
        for (const name of done) rmSync(join(place, name), { recursive: true, force: true });
        if (done.length === names.length) rmSync(place, { recursive: true, force: true });
      };
      removeFrom(trainings);
      removeFrom(folder);
    },
  };
}

/** JSON keeps numbers that are not finite as words. */
function revived(evidence: Evidence): Evidence {
  return { ...evidence, value: Number(evidence.value) };
}
