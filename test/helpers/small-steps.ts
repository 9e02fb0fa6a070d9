import { descend, followFlow, type FlowPoint } from '../../src/flows/index.js';
import type { Objective } from '../../src/losses/index.js';
import { angleBetween } from '../../src/numerics/vectors.js';

/** Where descent by steps of length c‖θ‖/α ends, beside the flow at the same α. */
export interface SmallSteps {
  readonly last: FlowPoint;
  readonly exact: FlowPoint;
  /** Angle between the two, radians. */
  readonly angle: number;
}

/** Descent from θ to α = 100 by steps of a size, and the flow from there. */
export function bySmallSteps(
  at: Objective,
  theta: Float64Array,
  c: number,
  options: { readonly tolerance: number; readonly maxSteps: number; readonly descentSteps: number },
): SmallSteps {
  const { descentSteps, ...flow } = options;
  const rule = { kind: 'relative', c, cap: 0.02 } as const;
  const limits = { untilAlpha: 100, maxSteps: descentSteps, saveFactor: 1.5 };
  const { last } = descend(at, theta, { rule, ...limits });
  const exact = followFlow(at, theta, { ...flow, targets: [last.alpha] }).last;
  return { last, exact, angle: angleBetween(last.direction, exact.direction) };
}
