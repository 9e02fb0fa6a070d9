import type { FlowRun, KinkedRun } from '../experiments/index.js';
import type { LimitCertificate, SaddleVisit } from '../flows/index.js';
import type { Evidence } from './claim.js';

/** What is looked at of a run, at its powers of ten of α. */
export interface Course {
  readonly certificate: LimitCertificate;
  readonly visits: readonly SaddleVisit[];
  /** α of each of these points. */
  readonly alphas: readonly number[];
  /** λ as it is at each of them. */
  readonly lambdas: readonly number[];
}

export function courseOf({ certificate, visits, decadePoints, lambdas }: FlowRun): Course {
  return { certificate, visits, lambdas, alphas: decadePoints.map(({ alpha }) => alpha) };
}

export function kinkedCourse({ certificate, visits, decades }: KinkedRun): Course {
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
}

/**
 * Whether the run rests near a KKT point that is not stable, which the flow leaves slowly, or settles
 * as slowly as its limit asks; undefined where it would have to settle. `shrinkage` is the factor per
 * decade that a judge asks for.
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
  if (predictedRatio > shrinkage) {
    const why = `it goes to a KKT point of margin ${digits(limit.margin)} with λ = ${digits(lambda)}, so near to 1 that a decade of α brings it nearer only by a factor of ${digits(predictedRatio)}`;
    return { why, leaves: !certain };
  }
  const most = Math.max(...lambdas.slice(-1 - decades).filter((at) => !Number.isNaN(at)));
  if (certain || !(most > GROWING)) return undefined;
  const why = `it moves where deviations grow, λ = ${digits(most)}, and no KKT point is near`;
  return { why, leaves: true };
}

function restsNear(margin: number, lambda: number): string {
  return `it rests near a KKT point of margin ${digits(margin)}, unstable, λ = ${digits(lambda)}`;
}

/** The evidence of such a run: never against the claim, nor for it where the run leaves; with the reason. */
export function settling(found: Unsettled | undefined, evidence: Evidence): Evidence {
  if (!found || (evidence.verdict === 'supported' && !found.leaves)) return evidence;
  return { ...evidence, verdict: 'inconclusive', note: `${evidence.note}; ${found.why}` };
}

function digits(value: number): string {
  return value.toPrecision(4);
}
