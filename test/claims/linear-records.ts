import { deepLinearClaim, deepLinearSpec, twoHomogeneousClaim } from '../../src/claims/index.js';
import type { deepLinearPlan } from '../../src/claims/deep-linear/plan.js';
import { deepMarginShare } from '../../src/claims/deep-linear/measures.js';
import { BEST_MARGIN, STUCK_MARGIN } from '../../src/claims/two-homogeneous/claim.js';
import {
  twoHomogeneousPlan,
  type TwoHomogeneousRecords,
} from '../../src/claims/two-homogeneous/plan.js';
import { runExperiment, runPlan } from '../../src/experiments/index.js';
import type {
  DeepLinearRecord,
  RecordsOf,
  SplitUnitsRecord,
  TwoHomogeneousRecord,
} from '../../src/records/index.js';

type DeepLinearRecords = RecordsOf<ReturnType<typeof deepLinearPlan>>;

const SHORT = { scale: 'smoke', seed: 1 } as const;

/** The claim's runs, ended early. */
export async function shortDeepLinear(): Promise<{
  claim: typeof deepLinearClaim;
  record: DeepLinearRecords;
}> {
  const short = (depth: number, support?: number) =>
    runExperiment({ ...deepLinearSpec(depth, SHORT, support), decades: 4 });
  const networks: DeepLinearRecord[] = [];
  for (const depth of [1, 2, 3, 4, 5, 6]) networks.push(await short(depth));
  return { claim: deepLinearClaim, record: { networks, notSpanning: await short(6, 2) } };
}

/** A run whose numbers follow the theory's laws from α = 1 to 10⁸, made up. */
function madeUpDeepLinear(depth: number): DeepLinearRecord {
  const alpha = Float64Array.from({ length: 33 }, (_, k) => 10 ** (k / 4));
  const size = alpha.map((value) => (2 * value) ** (1 / depth));
  const predicted = size.map((value) => 1e-4 / value ** 4);
  return {
    kind: 'deep-linear',
    name: depth === 1 ? '1 layer' : `${depth} layers`,
    seed: 1,
    depth,
    examples: 16,
    message: 'Made up.',
    maximum: { margin: 0.5, gap: 1e-16 },
    conditioning: 0.3,
    alpha,
    margin: alpha.map((value) => 0.5 * deepMarginShare(depth) * (1 - 1 / (100 + value))),
    productAngle: alpha.map((value) => 0.1 / value),
    layers: Array.from({ length: depth }, (_, k) => ({
      spectralNorm: size,
      rest: alpha.map(() => (k === depth - 1 ? 0 : 1e-3)),
    })),
    neighbours: Array.from({ length: depth - 1 }, () => ({
      // 1 − √(1 − s²) is the predicted number.
      sine: predicted.map((value) => Math.sqrt(value * (2 - value))),
      predicted,
      drift: alpha.map(() => 1e-8),
    })),
    bound: 0.01,
  };
}

/** The claim's records, made up so that they support it. */
export function madeUpDeepLinears(): DeepLinearRecords {
  const notSpanning = madeUpDeepLinear(6);
  return {
    networks: [1, 2, 3, 4, 5, 6].map(madeUpDeepLinear),
    notSpanning: {
      ...notSpanning,
      conditioning: 0,
      name: '6 layers, support not spanning',
      productAngle: notSpanning.alpha.map((value) => 0.1 * value ** (-1 / 6)),
    },
  };
}

/** The same of two-layer networks. */
export async function shortTwoHomogeneous(): Promise<{
  claim: typeof twoHomogeneousClaim;
  record: TwoHomogeneousRecords;
}> {
  const plan = twoHomogeneousPlan(SHORT);
  const run = <E extends { readonly decades: number; readonly kind: string }>(spec: E) => ({
    ...spec,
    decades: 4,
  });
  const record = await runPlan({
    ...plan,
    squared: run(plan.squared),
    relu: run(plan.relu),
    narrow: plan.narrow.map(({ attempt }) => ({ attempt: run(attempt) })),
    stuck: run(plan.stuck),
    freed: run(plan.freed),
    splits: [],
    notSplit: { attempt: run(plan.notSplit.attempt) },
  });
  return { claim: twoHomogeneousClaim, record };
}

function madeUpTwoHomogeneous(
  name: string,
  best: number,
  change: Partial<TwoHomogeneousRecord> = {},
): TwoHomogeneousRecord {
  const alpha = Float64Array.from({ length: 9 }, (_, k) => 10 ** k);
  return {
    kind: 'two-homogeneous',
    name,
    activation: 'relu',
    seed: 1,
    width: 16,
    examples: 20,
    message: 'Made up.',
    perGain: 0.5,
    alpha,
    margin: alpha.map((value) => best * (1 - 0.5 / Math.sqrt(value))),
    bound: alpha.map((value) => best * (1 + 1 / value)),
    exact: true,
    limit: { margin: best, bound: best, converged: true, unstable: 0, lambda: 0.1 },
    ...change,
  };
}

function madeUpSplit(name: string, apart: number): SplitUnitsRecord {
  const alpha = Float64Array.from({ length: 9 }, (_, k) => 10 ** k);
  const margin = alpha.map(() => 0.1);
  return {
    kind: 'split-units',
    name,
    message: 'Made up.',
    degree: 2,
    alpha,
    apart: alpha.map(() => apart),
    margin,
    splitMargin: margin,
  };
}

/** The claim's records, made up so that they support it. */
export function madeUpTwoHomogeneousRecords(): TwoHomogeneousRecords {
  const [stuck, best] = [STUCK_MARGIN, BEST_MARGIN];
  const limit = { margin: stuck, bound: best, converged: true, unstable: 0, lambda: NaN };
  return {
    squared: madeUpTwoHomogeneous('squared ReLU, 64 units', 0.11),
    relu: madeUpTwoHomogeneous('ReLU, 16 units', 0.2),
    narrow: [{ kind: 'unfinished', wanted: 'two-homogeneous', message: 'It did not fit.' }],
    stuck: madeUpTwoHomogeneous('two units', stuck, {
      limit,
      bound: Float64Array.from({ length: 9 }, () => best),
    }),
    freed: madeUpTwoHomogeneous('four units', best),
    splits: [madeUpSplit('squared ReLU', 1e-8), madeUpSplit('ReLU', 1e-9)],
    notSplit: madeUpSplit('both layers', 0.5),
  };
}
