import { planarSpec, type KnownActivation } from '../specs/known-problems.js';
import { readable } from '../text/numbers.js';
import { NO_BREAK } from './number-text.js';

/** What records call things, in the words and numerals of a reader. */

const ACTIVATIONS: Readonly<Record<KnownActivation, string>> = {
  'squared-relu': 'squared ReLU',
  relu: 'ReLU',
};
const LOSSES: Readonly<Record<string, string>> = { logistic: ', logistic loss' };

/** 'planar squared-relu' as '42 points, squared ReLU', and so on, wherever it stands in a text. */
export function inReadersWords(text: string): string {
  const problem = /\b(planar|images) (squared-relu|relu)\b(?: (logistic)\b)?/g;
  return text.replace(
    problem,
    (_, place: string, activation: KnownActivation, loss: string | undefined) =>
      `${place === 'planar' ? `${pointsOf(activation)} points` : 'images'}, ` +
      `${ACTIVATIONS[activation]}${LOSSES[loss ?? ''] ?? ''}`,
  );
}

function pointsOf(activation: KnownActivation): number | string {
  const { data } = planarSpec(activation, 1);
  return 'examples' in data ? (data.examples ?? '') : '';
}

/** From this size on, and below, a number needs no power of ten. */
const PLAIN = { from: 1e-3, below: 1e4, space: NO_BREAK };

/** Numerals within a text in the one style of tables: 1e+8 as 10⁸, 0.0000282 as 2.82 × 10⁻⁵. */
export function inReadersNumerals(text: string): string {
  const numeral = /(?<![\w.^])(?:\d+\.?\d*e[+-]?\d+|0\.000\d+)(?![\w.]*\.\d)/gi;
  return text
    .replace(numeral, (found) => readable(Number(found), significant(found), PLAIN))
    .replace(/(?<!\w)-(?=[\d∞])/g, '−');
}

/** How many digits a numeral has that say something. */
function significant(numeral: string): number {
  const [mantissa] = numeral.toLowerCase().split('e');
  return Math.max(1, mantissa.replace('.', '').replace(/^0+/, '').length);
}
