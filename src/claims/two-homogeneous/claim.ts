import type {
  SplitUnitsRecord,
  TwoHomogeneousRecord,
  UnfinishedRecord,
} from '../../records/index.js';
import { digits, powerOfTen } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { lastOf } from '../common/last.js';
import { atLeast, atMost, neverAgainst, provided, reported } from '../common/rules.js';
import { twoHomogeneousFigures } from './figures.js';
import {
  CLEARLY_LESS,
  CLOSED_FORM,
  GAP,
  ON_ITS_WAY,
  SPLIT_ANGLE,
  twoHomogeneousPlan,
} from './plan.js';

/** Margins of the two points (±1, ¼): where two units end, and the best of any width. */
export const STUCK_MARGIN = 1 / 8;
/** ‖x‖/4 with ‖x‖ = √17/4. */
export const BEST_MARGIN = Math.sqrt(17) / 16;
/** Units this far apart after a split have gone elsewhere. */
const ELSEWHERE = 0.1;
/** A margin above a proven bound by more than rounding proves something wrong. */
const BROKEN = 1e-6;

/** The section on 2-homogeneous networks, with a certificate that no covering has to be assumed for. */
export const twoHomogeneousClaim = defineClaim({
  id: 'two-homogeneous',
  title: 'Wide two-layer networks find the best margin of any width',
  statement:
    'Where every unit of a two-layer network has degree 2 and enough of them cover all directions at the start, ' +
    'the flow tends to the largest margin that any width can have. At every moment the dual variables prove an ' +
    'upper bound for all widths: what the best single unit would gain. A narrow network may end below it, at a ' +
    'point that meets the KKT conditions all the same.',
  source:
    'Ji & Telgarsky 2020 (arXiv 2006.06657); Chizat & Bach 2020 (arXiv 2002.04486); Vardi, Shamir & Srebro 2021 (arXiv 2110.02732)',
  expected: 'supported',
  criterion:
    `At the limit of the widest networks the bound has to equal the margin to ${GAP}, relative, which proves it the ` +
    `best of any width; ${CLEARLY_LESS * 100} % less contradicts. Whether so few units cover all directions is not ` +
    'known beforehand, so a narrower network is reported. No margin on the way may exceed a bound. Two units from the ' +
    `start of Vardi, Shamir and Srebro have to end at 1/8, and with a small unit on each example at √17/16, to ${CLOSED_FORM}; ` +
    `flows with every unit split in two have to stay split, to ${SPLIT_ANGLE} rad over eight decades of α.`,
  headline: {
    metric: 'gap to the best margin of any width',
    words: 'within # of the bound',
  },
  plan: twoHomogeneousPlan,
  judge({ squared, relu, narrow, stuck, freed, splits, notSplit }) {
    const wide = [squared, relu];
    const finished = narrow.filter((run) => run.kind !== 'unfinished');
    return [
      ...wide.flatMap((run) => [gapEvidence(run), arrivalEvidence(run)]),
      ...narrow.map(narrowEvidence),
      boundEvidence([...wide, ...finished, stuck, freed]),
      ...stuckEvidence(stuck),
      ...freedEvidence(freed),
      ...splits.map(splitEvidence),
      ...(notSplit.kind === 'unfinished' ? [] : [notSplitEvidence(notSplit)]),
    ];
  },
  figures: twoHomogeneousFigures,
});

/** By how much, relative, the bound at the limit exceeds its margin. */
function gapOf({ limit }: TwoHomogeneousRecord): number {
  return limit.bound / limit.margin - 1;
}

/** A point below the flow's own margin, or that is none, says nothing about limits. */
function isPoint({ limit, margin }: TwoHomogeneousRecord): boolean {
  return limit.converged && lastOf(margin) <= limit.margin * (1 + BROKEN);
}

/** Nothing speaks against the claim at a point that the flow would leave. */
function atLimit(run: TwoHomogeneousRecord, evidence: Evidence): Evidence {
  const judged = provided(isPoint(run), evidence);
  return run.limit.unstable === 0 ? judged : neverAgainst(judged);
}

function gapEvidence(run: TwoHomogeneousRecord): Evidence {
  const evidence = atMost(
    `gap to the best margin of any width, ${run.name}`,
    Math.abs(gapOf(run)),
    GAP,
    CLEARLY_LESS,
    `the margin of the limit is ${digits(run.limit.margin, 7)}, and the best single unit against its multipliers bounds every width by ${digits(run.limit.bound, 7)}; λ = ${digits(run.limit.lambda)}`,
  );
  return atLimit(run, provided(run.exact, evidence));
}

