import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNS_FOLDER } from '../../src/experiments/run-folders.js';

export interface RunsKept {
  readonly folder: string;
  /** Deletes the folder, and trainings are kept where they were before. */
  end(): void;
}

/** A new folder in which trainings are kept from now on, so that none of an earlier process is read. */
export function keepRunsApart(): RunsKept {
  const before = process.env[RUNS_FOLDER];
  const folder = mkdtempSync(join(tmpdir(), 'afterfit-runs-'));
  process.env[RUNS_FOLDER] = folder;
  return {
    folder,
    end() {
      if (before === undefined) delete process.env[RUNS_FOLDER];
      else process.env[RUNS_FOLDER] = before;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
