import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure } from '../../charts/index.js';
import {
  claims,
  paperFigures,
  studies,
  type Claim,
  type PaperFigures,
} from '../../claims/index.js';
import type { AnyRecord, InPlaceOf, RecordsOf } from '../../records/index.js';
import {
  manifestFile,
  readManifest,
  recordsOf,
  type ClaimManifest,
} from '../../records/node/index.js';
import type { Plan } from '../../specs/plan.js';
import { sentenceOf } from '../files.js';
import { hasSweep, STUDY_FIGURES, studyFigures } from './study-source.js';

/** Figures that lie in one folder, and the claims whose records they are drawn from. */
export interface FigureGroup {
  /** The folder: the claim's or the study's name, or `paper`. */
  readonly folder: string;
  readonly figures: readonly Figure[];
  readonly manifests: readonly ClaimManifest[];
  /** Of a study: the table that they are drawn from. */
  readonly study?: object;
}

/** What is to be drawn, and what cannot be. */
export interface Selection {
  readonly groups: readonly FigureGroup[];
  /** What was asked for by name and cannot be drawn, in sentences. */
  readonly failures: readonly string[];
  /** What is left out where everything was asked for, in sentences. */
  readonly passed: readonly string[];
}

/** Where the figures of the paper go. */
export const PAPER_FOLDER = 'paper';

const paperNames = paperFigures.flatMap(({ names }) => names);

/** A claim, or figures of the paper. */
interface Source {
  readonly folder: string;
  readonly claims: readonly string[];
  /** What messages call it. */
  readonly label: string;
  /** Names of its figures that are known before they are drawn. */
  readonly names: readonly string[];
  draw(records: readonly InPlaceOf<AnyRecord>[]): Figure[];
}

const sources: readonly Source[] = [...claims.map(ofClaim), ...paperFigures.map(ofPaper)];
const folders = new Set([...sources.map(({ folder }) => folder), ...studies.map(({ id }) => id)]);

function ofClaim<P extends Plan>(claim: Claim<P>): Source {
  const { id } = claim;
  const draw: Source['draw'] = ([records]) => claim.figures(records as unknown as RecordsOf<P>);
  return { folder: id, claims: [id], label: id, names: [], draw };
}

function ofPaper({ names, claims: from, draw }: PaperFigures): Source {
  return { folder: PAPER_FOLDER, claims: from, label: names.join(', '), names, draw };
}

/** Whether names are of studies or of their figures, all of them, so that no records are needed. */
export function areOfStudies(asked: readonly string[]): boolean {
  return asked.length > 0 && asked.every((name) => name.startsWith(STUDY_FIGURES));
}

/**
 * The figures with these names, which are those of claims, of studies, of single figures, or `paper`; all that the
 * run's folder `from` has results of where there are none. Throws a sentence for a name that nothing has.
 */
export async function selectFigures(from: string, asked: readonly string[]): Promise<Selection> {
  const records = join(from, 'records');
  const failures: string[] = [];
  const passed: string[] = [];
  const groups: FigureGroup[] = [];
  const single = asked.filter((name) => !folders.has(name));
  // Any claim may have a figure of a name that is not the paper's.
  const searched = single.some(
    (name) => !paperNames.includes(name) && !name.startsWith(STUDY_FIGURES),
  );
  for (const source of sources) {
    const whole = asked.length === 0 || asked.includes(source.folder);
    const named = source.names.some((name) => single.includes(name));
    if (!whole && !named && !searched) continue;
    try {
      const manifests = source.claims.map((id) => readManifest(records, id));
      const drawn = source.draw(manifests.map((manifest) => complete(records, manifest)));
      const figures = whole ? drawn : drawn.filter(({ name }) => single.includes(name));
      if (figures.length > 0) groups.push({ folder: source.folder, figures, manifests });
    } catch (error) {
      const sentence = sentenceOf(error);
      // Of all claims, those that were not run have no records.
      const kept = source.claims.every((id) => existsSync(manifestFile(records, id)));
      const wanted = asked.length === 0 ? kept : whole || named;
      if (wanted) failures.push(`${source.label}: ${sentence}`);
      else if (whole) passed.push(`${source.label} is passed over: ${sentence}`);
    }
  }
  for (const study of studies) {
    const whole = asked.length === 0 ? hasSweep(from, study) : asked.includes(study.id);
    if (!whole && !single.some((name) => name.startsWith(STUDY_FIGURES))) continue;
    try {
      const { origin, figures: drawn } = await studyFigures(from, study);
      const figures = whole ? drawn : drawn.filter(({ name }) => single.includes(name));
      if (figures.length > 0) groups.push({ folder: study.id, figures, manifests: [], study: origin }); // prettier-ignore
    } catch (error) {
      failures.push(`${study.id}: ${sentenceOf(error)}`);
    }
  }
  const found = groups.flatMap(({ figures }) => figures.map(({ name }) => name));
  const unknown = single.find((name) => ![...paperNames, ...found].includes(name));
  if (unknown !== undefined) throw new Error(unknownName(unknown));
  return { groups, failures, passed };
}

function complete(records: string, manifest: ClaimManifest): InPlaceOf<AnyRecord> {
  const found = recordsOf(records, manifest);
  if (found !== undefined) return found;
  throw new Error('a run did not reach its goal, so there is no figure.');
}

function unknownName(name: string): string {
  const ids = claims.map(({ id }) => id).join(', ');
  const asked = studies.map(({ id }) => id).join(', ');
  return `There is no claim or figure '${name}' here; the claims are ${ids}, the studies ${asked}, the figures of the paper ${paperNames.join(', ')}.`;
}
