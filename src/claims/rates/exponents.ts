import type { FlowRatesRecord, UnfinishedRecord } from '../../records/index.js';
import { FITTED } from './plan.js';

/** The runs that reached their goal. */
export function finishedFlows(
  flows: readonly (FlowRatesRecord | UnfinishedRecord)[],
): FlowRatesRecord[] {
  return flows.filter((run): run is FlowRatesRecord => run.kind === 'flow-rates');
}

/** Least-squares slope of log y over log x, at the rows with x in [from, to]; NaN with fewer than two. */
export function exponent(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  from: number,
  to: number,
): number {
  const rows = Array.from(x, (value, k) => [value, Math.log(value), Math.log(y[k])]).filter(
    ([value]) => value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9),
  );
  const mean = (at: number) => rows.reduce((sum, row) => sum + row[at], 0) / rows.length;
  const [meanX, meanY] = [mean(1), mean(2)];
  let [products, squares] = [0, 0];
  for (const [, logX, logY] of rows) {
    products += (logX - meanX) * (logY - meanY);
    squares += (logX - meanX) ** 2;
  }
  return squares > 0 ? products / squares : NaN;
}

/** The exponents of α^{−…} by which a flow's angle fell, was to fall, and falls where λ alone is left. */
export interface FlowExponents {
  readonly fitted: number;
  /** From the whole curvature at the limit. */
  readonly predicted: number;
  /** (1 − λ)/L. */
  readonly slowest: number;
}

/**
 * Limits are known to some 10⁻¹² radians. A smaller angle than ten times that would show where the limit was found, and
 * no longer how the flow comes nearer.
 */
const ACCURATE = 1e-11;

/** The exponents of a flow over its last decades, as long as its angle can be told from 0. */
export function flowExponents(run: FlowRatesRecord): FlowExponents {
  const { alpha, angle, expected, lambda, degree } = run;
  const end = angle.findLastIndex((value) => value >= ACCURATE);
  const last = alpha[end] ?? NaN;
  const ratios = end < FITTED ? [] : [...expected.slice(end - FITTED, end)];
  const enough = ratios.length === FITTED;
  return {
    fitted: -exponent(alpha, angle, last / 10 ** FITTED, last),
    predicted: enough ? -ratios.reduce((sum, ratio) => sum + Math.log10(ratio), 0) / FITTED : NaN,
    slowest: (1 - lambda) / degree,
  };
}

/**
 * The same over the last decades of the flow itself: what its angles fell by, and what the curvature makes of the first of
 * them. Undefined where the flow was too far from its limit there.
 */
export function ownExponents({
  alpha,
  angle,
  own,
}: FlowRatesRecord): Pick<FlowExponents, 'fitted' | 'predicted'> | undefined {
  if (!own) return undefined;
  const [from, to] = [own.alpha[0], own.alpha[own.alpha.length - 1]];
  return {
    fitted: -exponent(alpha, angle, from, to),
    predicted: -exponent(own.alpha, own.predicted, from, to),
  };
}

/** Whether the limit is certified, and what is expected of each of the last decades is known. */
export function isSound(run: FlowRatesRecord): boolean {
  const { predicted } = flowExponents(run);
  return run.doubts.length === 0 && run.unstable === 0 && Number.isFinite(predicted);
}
