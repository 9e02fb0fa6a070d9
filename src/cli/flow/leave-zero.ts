import type { FlowStart } from '../../flows/index.js';
import type { Objective } from '../../losses/index.js';
import { norm } from '../../numerics/index.js';

/** Largest change of a margin up to the start: the flow's bend is of that order too. */
const NEAR = 1e-10;

/**
 * Where the flow of a linear model comes to soon after θ₀ = 0. It leaves along −∇𝓛(0), its tangent
 * there: θ(t) = −t ∇𝓛(0) up to a share of 10⁻¹⁰. Throws a sentence where it stays at 0.
 */
export function leaveZero(objective: Objective, name: string): FlowStart {
  const { parameters, loss } = objective;
  const { alpha, gradient } = objective.evaluate(new Float64Array(parameters), 1);
  const length = norm(gradient);
  if (!(length > 0)) {
    throw new Error(
      `${name}: theta0 is zero, where the gradient of the loss is 0 too; expected a start that moves.`,
    );
  }
  const direction = gradient.map((value) => value / length);
  const steepest = objective.margins(direction).reduce((most, p) => Math.max(most, Math.abs(p)), 0);
  const logNorm = Math.log(NEAR / steepest);
  // ‖θ‖ = t ‖∇𝓛(0)‖ = t |ℓ′(α)| ‖Σ q ∇p‖.
  return { direction, logNorm, logTime: logNorm - loss.logSlope(alpha) - Math.log(length) };
}

export function departureWords({ logNorm }: FlowStart): string {
  return `From theta0 = 0 the flow leaves along −∇𝓛(0), and the run begins there at ‖θ‖ = ${Math.exp(logNorm).toExponential(1)}.`;
}
