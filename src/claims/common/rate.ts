import type { LimitCertificate } from '../../flows/index.js';
import { SHARE_OF_RATE } from '../../numerics/rates.js';
import { digits } from '../../text/numbers.js';
import type { Evidence } from '../claim.js';
import { SHRINKAGE } from './flow-plans.js';

/**
 * The factor per decade that a length, an angle or a gap may keep: `SHRINKAGE`, or where the certified limit's λ
 * makes everything slower than that, what it asks of the angle too.
 */
export function askedFactor({ doubts, predictedRatio }: LimitCertificate): number {
  return doubts.length > 0 ? SHRINKAGE : Math.max(SHRINKAGE, predictedRatio ** SHARE_OF_RATE);
}

/** log of a measured ratio per decade ÷ log of the predicted one, 10^{−(1−λ)/L}: 1 where they are the same. */
export function rateQuotient(ratio: number, { predictedRatio }: LimitCertificate): number {
  return Math.log(ratio) / Math.log(predictedRatio);
}

/**
 * Evidence for a quotient of exponents between `SHARE_OF_RATE` and its inverse. Outside, the run is not late
 * enough, or the limit not its own, so that it never contradicts; nor does it support where the limit is not
 * certified (`known`).
 */
export function asPredicted(metric: string, value: number, known: boolean, note: string): Evidence {
  const most = 1 / SHARE_OF_RATE;
  const holds = known && value >= SHARE_OF_RATE && value <= most;
  return {
    metric,
    value,
    threshold: `${SHARE_OF_RATE} to ${digits(most)}`,
    note,
    verdict: holds ? 'supported' : 'inconclusive',
  };
}

/** A measured ratio per decade against the one that λ of a limit predicts. */
export function rate(
  metric: string,
  ratio: number,
  certificate: LimitCertificate,
  known: boolean,
  note: string,
): Evidence {
  const { predictedRatio, limit } = certificate;
  return asPredicted(
    metric,
    rateQuotient(ratio, certificate),
    known,
    `exponent of α, measured ÷ (1 − λ)/L; the ratio ${digits(ratio)} against ${digits(predictedRatio, 4)}, with λ = ${digits(limit.stability.lambda, 4)}; ${note}`,
  );
}
