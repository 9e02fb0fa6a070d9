import type { RecordsOf } from '../../records/index.js';
import type {
  SplitUnitsExperiment,
  TwoHomogeneousExperiment,
} from '../../specs/experiments/two-homogeneous.js';
import { planarSpec } from '../../specs/known-problems.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';
import type { ProblemSpec } from '../../specs/spec-types.js';

const DECADES = 8;
/** From narrow to wide; so few units as the first may not even fit their data. */
const SQUARED_WIDTHS: Record<Scale, readonly number[]> = {
  smoke: [4, 16],
  standard: [4, 8, 16, 32],
  full: [4, 8, 16, 32, 64, 128],
};
const RELU_WIDTHS: Record<Scale, readonly number[]> = {
  smoke: [4],
  standard: [4, 8],
  full: [4, 8, 16, 32],
};
/** Wide enough for all directions of three dimensions to have a unit nearby. */
const WIDE: Record<Scale, { readonly squared: number; readonly relu: number }> = {
  smoke: { squared: 64, relu: 16 },
  standard: { squared: 128, relu: 32 },
  full: { squared: 256, relu: 64 },
};
const SPLIT_WIDTH = 12;
/** Far from one half, so that the two parts differ. */
const SPLIT_SHARE = 0.3;
/** Small beside weights of about 1: what α = 10⁸ leaves of it is its growth. */
const ADDED_LENGTH = 0.01;

/** The largest relative gap between a limit's margin and what no width exceeds. */
export const GAP = 1e-9;
/** From this gap on another margin is larger by more than any rounding. */
export const CLEARLY_LESS = 0.01;
/**
 * How near the flow itself has to come, as a share: its margin to what its own dual variables allow any width, or
 * to a margin in closed form. The rest is a matter of α^(−(1−λ)/2); a flow stuck below is 0.3 or more away.
 */
export const ON_ITS_WAY = 0.05;
/** How exactly the closed-form margins have to be met. */
export const CLOSED_FORM = 1e-6;
/**
 * The largest angle between a flow and the one with its units split, over eight decades of α: errors of the
 * solver add up where limits are a manifold, to 4·10⁻⁵ in forty runs.
 */
export const SPLIT_ANGLE = 1e-3;

/** The experiments of `two-homogeneous` for a scale and a seed. */
export function twoHomogeneousPlan(settings: PlanSettings) {
  const { scale, seed } = settings;
  return {
    /** Squared ReLU with fixed output weights ±1: smooth enough for the theorem. */
    squared: flow(squaredSpec(WIDE[scale].squared, seed)),
    /** ReLU, both layers trained: beyond the theorem, which asks for locally Lipschitz gradients. */
    relu: flow(reluSpec(WIDE[scale].relu, seed)),
    /** The same with fewer units, which may fail to fit their data. */
    narrow: [
      ...SQUARED_WIDTHS[scale].map((width) => squaredSpec(width, seed)),
      ...RELU_WIDTHS[scale].map((width) => reluSpec(width, seed)),
    ].map((problem) => ({ attempt: flow(problem) })),
    /** Two units, one of them off on all examples for ever: a limit that is a KKT point and not the best. */
    stuck: flow(twoUnitsSpec(0)),
    /** The same with a small unit on each example. */
    freed: flow(twoUnitsSpec(ADDED_LENGTH)),
    /** Two flows with units split; degree 2 in each unit. */
    splits: [split(squaredSpec(SPLIT_WIDTH, seed)), split(reluSpec(SPLIT_WIDTH, seed))],
    /** Units of degree 3 are no longer the same once they are split. */
    notSplit: { attempt: split(cubicSpec(SPLIT_WIDTH, seed)) },
  };
}

/** The flow of a two-layer network on points of the plane: squared ReLU with fixed output weights, or ReLU. */
export function twoHomogeneousSpec(
  activation: 'squared-relu' | 'relu',
  width: number,
  { seed }: Pick<PlanSettings, 'seed'>,
): TwoHomogeneousExperiment {
  return flow(activation === 'relu' ? reluSpec(width, seed) : squaredSpec(width, seed));
}

function flow(problem: ProblemSpec): TwoHomogeneousExperiment {
  return { kind: 'two-homogeneous', problem, decades: DECADES };
}

function split(problem: ProblemSpec): SplitUnitsExperiment {
  return { kind: 'split-units', problem, decades: DECADES, share: SPLIT_SHARE };
}

function squaredSpec(width: number, seed: number): ProblemSpec {
  const output = [Array.from({ length: width }, (_, j) => (j % 2 === 0 ? 1 : -1))];
  return {
    ...planarSpec('squared-relu', seed),
    name: `squared ReLU, ${width} units`,
    network: {
      kind: 'two-layer',
      width,
      activation: 'squared-relu',
      trained: ['hidden'],
      fixed: { output },
    },
  };
}

function reluSpec(width: number, seed: number): ProblemSpec {
  return {
    ...planarSpec('relu', seed),
    name: `ReLU, ${width} units`,
    network: { kind: 'two-layer', width, activation: 'relu' },
  };
}

function cubicSpec(width: number, seed: number): ProblemSpec {
  return {
    ...planarSpec('squared-relu', seed),
    name: `squared ReLU, both layers, ${width} units`,
    network: { kind: 'two-layer', width, activation: 'squared-relu' },
  };
}

/** Two examples (±1, ¼) of one class, after Vardi, Shamir & Srebro (arXiv 2110.02732). */
const EXAMPLES = [
  [1, 0.25],
  [-1, 0.25],
];

function twoUnitsSpec(added: number): ProblemSpec {
  const more = added > 0 ? EXAMPLES : [];
  const unit = ([x, y]: number[]) => [x, y].map((value) => (added * value) / Math.hypot(x, y));
  const hidden = [[0, 3], [0, -2], ...more.map(unit)];
  const output = [3, 2, ...more.map(() => added)];
  return {
    name: added > 0 ? 'two units and two small ones' : 'two units, one of them off',
    data: { kind: 'inline', name: 'two points', inputs: EXAMPLES, labels: [1, 1] },
    network: { kind: 'two-layer', width: output.length, activation: 'relu' },
    loss: 'exponential',
    start: { kind: 'theta', theta: [...hidden.flat(), ...output] },
  };
}

/** What the claim is judged by. */
export type TwoHomogeneousRecords = RecordsOf<ReturnType<typeof twoHomogeneousPlan>>;
