/** The angle's exponent in α is to reach this share of the predicted one. */
export const SHARE_OF_RATE = 0.7;
/** Angles below this are rounding. */
const SMALLEST_ANGLE = 1e-8;

/**
 * Whether angles, in radians and a decade of α apart, fall about as fast as they should, or are down to
 * rounding. `ratios` are those of each angle to the one before, one fewer than angles; each is to be at
 * most `predicted`, the ratio that is expected, to the power `SHARE_OF_RATE`.
 */
export function fallsAsPredicted(
  angles: readonly number[],
  ratios: readonly number[],
  predicted: number,
): boolean {
  const most = predicted ** SHARE_OF_RATE;
  return ratios.every((ratio, k) => ratio <= most || angles[k + 1] < SMALLEST_ANGLE);
}
