import { interpolateAt } from '../../metrics/paths.js';
import type { DualPotentialRecord } from '../../records/index.js';
import { digits, powerOfTen } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { lastOf } from '../common/last.js';
import { atLeast, atMost, neverAgainst, reported } from '../common/rules.js';
import { dualPotentialFigures } from './figures.js';
import { boundShare, largestRise, potentialRatio, ratioByIdentity } from './measures.js';
import {
  dualPotentialPlan,
  IDENTITY,
  IDENTITY_FROM,
  BROKEN,
  MONOTONE,
  MONOTONE_TO,
  NEAR_ONE,
  RISE,
  RISEN,
} from './plan.js';

/** The bound holds for the flow; the solver's tolerance and rounding may take it this far. */
const MET = 1 + 1e-6;
/** A run lands on a power of ten but for rounding. */
const LANDING = 1e-9;
/** Above the bound by a tenth is more than the solver's errors. */
const CLEARLY_ABOVE = 1.1;

/** The potential of Ji & Telgarsky 2020, in a normalisation of ours. */
export const dualPotentialClaim = defineClaim({
  id: 'dual-potential',
  title: 'The dual potential meets the margin from above',
  statement:
    'For the exponential loss the dual potential 𝒥 = ½‖∇α‖²/‖θ‖^(2(L−1)) is ½(Lγ̃)² times [1 + H(q)/α]²/cos²(θ, −∇𝓛), with ' +
    'H(q) the entropy of the dual variables; so where α > 0 it is above ½(Lγ̃)², and meets it where gradients align. With one layer the dual variables follow mirror descent: 𝒥 falls all ' +
    'the way, and 𝒥 − ½γ² ≤ KL(q*‖q₀)/s in the time of dw/ds = ∇α, with γ the maximum margin and q* its multipliers. With more layers it may rise.',
  source:
    'Ji & Telgarsky 2020 (arXiv 2006.06657); 2019 (arXiv 1906.04540); the normalisation and the identity are ours',
  expected: 'supported',
  criterion:
    `The two sides of the identity have to agree to ${IDENTITY}, relative, from α = ${IDENTITY_FROM} on: 𝒥 comes from the ` +
    'gradient, the other side from entropy, cosine and margin. For one layer 𝒥 may not rise above what it has fallen ' +
    `to, but by rounding, and may never exceed its bound. At the end 𝒥/½(Lγ̃)² has to be within ${NEAR_ONE * 100} % of 1. That ` +
    `𝒥 may rise with more layers asks for one flow on which it does, by ${RISE * 100} % or more after α = ${IDENTITY_FROM}; a ` +
    'flow on which it does not says nothing.',
  headline: { metric: 'error of the identity', words: 'identity to #' },
  plan: dualPotentialPlan,
  judge({ linear, deep, squared }) {
    const runs = [linear, deep, squared];
    return [
      ...runs.map(identityEvidence),
      ...runs.map(ratioEvidence),
      monotoneEvidence(linear),
      boundEvidence(linear),
      risesEvidence([deep, squared]),
      ...[deep, squared].map(riseReported),
    ];
  },
  figures: dualPotentialFigures,
});

function identityEvidence(run: DualPotentialRecord): Evidence {
  const ratio = potentialRatio(run);
  const errors = ratioByIdentity(run)
    .map((value, row) => Math.abs(value / ratio[row] - 1))
    .filter((_, row) => run.alpha[row] >= IDENTITY_FROM);
  return atMost(
    `error of the identity, ${run.name}`,
    errors.length === 0 ? NaN : Math.max(...errors),
    IDENTITY,
    BROKEN,
    `the largest over ${errors.length} points of the run, to α = ${endOf(run)}`,
  );
}

/** How near it comes is a matter of the run's length, so it never speaks against. */
function ratioEvidence(run: DualPotentialRecord): Evidence {
  const ratio = potentialRatio(run);
  const at = (alpha: number) => digits(interpolateAt(run.alpha, ratio, alpha), 5);
  return neverAgainst(
    atMost(
      `𝒥/½(Lγ̃)² − 1 at the end, ${run.name}`,
      ratio[ratio.length - 1] - 1,
      NEAR_ONE,
      Infinity,
      `the ratio is ${at(10)} at α = 10, ${at(1e3)} at 10³ and ${at(1e5)} at 10⁵`,
    ),
  );
}

function monotoneEvidence(run: DualPotentialRecord): Evidence {
  const { rise, low, high } = largestRise(run, -Infinity, MONOTONE_TO * (1 + LANDING));
  return atMost(
    `largest rise of 𝒥, ${run.name}`,
    rise,
    MONOTONE,
    RISEN,
    rise > MONOTONE
      ? `from ${digits(low, 8)} to ${digits(high, 8)}`
      : `up to α = ${powerOfTen(Math.log10(MONOTONE_TO))} it falls from ${digits(run.potential[0], 4)} to ${digits(lastOf(run.potential), 4)}, but for rounding`,
  );
}

function boundEvidence(run: DualPotentialRecord): Evidence {
  const { margin, divergence, clock } = run.descent ?? NONE;
  const shares = boundShare(run);
  return atMost(
    `(𝒥 − ½γ²)·s/KL(q*‖q₀), the largest, ${run.name}`,
    shares.length === 0 ? NaN : Math.max(...shares),
    MET,
    CLEARLY_ABOVE,
    `γ = ${digits(margin, 6)} by quadratic programming, KL(q*‖q₀) = ${digits(divergence, 4)}; s is rounded up between points, to ${digits(lastOf(clock))} at the end`,
  );
}

const NONE = { margin: NaN, divergence: NaN, clock: new Float64Array(0) };

/** One flow on which it rises is enough; none says nothing. */
function risesEvidence(runs: readonly DualPotentialRecord[]): Evidence {
  const rises = runs.map((run) => largestRise(run, IDENTITY_FROM).rise);
  return neverAgainst(
    atLeast(
      'largest rise of 𝒥 with more than one layer',
      Math.max(...rises),
      RISE,
      -Infinity,
      'relative to what it had fallen to before: no theorem forbids it, and the smoothed margin rises all the while',
    ),
  );
}

function riseReported(run: DualPotentialRecord): Evidence {
  const { rise, low, high } = largestRise(run, IDENTITY_FROM);
  const words = rise > 0 ? `from ${digits(low, 4)} to ${digits(high, 4)}` : 'it never rises';
  return reported(`rise of 𝒥, ${run.name}`, rise, words);
}

function endOf({ alpha }: Pick<DualPotentialRecord, 'alpha'>): string {
  return powerOfTen(Math.round(Math.log10(lastOf(alpha))));
}
