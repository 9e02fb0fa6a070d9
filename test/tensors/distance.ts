/** ‖a − b‖/‖b‖. */
export function relativeDistance(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) throw new Error(`Lengths ${a.length} and ${b.length} differ.`);
  return Math.hypot(...a.map((value, i) => value - b[i])) / Math.hypot(...b);
}
