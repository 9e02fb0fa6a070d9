import { claims, type Claim, type Evidence } from '../../claims/index.js';
import { readable } from '../../text/numbers.js';
import type { Results } from '../../report/results.js';
import { verdictText } from './verdict-table.js';

const DIGITS = 6;

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
  const decided = result.evidence.filter(({ verdict }) => verdict !== 'reported');
  const others = result.evidence.filter(({ verdict }) => verdict === 'reported');
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
    ...table(decided, ['number', 'value', 'asked for', 'verdict'], (one) => [
      one.metric,
      readable(one.value, DIGITS),
      one.threshold,
      one.verdict,
    ]),
    ...(others.length === 0 ? [] : ['Reported:', '']),
    ...table(others, ['number', 'value'], (one) => [one.metric, readable(one.value, DIGITS)]),
  ].join('\n');
}

function table(
  rows: readonly Evidence[],
  head: readonly string[],
  cells: (one: Evidence) => readonly string[],
): string[] {
  if (rows.length === 0) return [];
  const line = (parts: readonly string[]) => `| ${parts.map(inCell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map((one) => line(cells(one))), ''];
}

/** A bar would end the cell. */
function inCell(text: string): string {
  return inText(text).replaceAll('|', '\\|');
}

/** Words that Markdown would take for emphasis or for a tag stay as they are. */
function inText(text: string): string {
  return text.replace(/[*_<]/g, (sign) => `\\${sign}`);
}
