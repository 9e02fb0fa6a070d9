import { preactivationGradient, type KinkPlace, type PointKink } from '../flows/index.js';
import { requireSerialObjective, type Objective, type SerialObjective } from '../losses/index.js';
import type { Layer } from '../networks/layer.js';
import { minimizeQuadraticInBox } from '../numerics/box-constrained-qp.js';
import { addScaled, dot } from '../numerics/vectors.js';
import type { Snapshot } from './snapshot.js';

/** Below this share of the largest one, of any example on any unit, the pull on a unit is none. */
export const NO_PULL = 1e-12;

/** An objective whose second layer has kinks, or ramps in their place. */
export interface KinkedObjective extends SerialObjective {
  readonly kinked: Layer;
  /** Slopes below and above its kinks. */
  readonly slopes: readonly [number, number];
}

/** The objective with its layer of kinks; undefined where the second layer has none. */
function withKinks(objective: Objective): KinkedObjective | undefined {
  const serial = requireSerialObjective(objective, 'A Clarke multiplier');
  const kinked = serial.network.layers.at(1);
  const slopes = kinked?.slopes ?? (kinked?.steep ? ([0, 1] as const) : undefined);
  return kinked && slopes && { ...serial, kinked, slopes };
}

/** The same; throws a sentence where there are no kinks to ask about. */
export function requireKinks(objective: Objective): KinkedObjective {
  const found = withKinks(objective);
  if (found) return found;
  throw new Error(
    `A Clarke multiplier needs kinks behind the first layer, and '${objective.network.name}' has none there.`,
  );
}

/**
 * The snapshot with another element of the Clarke subdifferential as its gradient: the one with the given
 * slopes on the given kinks. Rounding puts an example that slides on either side of its kink, so the
 * gradient of a snapshot itself has slope 0 or 1 there by chance. Throws where kinks are given and the
 * network has none behind its first layer.
 */
export function withSlopes(at: Snapshot, kinks: readonly PointKink[]): Snapshot {
  if (kinks.length === 0) return at;
  const { direction, dual } = at;
  const objective = requireKinks(at.objective);
  const gradient = at.gradient.slice();
  const reaching = gradientsAtUnits(objective, direction, dual);
  const chosen = slopesChosen(objective);
  kinks.forEach(({ example, unit, slope }) => {
    const change = (slope - chosen(example, unit)) * reaching(example, unit);
    addScaled(gradient, change, preactivationGradient(objective, example, unit));
  });
  return { ...at, gradient };
}

/**
 * The examples and units with |z| ≤ width at θ/‖θ‖, both counted from 0, where the first layer is dense:
 * all kinks that rounding hides. None where the second layer has no kinks.
 */
export function kinksNear({ objective: whole, direction }: Snapshot, width: number): KinkPlace[] {
  const objective = withKinks(whole);
  if (objective === undefined) return [];
  objective.margins(direction);
  const units = objective.kinked.outputs;
  const z = objective.evaluator.layerOutput(0);
  const places: KinkPlace[] = [];
  for (let k = 0; k < objective.examples * units; k++) {
    if (Math.abs(z[k]) <= width) places.push({ example: Math.floor(k / units), unit: k % units });
  }
  return places;
}

/**
 * The slopes on the given kinks that make the gradient the shortest element of the Clarke subdifferential,
 * the velocity of the flow: found from the point alone, each between the slopes of the unit. Kinks whose
 * slope changes nothing are left out. Throws as `withSlopes` does.
 */
export function shortestSlopes(at: Snapshot, places: readonly KinkPlace[]): PointKink[] {
  if (places.length === 0) return [];
  const { direction, dual } = at;
  const objective = requireKinks(at.objective);
  const { kinked, slopes } = objective;
  const [low, high] = slopes;
  const reaching = gradientsAtUnits(objective, direction, dual);
  const strengths = places.map(({ example, unit }) => Math.abs(reaching(example, unit)));
  let strongest = 0;
  for (let k = 0; k < objective.examples * kinked.outputs; k++) {
    const pull = reaching(Math.floor(k / kinked.outputs), k % kinked.outputs);
    strongest = Math.max(strongest, Math.abs(pull));
  }
  const least = NO_PULL * strongest;
  // Any slope would do on the others.
  const pulled = places.filter((_, k) => strengths[k] > least);
  const count = pulled.length;
  const base = withSlopes(
    at,
    pulled.map((place) => ({ ...place, slope: low })),
  ).gradient;
  const columns = pulled.map(({ example, unit }) => {
    const strength = reaching(example, unit);
    return preactivationGradient(objective, example, unit).map((value) => strength * value);
  });
  const gram = Float64Array.from({ length: count * count }, (_, k) =>
    dot(columns[Math.floor(k / count)], columns[k % count]),
  );
  const pull = Float64Array.from(columns, (column) => dot(column, base));
  const most = new Float64Array(count).fill(high - low);
  const found = minimizeQuadraticInBox(gram, pull, new Float64Array(count), most);
  return pulled.map((place, k) => ({ ...place, slope: low + found[k] }));
}

/** Gradient of Σ weights·p with respect to what the kinked layer puts out, by example and unit. */
export function gradientsAtUnits(
  { pullback, kinked, evaluator }: KinkedObjective,
  direction: Float64Array,
  weights: Float64Array,
): (example: number, unit: number) => number {
  pullback(direction, weights, new Float64Array(direction.length));
  const units = kinked.outputs;
  const gradients = evaluator.layerGradient(1).slice();
  return (example, unit) => gradients[example * units + unit];
}

/** The slope in use at the last evaluation, by example and unit: that of the side rounding chose. */
export function slopesChosen({
  kinked,
  slopes,
  evaluator,
}: KinkedObjective): (example: number, unit: number) => number {
  const [low, high] = slopes;
  const units = kinked.outputs;
  const z = evaluator.layerOutput(0).slice();
  return (example, unit) => (z[example * units + unit] > 0 ? high : low);
}
