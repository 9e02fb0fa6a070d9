import { isTrueIn, numberIn, numbersIn, textIn, type SweepRow } from '../../records/index.js';
import { digits, listed } from '../../text/numbers.js';
import { DECADES_JUDGED, SHRINKAGE } from '../common/flow-plans.js';
import { worstRatio } from '../common/rules.js';
import { isFinished } from './rows.js';
import type { SweepException } from './study.js';

/** Why a run may not be supported, and what each reason means. */
export const CONVERGENCE_KINDS = {
  'came to rest before its data were classified':
    'The premise is not met: units have died, or examples pull against each other, and the flow stands at a loss above ℓ(0).',
  'did not come to its goal': 'The premise is not met, as far as the run was followed.',
  contradicts: 'A number of the claim’s judge speaks against it.',
  'still near a saddle':
    'The run rests near a KKT point with λ > 1, which it will leave: what it swept so far says nothing of the end.',
  'limit not certified':
    'Lengths may shrink, but where to is not known: starts from several decades do not lead to one point, or the angle to it does not fall as its λ says.',
  'left a saddle late':
    'The run left a KKT point with λ > 1 within the decades that are judged, and turns to its limit since.',
  'turned in its last decades': `A decade among the last ${DECADES_JUDGED} swept more than ${SHRINKAGE} of the one before. The limit is certified: the run is on the way to it.`,
  'another rate than λ says':
    'Lengths shrink and the limit is certified, but the angle to it falls faster or more slowly than by the exponent (1 − λ)/L to within the factor asked for: other parts of the deviation than the slowest still show.',
  'predictions hardly nearer':
    'Lengths shrink and the limit is certified, but predictions or margins come nearer to it by less than the factor asked for in one of the last decades.',
} as const;

type Kind = keyof typeof CONVERGENCE_KINDS;

/** Every run that is not supported, and why: read off its row. */
export function convergenceExceptions(rows: readonly SweepRow[]): SweepException[] {
  return rows
    .filter((row) => textIn(row, 'verdict') !== 'supported')
    .map((row) => {
      const [kind, why] = isFinished(row) ? reasonOf(row) : restOf(row);
      return { row, kind, why };
    });
}

/** Of a run that never came to α > 0. */
function restOf(row: SweepRow): [Kind, string] {
  const why = textIn(row, 'message').replace(/^[^:]*: /, '');
  return why.startsWith('α stopped rising')
    ? ['came to rest before its data were classified', why]
    : ['did not come to its goal', why];
}

function reasonOf(row: SweepRow): [Kind, string] {
  const margin = digits(numberIn(row, 'margin'), 4);
  const lambda = digits(numberIn(row, 'limit_lambda'), 4);
  const alpha = numberIn(row, 'alpha_last');
  const reason = inFewDigits(textIn(row, 'reason'));
  if (textIn(row, 'verdict') === 'contradicted') return ['contradicts', reason];
  if (numberIn(row, 'unstable') > 0) {
    return ['still near a saddle', `at α = ${digits(alpha, 1)} it rests near a KKT point of margin ${margin}, λ = ${lambda}`]; // prettier-ignore
  }
  if (!isTrueIn(row, 'certified')) return ['limit not certified', textIn(row, 'doubts')];
  const last = numbersIn(row, 'lengths').slice(-DECADES_JUDGED);
  const swept = `the last decades sweep ${listed(last)} rad, up to α = ${digits(alpha, 1)}; the limit is certified, margin ${margin}, λ = ${lambda}`;
  if (worstRatio(last) > SHRINKAGE) {
    const left = numbersIn(row, 'saddle_left_at').at(-1) ?? NaN;
    // Powers of ten, to rounding.
    return left > alpha / 10 ** (DECADES_JUDGED + 0.5)
      ? ['left a saddle late', `it left a KKT point with λ > 1 at α = ${digits(left, 1)}; ${swept}`]
      : ['turned in its last decades', swept];
  }
  return [
    reason.startsWith('rate at which') ? 'another rate than λ says' : 'predictions hardly nearer',
    reason,
  ];
}

/** Numbers of a judge as they are read: it says them in full. */
function inFewDigits(reason: string): string {
  return reason.replace(/\d+\.\d{5,}/g, (number) => digits(Number(number)));
}
