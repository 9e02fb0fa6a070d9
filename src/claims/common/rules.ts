import type { Evidence, Verdict } from '../claim.js';

/** Rules that turn numbers into evidence; every threshold is an argument, with its reason in the claim. */

/** Evidence for `value ≤ most`; contradicted from `contradiction` on, inconclusive between. */
export function atMost(
  metric: string,
  value: number,
  most: number,
  contradiction: number,
  note: string,
): Evidence {
  const verdict: Verdict =
    value <= most ? 'supported' : value >= contradiction ? 'contradicted' : 'inconclusive';
  return { metric, value, threshold: `≤ ${most}`, note, verdict };
}

/** Evidence for `value ≥ least`; contradicted up to `contradiction`, inconclusive between. */
export function atLeast(
  metric: string,
  value: number,
  least: number,
  contradiction: number,
  note: string,
): Evidence {
  const verdict: Verdict =
    value >= least ? 'supported' : value <= contradiction ? 'contradicted' : 'inconclusive';
  return { metric, value, threshold: `≥ ${least}`, note, verdict };
}

/** A number that is shown and decides nothing: a control, or something beyond the theorem. */
export function reported(metric: string, value: number, note: string): Evidence {
  return { metric, value, threshold: 'reported', note, verdict: 'reported' };
}

/** The same evidence where it cannot speak against the claim, such as a control that failed. */
export function neverAgainst(evidence: Evidence): Evidence {
  return evidence.verdict === 'contradicted' ? { ...evidence, verdict: 'inconclusive' } : evidence;
}

/** Evidence that rests on something else: inconclusive where `holds` is false. */
export function provided(holds: boolean, evidence: Evidence): Evidence {
  return holds ? evidence : { ...evidence, verdict: 'inconclusive' };
}

/**
 * The largest ratio between consecutive values: they shrink geometrically when it stays below 1. A
 * zero counts as shrunk for good. NaN for fewer than two values, where the first is zero (nothing moved,
 * so nothing shrank), or where one is no finite length.
 */
export function worstRatio(values: readonly number[]): number {
  return Math.max(...ratiosOf(values));
}

/** The smallest ratio between consecutive values, NaN as for the largest. */
export function bestRatio(values: readonly number[]): number {
  return Math.min(...ratiosOf(values));
}

function ratiosOf(values: readonly number[]): number[] {
  const lengths = values.every((value) => value >= 0 && Number.isFinite(value));
  if (values.length < 2 || !lengths || values[0] === 0) return [NaN];
  return values.slice(1).map((value, i) => (value === 0 ? 0 : value / values[i]));
}

/** Every rule over decades asks for this many: two ratios at least, or three starts. */
export const DECADES = 3;

/** From this ratio on a value counts as steady: it leaves room for noise on a constant. */
const STEADY = 0.95;

/**
 * Values per decade have to shrink by a factor ≤ `most` each time. Contradicted when all of them are
 * steady or grow: a length per decade that stays is a path that grows like log α for ever. With fewer
 * than three values the ratio is not a number, which is inconclusive.
 */
export function shrinks(
  metric: string,
  values: readonly number[],
  most: number,
  note: string,
  each = 'decade',
): Evidence {
  const enough = values.length >= DECADES;
  const worst = enough ? worstRatio(values) : NaN;
  const verdict: Verdict =
    worst <= most
      ? 'supported'
      : enough && bestRatio(values) >= STEADY
        ? 'contradicted'
        : 'inconclusive';
  return { metric, value: worst, threshold: `≤ ${most} in each ${each}`, note, verdict };
}

/**
 * As `shrinks`, for values that may jump: in the mean they have to shrink by a factor ≤ `most`. Contradicted
 * when every one of them is steady or grows.
 */
export function shrinksOnAverage(
  metric: string,
  values: readonly number[],
  most: number,
  note: string,
  each = 'decade',
): Evidence {
  const { verdict } = shrinks(metric, values, most, note);
  const lengths = values.length >= DECADES && values[0] > 0 && !Number.isNaN(worstRatio(values));
  const mean = lengths ? (values[values.length - 1] / values[0]) ** (1 / (values.length - 1)) : NaN;
  return {
    metric,
    value: mean,
    threshold: `≤ ${most} per ${each} in the mean`,
    note,
    verdict: verdict === 'contradicted' ? verdict : mean <= most ? 'supported' : 'inconclusive',
  };
}

/** The largest share by which a value lies below the largest before it; NaN for fewer than two. */
export function fallFromHighest(values: ArrayLike<number>): number {
  if (values.length < 2) return NaN;
  let highest = values[0];
  let most = 0;
  for (const value of Array.from(values)) {
    highest = Math.max(highest, value);
    most = Math.max(most, 1 - value / highest);
  }
  return most;
}
