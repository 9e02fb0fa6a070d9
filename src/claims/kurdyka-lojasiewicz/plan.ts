import type { RecordsOf } from '../../records/index.js';
import type { FlowExperiment } from '../../specs/experiment.js';
import type { ChainRuleExperiment } from '../../specs/experiments/chain-rule.js';
import type { CriticalPointExperiment } from '../../specs/experiments/critical-point.js';
import type { PlanSettings } from '../../specs/scale.js';
import type { ProblemSpec } from '../../specs/spec-types.js';
import { planarFlowPlan } from '../common/flow-plans.js';
import { spiralPlan } from '../no-convergence/plan.js';

/**
 * How far the fitted power may be from the one that is predicted to first order in the deviation from the limit: where
 * that is 0.03 rad, terms of second order make some 0.004 of it.
 */
export const POWER = 0.01;
/** Of larger deviations, in radians, the first order says the power less well than that. */
export const FAR = 0.05;
/** The last decades of α over which the power is fitted: the run is nearest to its limit there. */
export const POWER_DECADES = 2;
/** Up to this share of the predicted power the fit contradicts it. */
export const HALF = 0.5;
/** Cosine with the velocity up to which elements of the Clarke subdifferential say the same: rounding, and some. */
export const SPREAD = 1e-6;
/**
 * Share of the rows at which they may say something else. The chain rule holds at almost every time; it need not
 * where a kink is entered, left or entered again within a step.
 */
export const EXCEPTIONS = 0.05;
/**
 * How far growth by the chain rule may be from the growth that came about, in the median over rows: the trapezoidal
 * rule over one step of the flow is good to some 10⁻⁴.
 */
export const MISMATCH = 0.01;
/** How far the secant's angle may be from its expansion at the last point, as a share. */
export const EXPANSION = 0.02;

/** Points on both sides of a separating plane, with as many support vectors as dimensions. */
function separable(
  name: string,
  { network, start }: Pick<ProblemSpec, 'network' | 'start'>,
  seed: number,
): ProblemSpec {
  const gaussian = { examples: 24, dimension: 3, margin: 0.3, gap: 0.3, supportVectors: 3 };
  return {
    name,
    data: { kind: 'separable-gaussian', ...gaussian, seed },
    network,
    loss: 'exponential',
    start,
  };
}

/** Where a support vector presses little, a linear model takes some decades to feel it. */
const SMOOTH_DECADES = 8;
/**
 * Two decades before their end deviations of nearly all flows on the plane are below 0.03 rad, which they are not two
 * decades before α = 10⁷.
 */
const PLANAR_DECADES = 10;

function linearFlow(seed: number): FlowExperiment {
  const start = { kind: 'he', scale: 0.3, seed } as const;
  const problem = separable('linear', { network: { kind: 'linear' }, start }, seed);
  return { kind: 'flow', problem, decades: SMOOTH_DECADES };
}

function deepLinearFlow(seed: number): FlowExperiment {
  const network = { kind: 'deep', widths: [3, 4, 1], activation: 'linear' } as const;
  const start = { kind: 'he', scale: 1, seed } as const;
  const problem = separable('two linear layers', { network, start }, seed);
  return { kind: 'flow', problem, decades: SMOOTH_DECADES };
}

/** A polynomial with a critical point at the origin, and what the secant's angle is near it. */
export interface Secant extends Pick<CriticalPointExperiment, 'name' | 'terms' | 'startAngles'> {
  /** The angle divided by the distance, in the limit: from the lowest terms of the flow. */
  readonly slope: number;
}

/** Both go to the origin along the axis of x, which is not where they start. */
export const SECANTS: readonly Secant[] = [
  {
    // φ′ = −8 φ − r and r′ = −4 r near the axis, so φ = −r/4.
    name: 'x⁴ + 6x²y² + y⁴ + x⁴y',
    terms: [
      { coefficient: 1, powers: [4, 0] },
      { coefficient: 6, powers: [2, 2] },
      { coefficient: 1, powers: [0, 4] },
      { coefficient: 1, powers: [4, 1] },
    ],
    startAngles: [0.1, 0.6],
    slope: -0.25,
  },
  {
    // y falls fast to where 2 y + x² = 0, and x slowly.
    name: 'y² + x²y + x⁴',
    terms: [
      { coefficient: 1, powers: [0, 2] },
      { coefficient: 1, powers: [2, 1] },
      { coefficient: 1, powers: [4, 0] },
    ],
    startAngles: [0.2, 1.2],
    slope: -0.5,
  },
];

const SECANT_DECADES = 6;

function secantPlan({ name, terms, startAngles }: Secant, seed: number): CriticalPointExperiment {
  return { kind: 'critical-point', name, terms, startAngles, decades: SECANT_DECADES, seed };
}

/** The experiments of `kurdyka-lojasiewicz` for a scale and a seed. */
export function kurdykaPlan(settings: PlanSettings) {
  const { seed } = settings;
  const relu = planarFlowPlan('relu', settings);
  const chainRule: ChainRuleExperiment = { ...relu, kind: 'chain-rule' };
  return {
    /** Degrees 1, 2, 2 and 3. */
    flows: [
      linearFlow(seed),
      deepLinearFlow(seed),
      { ...relu, decades: PLANAR_DECADES },
      { ...planarFlowPlan('squared-relu', settings), decades: PLANAR_DECADES },
    ],
    /** The control: no inequality holds there. */
    spiral: spiralPlan(settings),
    secants: SECANTS.map((secant) => secantPlan(secant, seed)),
    chainRule,
  };
}

/** What the claim is judged by. */
export type KurdykaRecord = RecordsOf<ReturnType<typeof kurdykaPlan>>;
