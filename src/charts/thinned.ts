/**
 * At most `most` indices into `places` (increasing numbers), spaced evenly in them, with the first
 * and the last. All indices where there are few enough.
 */
export function thinned(places: readonly number[], most: number): number[] {
  const last = places.length - 1;
  if (places.length <= most) return places.map((_, k) => k);
  const gap = (places[last] - places[0]) / (most - 1);
  const kept = [0];
  for (let k = 1; k < last; k++) {
    if (places[k] - places[kept[kept.length - 1]] >= gap) kept.push(k);
  }
  return [...kept, last];
}
