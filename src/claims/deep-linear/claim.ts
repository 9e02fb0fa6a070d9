import { interpolateAt } from '../../metrics/paths.js';
import type { DeepLinearRecord } from '../../records/index.js';
import { digits, powerOfTen, readable } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { lastOf } from '../common/last.js';
import { atMost, neverAgainst, provided } from '../common/rules.js';
import { deepLinearFigures } from './figures.js';
import {
  exponentBetween,
  deepMarginShare,
  marginErrors,
  oneMinusInner,
  worstMisalignment,
  worstRank,
} from './measures.js';
import {
  ALIGNED,
  ALIGNMENT_STRETCH,
  deepLinearPlan,
  DRIFT,
  EXPONENT_ERROR,
  FIRST_ORDER_AT,
  FIRST_ORDER_ERROR,
  MARGIN_ERROR,
  NOT_SPANNING_DEPTH,
  PRODUCT_STRETCH,
  WELL_SPANNED,
  type Stretch,
} from './plan.js';

/** From this share of the limit on a margin that is off at the end contradicts. */
const FAR_OFF = 0.1;
/** A value off by as much as itself is another value. */
const ANOTHER = 1;
/** Layers that are half misaligned, or half of another rank, at the end are not on their way. */
const HALF = 0.5;
/** A bound that holds by algebra is met but for rounding. */
const ROUNDING = 1e-6;
/** Beyond the bound by as much is more than rounding or a drift of the solver. */
const BROKEN = 1.1;

/** Ji & Telgarsky 2018, with the margin of the normalized weights and the rates worked out. */
export const deepLinearClaim = defineClaim({
  id: 'deep-linear',
  title: 'Deep linear networks align their layers',
  statement:
    'In a deep linear network on separable data, from a risk below that of the zero network, each weight matrix tends to rank one, neighbouring layers ' +
    'align, and the product of all layers tends to the maximum margin. The flow conserves W′ᵀW′ − WWᵀ for ' +
    'each two neighbours W and W′, and that difference decides how fast.',
  source: 'Ji & Telgarsky 2018 (arXiv 1810.02032); 2020 (arXiv 2006.06657)',
  expected: 'supported',
  criterion:
    `At α = 10⁸ the normalized margin over the maximum margin γ of the data has to be L^(−L/2) to ${MARGIN_ERROR}, ` +
    `which is where L layers of rank one, aligned and of one length, would be. At α = 10⁶ every 1 − |⟨v, u⟩| has ` +
    `to be within ${FIRST_ORDER_ERROR * 100} % of ½‖P⊥Cu‖²/(σσ′)², the first order of what the conserved C = W′ᵀW′ − WWᵀ allows ` +
    '(u is the leading left singular vector of W, v the leading right one of W′, σ and σ′ are their singular values, and P⊥ takes away what lies along u), ' +
    `and fall like α^(−4/L). Where the support vectors span the space, the angle of the product to the maximum ` +
    `margin has to fall like 1/α, and with ${NOT_SPANNING_DEPTH} layers on data where they do not, like α^(−1/L). Exponents are measured over three decades of α and have to be right to ` +
    `${EXPONENT_ERROR * 100} %. All of it rests on a solver that keeps C to ${DRIFT} of itself; where it does not, ` +
    'nothing is said.',
  headline: { metric: 'largest error of 1 − |⟨v, u⟩|', words: 'as predicted within #' },
  plan: deepLinearPlan,
  judge({ networks, notSpanning }) {
    const deep = networks.filter(({ neighbours }) => neighbours.length > 0);
    const sound = largestDrift(deep) <= DRIFT;
    return [
      ...networks.map(marginEvidence),
      ...deep.map((run) => provided(sound, firstOrderEvidence(run))),
      ...deep.map((run) => provided(sound, alignmentExponent(run))),
      ...networks.map(productExponent),
      alignedEvidence(deep),
      rankEvidence(deep),
      provided(sound, boundEvidence(deep)),
      conservedEvidence(deep),
      notSpanningEvidence(notSpanning),
    ];
  },
  figures: deepLinearFigures,
});

function marginEvidence(run: DeepLinearRecord): Evidence {
  const limit = deepMarginShare(run.depth);
  const errors = marginErrors(run);
  const reached = lastOf(run.margin) / run.maximum.margin;
  return atMost(
    `error of margin / γ, ${run.name}`,
    lastOf(errors),
    MARGIN_ERROR,
    FAR_OFF * limit,
    `${digits(reached, 7)} at α = ${alphaText(run)}, where L^(−L/2) = ${digits(limit, 7)}; γ = ${digits(run.maximum.margin, 6)} by quadratic programming`,
  );
}

function firstOrderEvidence(run: DeepLinearRecord): Evidence {
  const at = (values: Float64Array) => interpolateAt(run.alpha, values, FIRST_ORDER_AT);
  const ratios = run.neighbours.map(
    ({ sine, predicted }) => oneMinusInner(at(sine)) / at(predicted),
  );
  return atMost(
    `largest error of 1 − |⟨v, u⟩|, ${run.name}`,
    Math.max(...ratios.map((ratio) => Math.max(ratio, 1 / ratio) - 1)),
    FIRST_ORDER_ERROR,
    ANOTHER,
    `over its first-order value at α = 10⁶: ${ratios.map((ratio) => digits(ratio, 6)).join(', ')} from the inputs to the output`,
  );
}

