import { claims, type Claim } from '../../claims/index.js';
import type { Results } from '../../report/results.js';
import { evidenceTables, inText } from './evidence-tables.js';
import { verdictText } from './verdict-table.js';

const INTRODUCTION = `# The claims

What each claim says, where it comes from, how it is judged, and the numbers of one run: scale \`standard\`, seed 1,
from [results.json](results.json). This page is written by \`node dist/cli/reproduce/publish.js\`. A number that is
*reported* decides nothing; each other one has its own verdict, and a claim is supported where all of them are. Where a
number is *inconclusive*, its note says why.
`;

/**
 * The page of all claims that `results` hold, in the order of the list: statement, source, criterion and evidence.
 * A claim that was never run is left out.
 */
export function claimsPage({ claims: results }: Pick<Results, 'claims'>): string {
  const sections = claims.flatMap((claim) => {
    const found = results.find(({ id }) => id === claim.id);
    return found === undefined ? [] : [section(claim, found)];
  });
  return [INTRODUCTION, ...sections].join('\n');
}

function section(claim: Claim, result: Results['claims'][number]): string {
  const expected =
    result.verdict === claim.expected ? '' : ` It was expected to be *${claim.expected}*.`;
  return [
    `## ${claim.id}`,
    '',
    `**${claim.title}.** ${inText(claim.statement)}`,
    '',
    `Source: ${inText(claim.source)}.`,
    '',
    `*How it is judged.* ${inText(claim.criterion)}`,
    '',
    `**${inText(verdictText(result))}.**${expected}`,
    '',
    ...evidenceTables(result.evidence),
  ].join('\n');
}