/** What speaks for the limit: the flow itself comes near its margin. */
function arrivalEvidence(run: TwoHomogeneousRecord): Evidence {
  return neverAgainst(
    atMost(
      `gap that the flow's own dual variables leave at the end, ${run.name}`,
      lastOf(run.bound) / lastOf(run.margin) - 1,
      ON_ITS_WAY,
      Infinity,
      `the flow's own margin is ${digits(lastOf(run.margin), 7)} at α = ${endOf(run)}; its own dual variables bound every width by ${digits(lastOf(run.bound), 7)}. A flow that stays at a poorer KKT point keeps a gap, wherever the limit was looked for`,
    ),
  );
}

function narrowEvidence(run: TwoHomogeneousRecord | UnfinishedRecord): Evidence {
  if (run.kind === 'unfinished') {
    return reported('bound over the margin of the limit, a narrow network', NaN, run.message);
  }
  const best = gapOf(run) <= GAP;
  return reported(
    `bound over the margin of the limit, ${run.name}`,
    run.limit.bound / run.limit.margin,
    best
      ? `so few units suffice here: margin ${digits(run.limit.margin, 7)}`
      : `a wider network has a larger margin than ${digits(run.limit.margin, 7)}: a narrow one may end at a KKT point that is not the best`,
  );
}

/** Weak duality at every power of ten of α: any dual variables bound any width's margin. */
function boundEvidence(runs: readonly TwoHomogeneousRecord[]): Evidence {
  const least = runs.flatMap(({ bound, margin, limit }) => [
    ...bound.map((value, k) => value / margin[k] - 1),
    ...bound.map((value) => value / limit.margin - 1),
  ]);
  const evidence = atLeast(
    'bound over margin − 1, the least ever',
    Math.min(...least),
    -GAP,
    -BROKEN,
    'over all runs and all powers of ten of α, against the margin there and at the limit: never below 0 but by rounding',
  );
  return provided(
    runs.every(({ exact }) => exact),
    evidence,
  );
}

function stuckEvidence(run: TwoHomogeneousRecord): Evidence[] {
  const gain = run.limit.bound / run.perGain;
  return [
    closedForm(`margin, ${run.name}`, run.limit.margin, STUCK_MARGIN, '1/8', run),
    closedForm(
      `gain of the best new unit, ${run.name}`,
      gain,
      BEST_MARGIN / run.perGain,
      '√17/8, of a unit placed on an example',
      run,
      `; the flow's own unit gains ${digits(run.limit.margin / run.perGain, 4)} per unit of mass, and the KKT conditions look at no other`,
    ),
  ];
}

function freedEvidence(run: TwoHomogeneousRecord): Evidence[] {
  return [
    closedForm(`margin, ${run.name}`, run.limit.margin, BEST_MARGIN, '√17/16', run),
    gapEvidence(run),
  ];
}

function closedForm(
  metric: string,
  value: number,
  expected: number,
  words: string,
  run: TwoHomogeneousRecord,
  more = '',
): Evidence {
  const off = atMost(
    metric,
    Math.abs(value - expected),
    CLOSED_FORM,
    CLEARLY_LESS,
    `${digits(value, 8)}, where ${words} = ${digits(expected, 8)}; the value is the difference; the flow's own margin is ${digits(lastOf(run.margin), 8)} at α = ${endOf(run)}${more}`,
  );
  const arrived = lastOf(run.margin) / run.limit.margin > 1 - ON_ITS_WAY;
  return atLimit(run, provided(arrived, off));
}

function notSplitEvidence(run: SplitUnitsRecord): Evidence {
  const margins = [run.margin, run.splitMargin].map((values) => digits(lastOf(values), 4));
  return reported(
    `angle to the split flow, ${run.name}`,
    lastOf(run.apart),
    `units of degree ${run.degree} in all their weights: √β and √(1−β) of one are another function, and the margins end at ${margins.join(' and ')}`,
  );
}

function splitEvidence(run: SplitUnitsRecord): Evidence {
  return atMost(
    `angle to the split flow, ${run.name}`,
    Math.max(...run.apart),
    SPLIT_ANGLE,
    ELSEWHERE,
    `the largest up to α = ${endOf(run)} between the flow with its units split and the flow from the split start, which are the same curve`,
  );
}

function endOf({ alpha }: Pick<TwoHomogeneousRecord, 'alpha'>): string {
  return powerOfTen(Math.round(Math.log10(lastOf(alpha))));
}
