import { requireSerial } from '../../networks/serial.js';
import { kinksAt, type FlowPoint, type FlowResult } from '../../flows/index.js';
import { alignment, normalizedMargin, smoothedMargin, snapshot } from '../../metrics/index.js';
import type { Problem } from './problem.js';

/** The run where α first reached a target. */
export interface Row {
  readonly target: number;
  /** log t since θ₀. */
  readonly logT: number;
  /** log ‖θ‖. */
  readonly logNorm: number;
  readonly alpha: number;
  /** min pᵢ / ‖θ‖^L. */
  readonly normalizedMargin: number;
  /** α / ‖θ‖^L. */
  readonly smoothedMargin: number;
  /** cos(θ, −∇𝓛). */
  readonly alignment: number;
  /** θ/‖θ‖. */
  readonly direction: Float64Array;
  /** For ReLU: [example, unit, slope] for each kink of the first layer that θ/‖θ‖ lies on. */
  readonly kinks?: readonly (readonly [number, number, number])[];
}

/** The point where the run met each of its targets; targets passed at θ₀ or never met have none. */
export function pointsAtTargets(
  result: FlowResult,
  targets: readonly number[],
): { target: number; point: FlowPoint }[] {
  return targets.flatMap((target) => {
    const mark = result.marks.find(({ name }) => name === `alpha ${target}`);
    return mark ? [{ target, point: mark.point }] : [];
  });
}

export function rowAt(problem: Problem, target: number, point: FlowPoint): Row {
  const at = snapshot(problem.objective, point.direction, point.logNorm);
  return {
    target,
    logT: point.logTime,
    logNorm: point.logNorm,
    alpha: point.alpha,
    normalizedMargin: normalizedMargin(at),
    smoothedMargin: smoothedMargin(at),
    // On a kink the gradient at the point is no single vector: the run's own velocity is.
    alignment: point.alignmentAngle === undefined ? alignment(at) : Math.cos(point.alignmentAngle),
    direction: point.direction,
    kinks: kinksOf(problem, point),
  };
}

/** The slopes that the run itself used, or those inside the ramps. */
function kinksOf(problem: Problem, point: FlowPoint): Row['kinks'] {
  const slopes = point.kinks?.map(({ example, unit, slope }) => [example, unit, slope] as const);
  return (slopes ?? rampSlopes(problem, point.direction))?.sort(([a, i], [b, j]) => a - b || i - j);
}

/** The slope inside the ramp is the multiplier of the Clarke subdifferential on the kink. */
function rampSlopes({ objective, rampWidth }: Problem, direction: Float64Array) {
  if (rampWidth === undefined) return undefined;
  const kinks = kinksAt(objective, direction, rampWidth);
  const units = requireSerial(objective.network, 'A list of kinks').layers[0].outputs;
  const preactivations = objective.evaluator.layerOutput(0);
  return kinks.map(({ example, unit }) => {
    const slope = preactivations[example * units + unit] / rampWidth + 0.5;
    return [example, unit, Math.min(1, Math.max(0, slope))] as const;
  });
}