function alignmentExponent(run: DeepLinearRecord): Evidence {
  const found = exponentBetween(run, worstMisalignment(run), ALIGNMENT_STRETCH);
  return exponentEvidence(`exponent of 1 − |⟨v, u⟩|, ${run.name}`, found, ALIGNMENT_STRETCH, {
    value: -4 / run.depth,
    words: '−4/L',
  });
}

/** Only data whose support vectors span the space hold the product in every direction. */
function productExponent(run: DeepLinearRecord): Evidence {
  const { name, alpha, productAngle, conditioning } = run;
  const found = exponentBetween(run, productAngle, PRODUCT_STRETCH);
  const evidence = exponentEvidence(
    `exponent of the product's angle, ${name}`,
    found,
    PRODUCT_STRETCH,
    {
      value: -1,
      words: 'theory',
    },
  );
  const far = PRODUCT_STRETCH.from * conditioning ** 2 >= WELL_SPANNED * run.depth;
  const angle = `the angle to the maximum margin is ${digits(lastOf(productAngle))} rad at α = ${alphaText({ alpha })}`;
  const barely =
    far || evidence.verdict === 'supported'
      ? ''
      : `; the support vectors hardly span the space, σ_min/σ_max = ${digits(conditioning)}, and the rate sets in later`;
  const judged = { ...evidence, note: `${evidence.note}; ${angle}${barely}` };
  return far ? judged : neverAgainst(judged);
}

function exponentEvidence(
  metric: string,
  found: number,
  { from, to }: Stretch,
  { value, words }: { readonly value: number; readonly words: string },
): Evidence {
  const [start, end] = [from, to].map((alpha) => powerOfTen(Math.log10(alpha)));
  return atMost(
    metric,
    Math.abs(found / value - 1),
    EXPONENT_ERROR,
    ANOTHER,
    `from α = ${start} to ${end} it goes like α to the ${readable(found, 5)}, ${words}: ${readable(value, 5)}; the value is the relative difference`,
  );
}

function alignedEvidence(runs: readonly DeepLinearRecord[]): Evidence {
  return atMost(
    '1 − |⟨v, u⟩| at the end, the largest of all',
    largest(runs.map((run) => lastOf(worstMisalignment(run)))),
    ALIGNED,
    HALF,
    'over all neighbours of all networks; the sine is computed, so that no digits are lost',
  );
}

function rankEvidence(runs: readonly DeepLinearRecord[]): Evidence {
  return atMost(
    '1 − ‖W‖₂/‖W‖_F at the end, the largest of all',
    largest(runs.map((run) => lastOf(worstRank(run)))),
    ALIGNED,
    1 - Math.SQRT1_2,
    'over all layers of all networks: 0 for rank one; two equal singular values would give 0.293',
  );
}

function boundEvidence(runs: readonly DeepLinearRecord[]): Evidence {
  const shares = runs.map(({ layers, bound }) =>
    largest(layers.map(({ rest }) => Math.max(...rest) / bound)),
  );
  return atMost(
    '(‖W‖_F² − ‖W‖₂²) / D, the largest ever',
    largest(shares),
    1 + ROUNDING,
    BROKEN,
    `D is known at the start and bounds every layer at all times; largest shares ${shares.map((share) => digits(share)).join(', ')} with 2 to ${runs.length + 1} layers`,
  );
}

function conservedEvidence(runs: readonly DeepLinearRecord[]): Evidence {
  return atMost(
    'change of W′ᵀW′ − WWᵀ up to α = 10⁶, relative',
    largestDrift(runs),
    DRIFT,
    HALF,
    `the flow conserves it, and the solver as well as its errors allow: those are a billionth of ‖θ‖², which is thousands of times larger; ${digits(largest(runs.flatMap(({ neighbours }) => neighbours.map(({ drift }) => lastOf(drift)))))} by the end`,
  );
}

function largestDrift(runs: readonly DeepLinearRecord[]): number {
  return largest(
    runs.flatMap(({ alpha, neighbours }) =>
      neighbours.map(({ drift }) =>
        Math.max(...drift.filter((_, row) => alpha[row] <= FIRST_ORDER_AT)),
      ),
    ),
  );
}

/**
 * Across the span of the support vectors the first layer never changes, and the layers after it carry what it has there:
 * beside the product, which grows like ‖W‖^L, that fades like 1/‖W‖.
 */
function notSpanningEvidence(run: DeepLinearRecord): Evidence {
  const found = exponentBetween(run, run.productAngle, PRODUCT_STRETCH);
  const evidence = exponentEvidence(
    `exponent of the product's angle, ${run.name}`,
    found,
    PRODUCT_STRETCH,
    { value: -1 / run.depth, words: '−1/L' },
  );
  const note = `${evidence.note}; the start stays in the directions across the support vectors while ‖W‖ grows like α^(1/L); the angle is still ${digits(lastOf(run.productAngle))} rad at the end`;
  return provided(run.conditioning <= ROUNDING, { ...evidence, note });
}

function alphaText({ alpha }: Pick<DeepLinearRecord, 'alpha'>): string {
  return powerOfTen(Math.round(Math.log10(lastOf(alpha))));
}

/** NaN where one is no number, so that nothing is judged on the others alone. */
function largest(values: readonly number[]): number {
  return values.length === 0 ? NaN : Math.max(...values);
}
