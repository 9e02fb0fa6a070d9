import { keyNumbers, type Evidence } from '../../claims/index.js';
import { compact } from '../../text/numbers.js';
import { formatTable, wrap } from '../table.js';
import type { JudgedClaim } from '../../report/results.js';
import type { ClaimOutcome, NotebookOutcome } from './outcome.js';

const HEAD = ['claim', 'source', 'measured', 'expected', 'verdict', 'notebook'] as const;
const NARROW = { claim: 23, source: 20, expected: 12, verdict: 12, notebook: 12 };
const DECISIVE = 4;
const MARKS = { supported: '+', contradicted: '−', inconclusive: '?', reported: '·' } as const;

/** The table, and beneath it each claim's criterion and all of its evidence. */
export function reportText(
  outcomes: readonly ClaimOutcome[],
  notebooks: readonly NotebookOutcome[],
  columns: number,
): string {
  const { claim, source, expected, verdict, notebook } = NARROW;
  const taken = claim + source + expected + verdict + notebook + 3 * (HEAD.length - 1);
  const widths = [claim, source, Math.max(30, columns - taken), expected, verdict, notebook];
  const rows = outcomes.map((outcome) => [
    outcome.id,
    outcome.source,
    decisive(outcome.evidence),
    outcome.expected,
    outcome.verdict,
    textOfAll(notebooks.filter(({ id }) => id === outcome.id)),
  ]);
  const others = notebooks
    .filter(({ id }) => !outcomes.some((outcome) => outcome.id === id))
    .map((outcome) => `${outcome.file}: ${notebookText(outcome)}`);
  const table = rows.length > 0 ? [formatTable(HEAD, rows, widths)] : [];
  const details = outcomes.map((outcome) => detailText(outcome, columns));
  return [...table, ...(others.length > 0 ? [others.join('\n')] : []), ...details].join('\n\n');
}

/** The numbers that say most, a line each; what has no room is counted. */
function decisive(evidence: readonly Evidence[]): string[] {
  const lines = keyNumbers(evidence).map(({ metric, threshold, low, high }) => {
    const ends = [...new Set([low, high].map(shortNumber))];
    return `${metric}: ${ends.join(' to ')} (${threshold})`;
  });
  const more = lines.length - DECISIVE;
  return more > 1 ? [...lines.slice(0, DECISIVE), `and ${more} more, below`] : lines;
}

function measuredText({ metric, value, threshold }: Evidence): string {
  return `${metric}: ${shortNumber(value)} (${threshold})`;
}

/** Four digits, without an exponent where none is needed; near 1 the distance to it. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value) || value === 0 || value === 1) return String(value);
  if (value < 1 && value > 0.9995) return `1 − ${compact(1 - value, 2)}`;
  const size = Math.abs(value);
  return compact(value, size < 1e-3 || size >= 1e6 ? 3 : 4);
}

/** One word for all notebooks of a claim: that of the first that did not pass, if there is one. */
function textOfAll(outcomes: readonly NotebookOutcome[]): string {
  const words = outcomes.map(notebookText);
  return words.find((word) => word !== 'passed') ?? words[0] ?? notebookText(undefined);
}

/** One word for the table. */
export function notebookText(outcome: NotebookOutcome | undefined): string {
  if (!outcome) return 'not run';
  if (outcome.faults.length > 0) return 'failed';
  return outcome.verdict === outcome.expected ? 'passed' : (outcome.verdict ?? 'failed');
}

/** What is judged: its title with the verdict, statement, criterion and evidence, in lines of `columns` letters. */
export function detailText(outcome: Omit<JudgedClaim, 'source'>, columns: number): string {
  const width = Math.max(40, columns - 4);
  const indent = (text: string) => wrap(text, width).map((line) => `  ${line}`);
  const evidence = outcome.evidence.flatMap((item) => {
    const mark = MARKS[item.verdict];
    const [first, ...rest] = wrap(`${measuredText(item)}; ${item.note}`, width - 2);
    return [`  ${mark} ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  return [
    `${outcome.title} (${outcome.id}): ${outcome.verdict}, expected ${outcome.expected}`,
    ...indent(outcome.statement),
    ...indent(`Criterion: ${outcome.criterion}`),
    ...evidence,
  ].join('\n');
}
