import type { SpiralColumns, SpiralRecord } from '../../records/index.js';
import { digits, listed, readable, rounded } from '../../text/numbers.js';
import { defineClaim, type Evidence, type Verdict } from '../claim.js';
import { SHRINKAGE } from '../common/flow-plans.js';
import { atLeast, atMost, bestRatio, DECADES, reported, worstRatio } from '../common/rules.js';
import {
  crossings,
  lengthPerAlphaDecade,
  lengthPerUnit,
  rowsFrom,
  turnsFrom,
} from '../common/spiral-columns.js';
import { noConvergenceFigures } from './figures.js';
import {
  GROWTH,
  LEAST_TURNS,
  LEAVES_WITHIN,
  noConvergencePlan,
  RESIDUAL,
  UNITS,
  type NoConvergenceRecord,
} from './plan.js';

/** Decades of α whose lengths are told, to set beside those of other claims. */
const ALPHA_DECADES = 8;
/**
 * From this ratio on a length counts as one that stays. A sum over units that converges, such as that of k^−1.1, has
 * ratios below 1 − 1/k, which is less for every k < 100.
 */
const STAYS = 0.99;

/** The counterexample of Lyu & Li: what is lost without definability. */
export const noConvergence = defineClaim({
  id: 'no-convergence',
  title: 'A smooth homogeneous margin whose direction never converges',
  statement:
    'Homogeneity and smoothness are not enough for directional convergence. There is a smooth homogeneous ' +
    'margin for which gradient flow drives the loss to 0 and the smoothed margin up to its largest value, ' +
    'while the direction circles for ever. The margin is not definable in any o-minimal structure. It is infinitely often ' +
    'differentiable but at the two poles, where it is three times; no path comes near them.',
  source: 'Lyu & Li 2019 (arXiv 1906.05890), appendix; Ji & Telgarsky 2020 (arXiv 2006.06657)',
  expected: 'supported',
  criterion:
    `Along the invariant curve, and along a run that is held to nothing, the direction has to make ${LEAST_TURNS} ` +
    'turns while −log(1 − γ̃) rises from row to row. It circles for ever if the path has the same length in ' +
    `each unit of log log ‖θ‖: each of the last ${UNITS} units has to bring at least ${STAYS} of the length of the unit before. Lengths that ` +
    `shrink by a factor ≤ ${SHRINKAGE} each time add up to a finite path, and contradict. The rest checks the ` +
    `computation: the curve is invariant to ${RESIDUAL}, deviations grow as linearisation says to ${100 * GROWTH} %, and the ` +
    'free run leaves the unstable curve where rounding must have grown. Where that fails the run says nothing.',
  headline: { metric: 'turns of the direction', words: '# turns while γ̃ rises' },
  plan: noConvergencePlan,
  judge({ spiral }: NoConvergenceRecord) {
    const free = rowsFrom(spiral.free, spiral.leaves);
    return [
      ...circling(spiral.curve, spiral.start, 'invariant curve'),
      ...circling(free, spiral.leaves, 'free run after it left the curve'),
      ...soundness(spiral),
      ...asides(spiral),
    ];
  },
  figures: noConvergenceFigures,
});

/** What one run says about convergence. */
function circling(run: SpiralColumns, from: number, name: string): Evidence[] {
  const { minusLogGap } = run;
  const rises = Array.from(minusLogGap.subarray(1), (value, k) => value - minusLogGap[k]);
  const last = minusLogGap[minusLogGap.length - 1];
  return [
    atLeast(
      `turns of the direction, ${name}`,
      rounded(turnsFrom(run, from), 9),
      LEAST_TURNS,
      -Infinity,
      'whole turns around the axis, and parts of one',
    ),
    staying(`length of the path per unit of log log ‖θ‖, ${name}`, lengthPerUnit(run, UNITS)),
    positive(
      `least rise of −log(1 − γ̃) between rows, ${name}`,
      rises.length > 0 ? Math.min(...rises) : NaN,
      `gradient flow never lowers γ̃; at the end 1 − γ̃ = e^(−${digits(last, 4)})`,
    ),
  ];
}

/** Lengths that stay support the claim; those that shrink geometrically are of a path that ends. */
function staying(metric: string, lengths: readonly number[]): Evidence {
  const enough = lengths.length >= DECADES;
  const least = enough ? bestRatio(lengths) : NaN;
  const isFinite = enough && worstRatio(lengths) <= SHRINKAGE;
  const verdict: Verdict =
    least >= STAYS ? 'supported' : isFinite ? 'contradicted' : 'inconclusive';
  return {
    metric,
    value: least,
    threshold: `≥ ${STAYS} in each unit`,
    note: `lengths ${listed(lengths)} rad; the smallest ratio of one to the one before`,
    verdict,
  };
}

/** A computation that lowers γ̃ is no gradient flow: it says nothing. */
function positive(metric: string, value: number, note: string): Evidence {
  const verdict: Verdict = value > 0 ? 'supported' : 'inconclusive';
  return { metric, value, threshold: '> 0', note, verdict };
}

/** What has to hold for the runs to be flows of this margin: none of it can contradict. */
function soundness({ residual, perturbed, leaves, neutral }: SpiralRecord): Evidence[] {
  return [
    atMost(
      'share of the velocity that points away from the curve',
      residual,
      RESIDUAL,
      Infinity,
      'largest over all rows of the curve, from the gradient in three coordinates; exactly 0 without rounding',
    ),
    ...perturbed.map(({ perturbation, grownTo, leaves: at, measured, predicted }) =>
      atMost(
        `growth of a deviation of ${readable(perturbation, 2)} from the curve, against the predicted one`,
        Math.abs(measured / predicted - 1),
        GROWTH,
        Infinity,
        `to ${grownTo} at φ = ${digits(at, 5)}: by e^${digits(measured, 4)}, and by linearisation e^${digits(predicted, 4)}`,
      ),
    ),
    atMost(
      'angle from where the curve turns unstable to where the free run leaves it',
      leaves - neutral,
      LEAVES_WITHIN,
      Infinity,
      `it leaves at φ = ${digits(leaves, 4)}; deviations grow from φ = ${digits(neutral, 5)} on, where r = ${digits(Math.sqrt(1 - 1 / neutral), 4)}`,
    ),
  ];
}

function asides({ curve, free, degree, growth }: SpiralRecord): Evidence[] {
  const lengths = lengthPerAlphaDecade(curve, degree, ALPHA_DECADES);
  const logNorm = curve.logLogNorm[curve.logLogNorm.length - 1];
  return [
    reported(
      'log log ‖θ‖ at the end of the invariant curve',
      logNorm,
      `log ‖θ‖ = L · ${digits(Math.exp(logNorm) / degree, 3)} with L = ${degree}: a turn takes log ‖θ‖ to e^(2π) = ${digits(Math.exp(2 * Math.PI), 3)} times its value`,
    ),
    reported(
      'length of the path per decade of α, last ratio, invariant curve',
      lengths[lengths.length - 1] / lengths[lengths.length - 2],
      `lengths ${listed(lengths)} rad from α = 10 on: they shrink like 1/k, and their sum has no bound`,
    ),
    reported(
      'growth of a deviation per radian where r = 0.9, as a logarithm',
      growth,
      'd log|ψ|/dφ on the curve, ψ = φ − s',
    ),
    reported(
      'passages of the meridian φ = 0, free run',
      crossings(free),
      'the valley crosses the meridian as often as the run goes on; a definable one could do so only finitely often',
    ),
  ];
}
