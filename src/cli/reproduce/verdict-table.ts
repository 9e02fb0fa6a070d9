import { claims, headlineText } from '../../claims/index.js';
import type { Results } from '../../report/results.js';

/** What the README tells: results of this scale and seed. */
const TOLD = { scale: 'standard', seed: 1 } as const;

/** A verdict and the number that says most, such as 'supported: a decade leaves 0.47 of the angle'. */
export function verdictText({ id, verdict, evidence }: Results['claims'][number]): string {
  const claim = claims.find((one) => one.id === id);
  const headline = claim && headlineText(claim, evidence);
  return headline === undefined ? verdict : `${verdict}: ${headline}`;
}

/**
 * A page in which the last cell of every row that begins with a claim's id, in backquotes, tells what the results
 * say of it.
 */
export function withVerdicts(page: string, results: Results): string {
  return page.replace(/^(\| `([\w-]+)` \|.*\|)[^|]*\|$/gm, (row, before: string, id: string) => {
    if (!claims.some((claim) => claim.id === id)) return row;
    const found = results.claims.find((result) => result.id === id);
    return `${before} ${found === undefined ? 'not run yet' : verdictText(found)} |`;
  });
}

/** Results that the README may tell; throws one sentence for any others. `name` is that of their file. */
export function publishable(raw: unknown, name: string): Results {
  const results = raw as Partial<Results> | null;
  if (!Array.isArray(results?.claims) || results.provenance === undefined) {
    throw new Error(`${name}: expected what \`npm run reproduce\` writes as results.json.`);
  }
  const { scale, seed } = results.provenance;
  if (scale !== TOLD.scale || seed !== TOLD.seed) {
    throw new Error(
      `${name}: results of scale ${scale} and seed ${seed}; expected scale ${TOLD.scale} and seed ${TOLD.seed}.`,
    );
  }
  return results as Results;
}
