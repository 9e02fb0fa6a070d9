import type { LimitCertificate } from '../../flows/index.js';
import { fallsAsPredicted, SHARE_OF_RATE } from '../../numerics/rates.js';
import { listed } from '../../text/numbers.js';
import type { Evidence, Verdict } from '../claim.js';
import { atMost, DECADES, neverAgainst } from './rules.js';

/**
 * What a limit has to meet: a residual of rounding size (some hundred roundings of sums of this
 * length), starts that agree far more closely than different KKT points ever lay apart (10⁻³), and a
 * margin that the flow's smoothed one, which only rises to it, exceeds by no more than rounding.
 */
export const CERTIFICATE = { residual: 1e-12, agreement: 1e-8, excess: 1e-12 } as const;

/**
 * What is known of a run's limit, one piece of evidence for each condition. `highest` is the largest
 * smoothed margin of the run. A certificate that fails says nothing about the flow, so it never
 * contradicts. Where KKT points form a manifold, along which ReLU units trade mass, the limits from
 * several starts are compared by their margins, and else by direction.
 */
export function certified(
  name: string,
  certificate: LimitCertificate,
  highest: number,
): Evidence[] {
  return [
    doubts(name, certificate),
    residual(name, certificate),
    spread(name, certificate),
    stability(name, certificate),
    excess(name, certificate, highest),
    approach(name, certificate),
  ].map(neverAgainst);
}

function doubts(name: string, certificate: LimitCertificate): Evidence {
  const { length } = certificate.doubts;
  const said = length === 0 ? 'none' : certificate.doubts.join('; ');
  return atMost(`doubts about the limit, ${name}`, length, 0, Infinity, said);
}

function residual(name: string, { limit }: LimitCertificate): Evidence {
  const slopes = limit.kinks.map(({ multiplier }) => multiplier);
  const clarke = slopes.every((slope) => Number.isNaN(slope) || (slope >= 0 && slope <= 1));
  const sound = limit.converged && limit.smallestMultiplier > 0 && limit.slack > 0 && clarke;
  const least = limit.smallestMultiplier.toPrecision(3);
  return atMost(
    `KKT residual of the limit, ${name}`,
    sound ? Math.max(limit.residual, limit.feasibility) : Infinity,
    CERTIFICATE.residual,
    Infinity,
    `${limit.support.length} active constraints, smallest multiplier ${least} of their mean, slack of the others ${limit.slack.toPrecision(3)}; ${limit.message}`,
  );
}

function spread(name: string, { limit, agreement, marginAgreement }: LimitCertificate): Evidence {
  const onManifold = limit.stability.flat > 0;
  const distances = onManifold ? marginAgreement : agreement;
  return atMost(
    `spread of the limits from three starts, ${name}`,
    distances.length < DECADES ? NaN : Math.max(...distances),
    CERTIFICATE.agreement,
    Infinity,
    onManifold
      ? 'largest difference of a margin, as a share of γ, between the KKT points reached from three starts, each a decade of α from the next'
      : 'largest angle between the KKT points reached from three starts, each a decade of α from the next',
  );
}

/** NaN where there is no direction in which the limit could be left. */
function stability(name: string, { limit }: LimitCertificate): Evidence {
  const { lambda, unstable, flat, tangent } = limit.stability;
  const verdict: Verdict = unstable === 0 ? 'supported' : 'inconclusive';
  const manifold =
    flat === 0
      ? ''
      : `; apart from ${flat} along a manifold of such limits, of ${flat} dimensions, where nothing moves`;
  return {
    metric: `λ at the limit, ${name}`,
    value: lambda,
    threshold: '< 1',
    note: `deviations go like α^{−(1−λ)/L}, so that the flow leaves a point with λ > 1; the largest of ${tangent} directions${manifold}`,
    verdict,
  };
}

function excess(name: string, { limit }: LimitCertificate, highest: number): Evidence {
  return atMost(
    `smoothed margin of the flow above that of the limit, ${name}`,
    highest / limit.margin - 1,
    CERTIFICATE.excess,
    Infinity,
    `as a share; it only rises to its limit, γ = ${limit.margin.toPrecision(10)}, and has come to ${highest.toPrecision(10)}`,
  );
}

function approach(name: string, certificate: LimitCertificate): Evidence {
  const { angles, measuredRatios, predictedRatio } = certificate;
  const enough = measuredRatios.length >= DECADES - 1;
  const falls = enough && fallsAsPredicted(angles, measuredRatios, predictedRatio);
  const manifold =
    certificate.limit.stability.flat > 0 ? '; each to its own point of the manifold of limits' : '';
  return {
    metric: `slowest fall of the angle to the limit per decade of α, ${name}`,
    value: enough ? Math.max(...measuredRatios) : NaN,
    threshold: `≤ ${(predictedRatio ** SHARE_OF_RATE).toPrecision(3)}`,
    note: `factors ${listed(measuredRatios)}; λ predicts ${predictedRatio.toPrecision(3)}, and ${SHARE_OF_RATE} of that exponent is asked for${manifold}`,
    verdict: falls ? 'supported' : 'inconclusive',
  };
}
