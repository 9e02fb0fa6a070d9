import type { SaliencyRecord } from '../../records/index.js';

/** The mean over the images of the angle of their maps to the limit, radians, one number for each α. */
export function meanMapAngles({ angles, inputs, alphas }: SaliencyRecord): number[] {
  return alphas.map((_, k) => meanOf(angles.subarray(k * inputs, (k + 1) * inputs)));
}

/** The mean of some numbers, NaN for none. */
export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
