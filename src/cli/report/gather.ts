import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { claims, headlineText, type Claim } from '../../claims/index.js';
import {
  reportedFigure,
  type JudgedClaim,
  type Report,
  type ReportedClaim,
  type ReportedFigure,
  type ReportedRecord,
  type Results,
} from '../../report/index.js';
import type { RecordsOf } from '../../records/index.js';
import {
  manifestFile,
  readManifest,
  readRecord,
  recordsOf,
  type ClaimManifest,
} from '../../records/node/index.js';
import type { Plan } from '../../specs/plan.js';
import { sentenceOf } from '../files.js';
import { readResults, readTimings } from './kept-results.js';

/** The pages of executed notebooks, as the report links to them: the claim's id or another name, and the address. */
export type NotebookLinks = ReadonlyMap<string, string>;

/**
 * The report of what a run left in a folder. What cannot be read of a claim's records becomes a sentence on the
 * page; results that cannot be read are an error.
 */
export async function gatherReport(from: string, notebooks: NotebookLinks): Promise<Report> {
  const results = readResults(join(from, 'results.json'));
  const reported: ReportedClaim[] = [];
  for (const result of inOrder(results.claims)) {
    const claim = claims.find(({ id }) => id === result.id);
    const notebook = notebooks.get(result.id);
    const told = { ...result, headline: claim && headlineText(claim, result.evidence), notebook };
    reported.push({ ...told, ...(await kept(claim, from, results)) });
  }
  const others = [...notebooks].filter(([name]) => !reported.some(({ id }) => id === name));
  return {
    claims: reported,
    missing: results.missing ?? [],
    provenance: results.provenance,
    timings: readTimings(join(from, 'timings.json')),
    notebooks: others.map(([name, link]) => ({ name, link })),
  };
}

/** In the order of the claims; those that the project no longer has come last. */
function inOrder(judged: readonly JudgedClaim[]): JudgedClaim[] {
  const place = (id: string) => {
    const found = claims.findIndex((claim) => claim.id === id);
    return found < 0 ? claims.length : found;
  };
  return [...judged].sort((a, b) => place(a.id) - place(b.id));
}

type Kept = Pick<ReportedClaim, 'figures' | 'notes' | 'records'>;

/** What the records of a claim give. */
async function kept(claim: Claim | undefined, from: string, results: Results): Promise<Kept> {
  const none = (note: string): Kept => ({ figures: [], notes: [note], records: [] });
  if (claim === undefined) return none('This afterfit does not have the claim, and draws nothing.');
  const folder = join(from, 'records');
  if (!existsSync(manifestFile(folder, claim.id))) return none('Its records were not kept.');
  try {
    const manifest = readManifest(folder, claim.id);
    const { scale, seed } = results.provenance;
    if (manifest.scale !== scale || manifest.seed !== seed) {
      return none(
        `Its records are of scale ${manifest.scale} and seed ${manifest.seed}, so nothing is drawn.`,
      );
    }
    const records = recordsNamed(folder, manifest);
    if (!manifest.complete) {
      return { ...none('A run did not reach its goal, so there is no figure.'), records };
    }
    return { ...(await drawn(claim, folder, manifest)), records };
  } catch (error) {
    return none(`Nothing is drawn: ${sentenceOf(error)}`);
  }
}

async function drawn<P extends Plan>(
  claim: Claim<P>,
  folder: string,
  manifest: ClaimManifest,
): Promise<Pick<Kept, 'figures' | 'notes'>> {
  const all = claim.figures(recordsOf(folder, manifest) as unknown as RecordsOf<P>);
  const figures: ReportedFigure[] = [];
  for (const figure of all) {
    if (figure.kind === 'vega-lite') figures.push(await reportedFigure(figure));
  }
  return { figures, notes: [] };
}

/** Each record once, in the order of the plan. */
function recordsNamed(folder: string, { experiments }: ClaimManifest): ReportedRecord[] {
  const names = new Set(Object.values(experiments).flat());
  return [...names].map((name) => ({
    folder: basename(name),
    code: readRecord(join(folder, name)).origin.code,
  }));
}
