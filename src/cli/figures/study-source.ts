import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Figure } from '../../charts/index.js';
import type { SweepStudy } from '../../claims/index.js';
import { keptSweepFile } from '../../experiments/sweep/results.js';
import { readWhole } from '../../files/read.js';
import { decodeSweep } from '../../records/index.js';

/** How the figures of all studies are called, which no other is. */
export const STUDY_FIGURES = 'sweep-';

/** Figures of a study, and the table that they are drawn from. */
export interface StudyFigures {
  readonly figures: readonly Figure[];
  /** The sweep with its description, the file with its hash, and what the rows were computed with. */
  readonly origin: object;
}

/** Whether a run's folder has results of the study's sweep. */
export function hasSweep(from: string, { sweep }: SweepStudy): boolean {
  return existsSync(sweepIn(from, sweep));
}

/**
 * The figures of a study, from the results in a run's folder, or from those that come with the project where there are
 * none. Throws one sentence where they cannot be read.
 */
export async function studyFigures(from: string, study: SweepStudy): Promise<StudyFigures> {
  const { id, sweep } = study;
  const own = sweepIn(from, sweep);
  const path = existsSync(own) ? own : (keptSweepFile(sweep) ?? own);
  const bytes = readWhole(path);
  const { rows, about } = await decodeSweep(bytes, path);
  const parsed = (text: string) => JSON.parse(text) as object;
  return {
    figures: study.figures(rows),
    origin: {
      study: id,
      table: basename(path),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      wrote: parsed(about.origin),
      sweep: parsed(about.sweep),
    },
  };
}

/** Where `npm run sweep` puts the results below the folder of a run. */
function sweepIn(from: string, sweep: string): string {
  return join(from, 'sweeps', sweep, `${sweep}.parquet`);
}
