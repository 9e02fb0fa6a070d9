import type { LimitCertificate } from '../flows/index.js';
import type { Evidence, Verdict } from './claim.js';

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

/**
 * A number that is shown and not judged: a control, or something beyond the theorem. Where it is not
 * a number the run lacks its control, and is inconclusive.
 */
export function reported(metric: string, value: number, note: string): Evidence {
  const verdict: Verdict = Number.isNaN(value) ? 'inconclusive' : 'supported';
  return { metric, value, threshold: 'reported', note, verdict };
}

/**
 * The largest ratio between consecutive values: they shrink geometrically when it stays below 1. A
 * zero counts as shrunk for good. NaN for fewer than two values, or where one is no finite length.
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
  if (values.length < 2 || !lengths) return [NaN];
  return values.slice(1).map((value, i) => (value === 0 ? 0 : value / values[i]));
}

/** Every rule over decades asks for this many: two ratios at least, or three starts. */
const DECADES = 3;

/**
 * Values per decade have to shrink by a factor ≤ `most` each time. Contradicted when none of them
 * shrinks at all: a length per decade that stays is a path that grows like log α for ever. With fewer
 * than three values the ratio is not a number, which is inconclusive.
 */
export function shrinks(
  metric: string,
  values: readonly number[],
  most: number,
  note: string,
): Evidence {
  const enough = values.length >= DECADES;
  const worst = enough ? worstRatio(values) : NaN;
  const verdict: Verdict =
    worst <= most
      ? 'supported'
      : enough && bestRatio(values) >= 1
        ? 'contradicted'
        : 'inconclusive';
  return { metric, value: worst, threshold: `≤ ${most} in each decade`, note, verdict };
}

/** Bounds on a limit certificate. */
export interface CertificateBounds {
  readonly residual: number;
  readonly agreement: number;
}

/**
 * The limit has to be a KKT point to rounding (stationary, with its active margins equal), to which
 * the starts of the last three decades lead alike. Starts are compared by the margins that their KKT
 * points give (`margins`: KKT points of ReLU networks form manifolds along which twin neurons trade
 * mass) or by direction. A certificate that fails says nothing about the flow, so it never contradicts.
 */
export function certified(
  name: string,
  certificate: LimitCertificate,
  compare: 'direction' | 'margins',
  bounds: CertificateBounds,
): Evidence[] {
  const { limit, agreement, marginAgreement } = certificate;
  const distances = compare === 'direction' ? agreement : marginAgreement;
  const spread = distances.length < DECADES ? NaN : Math.max(...distances);
  const sound = limit.converged && limit.smallestMultiplier > 0 && limit.slack > 0;
  const residual = sound ? Math.max(limit.residual, limit.feasibility) : Infinity;
  return [
    {
      ...atMost(
        `KKT residual of the limit, ${name}`,
        residual,
        bounds.residual,
        Infinity,
        `${limit.support.length} active constraints, smallest multiplier ${limit.smallestMultiplier.toPrecision(3)} of their mean, slack of the others ${limit.slack.toPrecision(3)}; ${limit.message}`,
      ),
      verdict: residual <= bounds.residual ? 'supported' : 'inconclusive',
    },
    {
      ...atMost(
        `spread of the limits from three starts, ${name}`,
        spread,
        bounds.agreement,
        Infinity,
        compare === 'direction'
          ? 'largest angle between the KKT points reached from α = 10^k of the last three decades'
          : 'largest difference of a margin, as a share of γ, between those KKT points',
      ),
      verdict: spread <= bounds.agreement ? 'supported' : 'inconclusive',
    },
  ];
}
