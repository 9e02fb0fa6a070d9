import type { ClaimResult, Evidence, Verdict } from '../claims/claim.js';
import { counted } from '../text/numbers.js';
import { NO_BREAK, numberText } from './number-text.js';
import { inReadersNumerals, inReadersWords } from './reader-words.js';
import { table } from './tables.js';
import type { VerdictRecord } from './verdict-file.js';

/** What is asked for stays on one line up to this many letters. */
const ONE_LINE = 12;

/**
 * A verdict in Markdown: the numbers that decide it, and folded away below them all numbers with what they
 * mean. All that was judged decides a claim that is supported; else what spoke against it or left it open.
 */
export function verdictTable({ verdict, evidence }: ClaimResult | VerdictRecord): string {
  const judged = evidence.filter((each) => each.verdict !== 'reported');
  const parts = [summary(verdict, evidence.length - judged.length, judged)];
  const supported = verdict === 'supported';
  const deciding = supported ? judged : judged.filter((each) => each.verdict === verdict);
  if (deciding.length > 0) parts.push(supported ? byProblem(deciding) : withReasons(deciding));
  if (evidence.length > 0) parts.push(folded(evidence));
  return parts.join('\n\n');
}

/** What spoke against a claim, or left it open, and why. */
function withReasons(evidence: readonly Evidence[]): string {
  const rows = evidence.map((each) => [
    inReadersWords(each.metric),
    each.value,
    askedFor(each),
    inWords(each.note),
  ]);
  return table(['what', 'value', 'asked for', 'why'], rows);
}

/** A name that ends in a problem of the claims, and perhaps in what was done to it. */
const OF_PROBLEM = /^(.*?), ((?:planar|images) (?:squared-relu|relu)(?: logistic)?)(, .*)?$/;

/**
 * One row for each measure and one column for each problem, where the same was measured of several; else one
 * row for each number.
 */
function byProblem(evidence: readonly Evidence[]): string {
  const parsed = evidence.map((each) => {
    const [, measure = each.metric, problem = '', rest = ''] = OF_PROBLEM.exec(each.metric) ?? [];
    return { each, measure: measure + rest, problem };
  });
  const problems = [...new Set(parsed.map(({ problem }) => problem))];
  const measures = [...new Set(parsed.map(({ measure }) => measure))];
  const once = new Set(parsed.map(({ measure, problem }) => `${measure}|${problem}`));
  const gains = measures.length <= evidence.length / 2 && once.size === evidence.length;
  if (!gains || problems.includes('')) {
    const rows = evidence.map((each) => [inReadersWords(each.metric), each.value, askedFor(each)]);
    return table(['what', 'value', 'asked for'], rows);
  }
  const rows = measures.map((measure) => {
    const ofMeasure = parsed.filter((row) => row.measure === measure);
    const asked = [...new Set(ofMeasure.map(({ each }) => askedFor(each)))];
    const cells = problems.map((problem) => {
      const found = ofMeasure.find((row) => row.problem === problem);
      return found ? numberText(found.each.value) : '';
    });
    return [measure, ...cells, asked.join(', ')];
  });
  return table(['what', ...problems.map(inReadersWords), 'asked for'], rows);
}

function summary(verdict: Verdict, others: number, judged: readonly Evidence[]): string {
  const inFavour = judged.filter((each) => each.verdict === 'supported').length;
  const share =
    judged.length === 0
      ? 'No number was judged'
      : inFavour === judged.length && judged.length > 1
        ? `All ${judged.length} judged numbers support the claim`
        : `${inFavour} of ${counted(judged.length, 'judged number')} ` +
          `${inFavour === 1 ? 'supports' : 'support'} the claim`;
  return `**Verdict: ${verdict}.** ${share}; ${others} more ${others === 1 ? 'is' : 'are'} reported.`;
}

/** Every number, behind a line to click on. Markdown within HTML needs empty lines around it. */
function folded(evidence: readonly Evidence[]): string {
  const rows = evidence.map((each) => [
    inReadersWords(each.metric),
    each.value,
    askedFor(each),
    each.verdict,
    inWords(each.note),
  ]);
  const words = evidence.length === 1 ? 'The number' : `All ${evidence.length} numbers`;
  return (
    `<details><summary>${words}, with what ${evidence.length === 1 ? 'it means' : 'they mean'}</summary>\n\n` +
    `${table(['what', 'value', 'asked for', '', 'note'], rows)}\n\n</details>`
  );
}

function askedFor({ verdict, threshold }: Evidence): string {
  if (verdict === 'reported') return '–';
  const words = inWords(threshold);
  return words.length < ONE_LINE ? words.replaceAll(' ', NO_BREAK) : words;
}

function inWords(text: string): string {
  return inReadersNumerals(inReadersWords(text));
}
