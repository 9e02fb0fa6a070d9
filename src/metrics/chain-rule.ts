import type { PointKink } from '../flows/index.js';
import { dot, norm } from '../numerics/vectors.js';
import { requireKinks, withSlopes } from './clarke.js';
import type { Snapshot } from './snapshot.js';

/** What the elements v of the Clarke subdifferential of one margin say of its change along a velocity. */
export interface ClarkeRate {
  readonly example: number;
  /** ⟨v, θ′⟩/(p ⟨w, θ′⟩) for one v: d log p/d log ‖θ‖ if the chain rule holds. */
  readonly rate: number;
  /**
   * How much ⟨v, θ′⟩ differs between the elements v, as a share of ‖v − v₀‖‖θ′‖: the cosine between what
   * they differ by and the velocity. The chain rule asks for 0.
   */
  readonly spread: number;
}

/**
 * For each example that lies on kinks, how its margin changes along a velocity by the elements of its Clarke
 * subdifferential at the point. `kinks` are those on which examples lie. Where the margins of pairs of classes are
 * several for an example, the first is taken. Throws where the network has no kinks.
 */
export function clarkeRates(
  at: Snapshot,
  kinks: readonly PointKink[],
  velocity: Float64Array,
): ClarkeRate[] {
  const { objective, direction } = at;
  const [low, high] = requireKinks(objective).slopes;
  const radial = dot(direction, velocity);
  const speed = norm(velocity);
  return [...new Set(kinks.map(({ example }) => example))].map((example) => {
    const own = kinks.filter((kink) => kink.example === example);
    const weights = new Float64Array(at.dual.length);
    weights[example * objective.pairs] = 1;
    const gradient = new Float64Array(objective.parameters);
    objective.pullback(direction, weights, gradient);
    const margin: Snapshot = { ...at, dual: weights, gradient };
    const element = (slopeOf: (k: number) => number) =>
      withSlopes(
        margin,
        own.map((kink, k) => ({ ...kink, slope: slopeOf(k) })),
      ).gradient;
    const lowest = element(() => low);
    const cosines = own.map((_, raised) => {
      const raisedOne = element((k) => (k === raised ? high : low));
      const difference = raisedOne.map((value, i) => value - lowest[i]);
      return Math.abs(dot(difference, velocity)) / (norm(difference) * speed);
    });
    const p = at.pairMargins[example * objective.pairs];
    const known = element((k) => own[k].slope);
    return {
      example,
      rate: dot(known, velocity) / (p * radial),
      spread: Math.max(0, ...cosines.filter((cosine) => !Number.isNaN(cosine))),
    };
  });
}
