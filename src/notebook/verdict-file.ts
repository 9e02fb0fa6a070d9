import type { ClaimResult, Evidence, Verdict } from '../claims/index.js';

/** What a notebook leaves behind to be judged by: `id` is a claim's, or the notebook's own name. */
export interface VerdictRecord {
  readonly id: string;
  readonly verdict: Verdict;
  readonly expected: Verdict;
  readonly evidence: readonly Evidence[];
}

/** Names the folder for verdict files; `npm run reproduce` sets it for the notebooks it runs. */
export const VERDICT_FOLDER = 'AFTERFIT_VERDICT_FOLDER';

/**
 * The last cell of a notebook: writes `<id>.json` with the verdict and its evidence where a folder is
 * wanted, and says in a sentence what the verdict is. A kernel may keep quiet about errors in cells;
 * that this file is there says that the notebook came to its end.
 */
export async function writeVerdict(
  result: ClaimResult | VerdictRecord,
  folder: string | undefined = folderWanted(),
): Promise<string> {
  const record = 'claim' in result ? recordOf(result) : result;
  const { id, verdict, expected, evidence } = record;
  const outcome = verdict === expected ? 'as expected' : `though ${expected} was expected`;
  const sentence = `${id}: ${verdict}, ${outcome}.`;
  if (folder === undefined || folder === '') return sentence;
  const { writeAtomically } = await import('../files/write.js');
  const { join } = await import('node:path');
  const text = JSON.stringify({ id, verdict, expected, evidence }, finiteOrWord, 2);
  writeAtomically(join(folder, `${id}.json`), `${text}\n`);
  return sentence;
}

function recordOf({ claim, verdict, evidence }: ClaimResult): VerdictRecord {
  return { id: claim.id, verdict, expected: claim.expected, evidence };
}

/** JSON has no infinity, so such numbers become words. */
function finiteOrWord(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function folderWanted(): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env[VERDICT_FOLDER];
}
