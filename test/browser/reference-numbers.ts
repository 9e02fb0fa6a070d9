import type * as Kit from '../../src/browser.js';

/** A reference problem as its file has it: see datasets/reference. */
export interface ReferenceProblem {
  readonly network: {
    readonly inputs: number;
    readonly width: number;
    readonly activation: string;
  };
  readonly inputs: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly theta0: readonly number[];
}

/** What a flow and its limit come to, as plain numbers that can leave a page. */
export interface ReferenceNumbers {
  readonly algebra: string;
  readonly status: string;
  readonly steps: number;
  /** Why the limit is not certified; empty where it is. */
  readonly doubts: readonly string[];
  readonly support: readonly number[];
  /** Dimension of the manifold of KKT points that the limit lies on; 0 where it stands alone. */
  readonly flat: number;
  /** α, ‖θ‖, direction, margins at each target; then γ, direction, margins, multipliers, λ of the limit. */
  readonly numbers: Readonly<Record<string, readonly number[]>>;
  readonly milliseconds: { readonly flow: number; readonly limit: number };
}

/** Far enough for a limit that is certified. */
const TARGETS = [10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

/**
 * Follows a reference flow to α = 10⁸ and certifies its limit, with the kit that is given: the same code runs
 * in Node and, out of a bundle, in a page.
 */
export function referenceNumbers(kit: typeof Kit, problem: ReferenceProblem): ReferenceNumbers {
  const { network, inputs, labels, theta0 } = problem;
  const activations: Readonly<Record<string, Kit.Pointwise>> = {
    relu: kit.relu,
    'squared-relu': kit.squaredRelu,
  };
  const risk = kit.objective(
    kit.twoLayer(network.inputs, network.width, activations[network.activation]),
    Float64Array.from(inputs.flat()),
    Float64Array.from(labels),
    kit.exponentialLoss,
  );
  const began = performance.now();
  const options = { tolerance: 1e-9, targets: TARGETS, maxSteps: 5000 };
  const run = kit.followFlow(risk, Float64Array.from(theta0), options);
  const followed = performance.now();
  const points = run.marks
    .filter(({ name }) => name.startsWith('alpha '))
    .map(({ point }) => point);
  const { limit, doubts } = kit.certifyLimit(risk, points);
  const ended = performance.now();
  const numbers: Record<string, number[]> = {};
  for (const point of points) {
    const at = `at α = ${point.alpha.toExponential(0)}`;
    numbers[`α ${at}`] = [point.alpha];
    numbers[`‖θ‖ ${at}`] = [Math.exp(point.logNorm)];
    numbers[`direction ${at}`] = [...point.direction];
    numbers[`margins ${at}`] = [...risk.margins(point.direction)];
  }
  numbers['γ of the limit'] = [limit.margin];
  numbers['direction of the limit'] = [...limit.direction];
  numbers['margins of the limit'] = [...risk.margins(limit.direction)];
  numbers['multipliers of the limit'] = [...limit.multipliers];
  numbers['λ of the limit'] = [limit.stability.lambda];
  return {
    algebra: kit.linearAlgebraName(),
    status: run.status,
    steps: run.counts.accepted,
    doubts,
    support: limit.support,
    flat: limit.stability.flat,
    numbers,
    milliseconds: { flow: followed - began, limit: ended - followed },
  };
}

/** Largest difference of two lists of numbers, as a share of the largest number in the first. */
export function relativeDifference(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length) return Infinity;
  const scale = Math.max(...one.map(Math.abs));
  const difference = Math.max(...one.map((value, k) => Math.abs(value - other[k])));
  return difference === 0 ? 0 : difference / scale;
}
