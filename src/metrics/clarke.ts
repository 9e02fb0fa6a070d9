import { requireSerial } from '../networks/serial.js';
import { preactivationGradient, type KinkPlace, type PointKink } from '../flows/index.js';
import type { Objective } from '../losses/index.js';
import { minimizeQuadraticInBox } from '../numerics/box-constrained-qp.js';
import { addScaled, dot } from '../numerics/vectors.js';
import type { Snapshot } from './snapshot.js';

/** Below this share of the largest one, of any example on any unit, the pull on a unit is none. */
export const NO_PULL = 1e-12;

/**
 * The snapshot with another element of the Clarke subdifferential as its gradient: the one with the
 * given slopes on the given kinks. Rounding puts an example that slides on either side of its kink, so
 * the gradient of a snapshot itself has slope 0 or 1 there by chance.
 */
export function withSlopes(at: Snapshot, kinks: readonly PointKink[]): Snapshot {
  if (kinks.length === 0) return at;
  const { objective, direction, dual } = at;
  const gradient = at.gradient.slice();
  const reaching = gradientsAtUnits(objective, direction, dual);
  const chosen = slopesChosen(objective);
  kinks.forEach(({ example, unit, slope }) => {
    const change = (slope - chosen(example, unit)) * reaching(example, unit);
    addScaled(gradient, change, preactivationGradient(objective, example, unit));
  });
  return { ...at, gradient };
}

/** The examples and units with |z| ≤ width at θ/‖θ‖, where the first layer is dense: all kinks that rounding hides. */
export function kinksNear({ objective, direction }: Snapshot, width: number): KinkPlace[] {
  objective.margins(direction);
  const units = requireSerial(objective.network, 'A Clarke multiplier').layers[1].outputs;
  const z = objective.evaluator.layerOutput(0);
  const places: KinkPlace[] = [];
  for (let k = 0; k < objective.examples * units; k++) {
    if (Math.abs(z[k]) <= width) places.push({ example: Math.floor(k / units), unit: k % units });
  }
  return places;
}

/**
 * The slopes on the given kinks that make the gradient the shortest element of the Clarke
 * subdifferential, the velocity of the flow: found from the point alone, each between the slopes of
 * the unit.
 */
export function shortestSlopes(at: Snapshot, places: readonly KinkPlace[]): PointKink[] {
  const { objective, direction, dual } = at;
  const kinked = requireSerial(objective.network, 'A Clarke multiplier').layers[1];
  const [low, high] = kinked.slopes ?? [0, 1];
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
  objective: Objective,
  direction: Float64Array,
  weights: Float64Array,
): (example: number, unit: number) => number {
  objective.pullback(direction, weights, new Float64Array(direction.length));
  const units = requireSerial(objective.network, 'A Clarke multiplier').layers[1].outputs;
  const gradients = objective.evaluator.layerGradient(1).slice();
  return (example, unit) => gradients[example * units + unit];
}

/** The slope in use at the last evaluation, by example and unit: that of the side rounding chose. */
export function slopesChosen(objective: Objective): (example: number, unit: number) => number {
  const [low, high] = requireSerial(objective.network, 'A Clarke multiplier').layers[1].slopes ?? [
    0, 1,
  ];
  const units = requireSerial(objective.network, 'A Clarke multiplier').layers[1].outputs;
  const z = objective.evaluator.layerOutput(0).slice();
  return (example, unit) => (z[example * units + unit] > 0 ? high : low);
}
