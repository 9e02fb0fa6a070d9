import type { LimitCertificate, SaddleVisit } from '../../flows/index.js';
import type { FlowRecord, KinkedFlowRecord } from '../../records/index.js';
import { digits } from '../../text/numbers.js';
import type { Evidence } from '../claim.js';

/** What is looked at of a run, at its powers of ten of α. */
export interface Course {
  readonly certificate: LimitCertificate;
  readonly visits: readonly SaddleVisit[];
  /** α of each of these points. */
  readonly alphas: readonly number[];
  /** λ as it is at each of them. */
  readonly lambdas: readonly number[];
}

/** The course of a flow on a network without kinks, from its record. */
export function courseOf(run: FlowRecord): Course {
  const { certificate, visits, decadePoints, decadeMeasures } = run;
  return {
    certificate,
    visits,
    alphas: decadePoints.map(({ alpha }) => alpha),
    lambdas: decadeMeasures.map(({ lambda }) => lambda),
  };
}

/** The course of a flow on a network with kinks, from its record. */
export function kinkedCourse({ certificate, visits, decades }: KinkedFlowRecord): Course {
  const alphas = decades.map(({ alpha }) => alpha);
  return { certificate, visits, alphas, lambdas: decades.map(({ lambda }) => lambda) };
}

/** λ at a point on its way, where even the 1 of a manifold is not met exactly, is above 1 from here on. */
const GROWING = 1.001;

/** Why a run that does not settle in its last decades says nothing against a theorem. */
export interface Unsettled {
  /** In words, without a full stop. */
  readonly why: string;
  /** True where it says nothing for the theorem either: its end need not be where it stays. */
  readonly leaves: boolean;
  /** True where the reason explains what is left open, and excuses nothing that contradicts. */
  readonly explains?: true;
}

/**
 * Whether the run rests near a KKT point that is not stable, which the flow leaves slowly, has just left
 * one, or settles as slowly as its limit asks; undefined where it would have to settle. `shrinkage` is the
 * factor per decade that a judge asks for where it knows of no limit.
 */
export function unsettled(
  course: Course,
  decades: number,
  shrinkage: number,
): Unsettled | undefined {
  const { certificate, visits, alphas, lambdas } = course;
  const { limit, doubts, predictedRatio } = certificate;
  const { lambda, unstable } = limit.stability;
  if (unstable > 0) return { why: restsNear(limit.margin, lambda), leaves: true };
  const certain = doubts.length === 0;
  const from = alphas.at(-1 - decades) ?? 0;
  const visit = visits.findLast(({ toAlpha }) => toAlpha >= from);
  if (visit && !certain) return { why: restsNear(visit.margin, visit.lambda), leaves: true };
  if (visit) return { why: hasLeft(visit), leaves: false };
  if (!certain && creeps(certificate, shrinkage)) {
    const ratio = digits(Math.max(...certificate.measuredRatios), 4);
    const why = `it creeps towards a KKT point of margin ${digits(limit.margin, 4)}, nearer by a factor of ${ratio} in a decade of α`;
    return { why, leaves: true };
  }
  if (predictedRatio > shrinkage) {
    const why = `it goes to a KKT point of margin ${digits(limit.margin, 4)} with λ = ${digits(lambda, 4)}, so near to 1 that a decade of α brings it nearer only by a factor of ${digits(predictedRatio, 4)}`;
    return { why, leaves: !certain };
  }
  const most = Math.max(...lambdas.slice(-1 - decades).filter((at) => !Number.isNaN(at)));
  if (!(most > GROWING)) return undefined;
  const growth = `where deviations grow, λ = ${digits(most, 4)}`;
  if (certain) {
    // A deviation grows by 10^((λ−1)/L) in a decade there. Where that is more than what a judge wants to see
    // shrink, in the last decade still, the run is in the middle of a turn, and a longer path says nothing.
    const growths = lambdas.slice(-2).map((at) => predictedRatio ** (-(at - 1) / (1 - lambda)));
    if (growths.some((factor) => factor > 1 / shrinkage))
      return { why: `it ends in a place ${growth}`, leaves: false };
    return { why: `it has come through a place ${growth}`, leaves: false, explains: true };
  }
  return { why: `it moves ${growth}, and no KKT point is near`, leaves: true };
}

/**
 * Whether the run comes nearer to a stable KKT point, always and slowly, which is then no more than the point that
 * it may go to: some flows do so for tens of decades, until the last constraint presses.
 */
function creeps({ limit, measuredRatios }: LimitCertificate, shrinkage: number): boolean {
  const nearer = measuredRatios.every((ratio) => ratio > shrinkage && ratio < 1);
  return limit.converged && measuredRatios.length > 0 && nearer;
}

function hasLeft({ margin, lambda, toAlpha }: SaddleVisit): string {
  return `it left a KKT point of margin ${digits(margin, 4)}, unstable, λ = ${digits(lambda, 4)}, at α = ${digits(toAlpha, 2)}`;
}

function restsNear(margin: number, lambda: number): string {
  return `it rests near a KKT point of margin ${digits(margin, 4)}, unstable, λ = ${digits(lambda, 4)}`;
}

/** The evidence of such a run: never against the claim, nor for it where the run leaves; with the reason. */
export function settling(found: Unsettled | undefined, evidence: Evidence): Evidence {
  const { verdict } = evidence;
  if (!found || verdict === 'reported') return evidence;
  if (verdict === 'supported' && !found.leaves) return evidence;
  if (verdict === 'contradicted' && found.explains) return evidence;
  return { ...evidence, verdict: 'inconclusive', note: `${evidence.note}; ${found.why}` };
}
