import { fallsAsPredicted, SHARE_OF_RATE } from '../../numerics/rates.js';
import { listed } from '../../text/numbers.js';
import type { KktPoint } from './kkt-point.js';

export { fallsAsPredicted, SHARE_OF_RATE };

/** What is found out about a limit and the starts that lead to it. */
export interface LimitEvidence {
  /** The KKT point found from the latest start. */
  readonly limit: KktPoint;
  /** α of every start, increasing. */
  readonly startAlphas: readonly number[];
  /**
   * Angle from each start's direction to the limit; where KKT points form a manifold, to the point of
   * it that this start leads to.
   */
  readonly angles: readonly number[];
  /** Angle from the KKT point that each start leads to, to the limit. */
  readonly agreement: readonly number[];
  /**
   * Largest difference of a margin between each start's KKT point and the limit, divided by γ. Where
   * KKT points form a manifold (ReLU units that trade mass), the starts agree in what the network
   * computes before they agree in direction.
   */
  readonly marginAgreement: readonly number[];
  /** The factor by which the angle is to fall in a decade of α: 10^{−(1−λ)/L}, and no less than 1/10. */
  readonly predictedRatio: number;
  /**
   * What the whole curvature at the limit makes of each start's deviation until the next start, per
   * decade of α: the parts that fall faster than the slowest one count while they last. NaN more than
   * 0.3 rad away; empty where the limit was not found or is not stable.
   */
  readonly expectedRatios: readonly number[];
  /** The factors by which it fell from start to start, per decade of α. */
  readonly measuredRatios: readonly number[];
}

/** What is known of the run beside its starts. */
export interface RunEvidence {
  /** The largest α/‖θ‖^L at any of its points. */
  readonly highestSmoothedMargin: number;
  /** Number of the limit's active constraints that do not press on the run's last point. */
  readonly idle: number;
  /** Margin that the flow goes to from beside the limit; undefined where no eigenvalue equals 1. */
  readonly besideMargin: number | undefined;
  /** λ at the run's last point, where no limit was found from it; undefined elsewhere. */
  readonly lambdaAlong: number | undefined;
  /** Slopes below and above a kink, between which multipliers lie; undefined for a smooth network. */
  readonly slopes: { readonly low: number; readonly high: number } | undefined;
}

/** From here on the support of the limit begins to show in the dual variables. */
export const LATE = 10;
/** Rates are those of the neighbourhood: a run this far from a point, in radians, is not in it. */
export const NEIGHBOURHOOD = 0.15;
/** A certificate takes so many starts, more of them where the run is not in the neighbourhood … */
export const STARTS = { near: 3, far: 5 } as const;
/** … each this factor of α after the one before. */
export const APART = 10 * (1 - 1e-6);

/** The smoothed margin may lie above the limit's by rounding. */
const MARGIN_ROUNDING = 1e-12;
/** Starts whose KKT points give the same margins to this share lead to one limit. */
const AGREEMENT = 1e-8;
/** Clarke multipliers lie between the slopes of a kink but for rounding. */
const ROUNDING = 1e-9;

/** Everything that speaks against a limit, each as the end of a sentence; none where it is certified. */
export function doubtsOf(evidence: LimitEvidence, run: RunEvidence): string[] {
  const { limit } = evidence;
  if (!limit.converged) return [notFound(limit, run.lambdaAlong)];
  const { lambda, unstable } = limit.stability;
  if (unstable > 0) {
    return [
      `the KKT point of margin ${limit.margin.toPrecision(8)} is not stable (λ = ${lambda.toPrecision(6)}, ` +
        'more than 1), so the flow will leave it',
    ];
  }
  const checks = [...checksOfRun(evidence, run), ...checksOfPoint(limit, run)];
  return checks.flatMap(([holds, doubt]) => (holds ? [] : [doubt]));
}

type Check = readonly [holds: boolean, doubt: string];

function checksOfRun(evidence: LimitEvidence, run: RunEvidence): Check[] {
  const { limit, marginAgreement, startAlphas, angles, measuredRatios, predictedRatio } = evidence;
  const spread = Math.max(...marginAgreement);
  const decadesApart = startAlphas.every(
    (alpha, k) => k === 0 || alpha >= APART * startAlphas[k - 1],
  );
  const angle = angles[angles.length - 1];
  const needed = angle > NEIGHBOURHOOD ? STARTS.far : STARTS.near;
  const away = needed === STARTS.far ? ` from ${angle.toPrecision(3)} rad away` : '';
  const highest = run.highestSmoothedMargin;
  const waiting =
    run.idle > 0
      ? `; ${run.idle} of its ${limit.support.length} active constraints do not press on the flow yet`
      : '';
  return [
    [
      startAlphas.length >= needed && decadesApart,
      `it takes ${needed} rows${away} with α of at least ${LATE}, each a decade of α from the next`,
    ],
    [
      highest <= limit.margin * (1 + Math.max(MARGIN_ROUNDING, limit.rounding)),
      `the flow's smoothed margin, ${highest.toPrecision(10)}, which only rises to its limit's, is above ${limit.margin.toPrecision(10)}`,
    ],
    [
      spread <= Math.max(AGREEMENT, limit.rounding),
      `the last rows lead to KKT points whose margins differ by ${spread.toExponential(1)} of the limit's, which larger targets may settle`,
    ],
    [
      fallsAsPredicted(angles, measuredRatios, predictedRatio),
      `the angle to it changed by factors of ${listed(measuredRatios)} in the last decades of α and is to fall by ${predictedRatio.toPrecision(3)}${waiting}`,
    ],
  ];
}

function checksOfPoint(limit: KktPoint, { besideMargin, slopes: sides }: RunEvidence): Check[] {
  const { low = 0, high = 1 } = sides ?? {};
  const [least, most] = [Math.min(low, high), Math.max(low, high)];
  const slopes = limit.kinks.map(({ multiplier }) => multiplier).filter((m) => !Number.isNaN(m));
  const change = besideMargin === undefined ? 0 : Math.abs(besideMargin / limit.margin - 1);
  return [
    [limit.smallestMultiplier > 0, 'a multiplier is not positive'],
    [
      slopes.every((slope) => slope >= least - ROUNDING && slope <= most + ROUNDING),
      `a Clarke multiplier lies outside [${least}, ${most}]`,
    ],
    [
      change <= AGREEMENT,
      `λ = 1 in ${directions(limit.stability.flat)}, and from beside it ${Number.isNaN(change) ? 'no KKT point was reached' : `the flow goes to a margin that differs by ${change.toExponential(1)}`}`,
    ],
  ];
}

const directions = (count: number) => `${count} direction${count === 1 ? '' : 's'}`;

function notFound(
  { residual, slack, support, iterations }: KktPoint,
  lambdaAlong: number | undefined,
): string {
  const why =
    slack < 0
      ? 'margins outside the support fell below it'
      : 'the active constraints keep changing, or depend on each other';
  return `no KKT point was reached in ${iterations} steps: with ${support.length} active constraints the residual is ${residual.toExponential(1)}; ${why}${creeping(lambdaAlong)}`;
}

/** With λ this near to 1 a direction changes by less than a hundredth of itself in a decade of α. */
const NEUTRAL = 1e-2;

function creeping(lambda: number | undefined): string {
  if (lambda === undefined || !(Math.abs(lambda - 1) < NEUTRAL)) return '';
  return `. Along the run itself λ = ${lambda.toPrecision(6)}, so near to 1 that the flow creeps`;
}
