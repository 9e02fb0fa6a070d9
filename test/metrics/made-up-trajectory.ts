import { trajectoryOf, type Trajectory } from '../../src/flows/index.js';

/** A trajectory with the given α and direction in each row; every other column counts the rows. */
export function madeUpTrajectory(
  alphas: readonly number[],
  directionOf: (alpha: number, row: number) => ArrayLike<number>,
): Trajectory {
  return trajectoryOf(
    alphas.map((alpha, row) => ({
      clock: row,
      logTime: row,
      logNorm: row,
      alpha,
      smallestMargin: row,
      pathLength: row,
      direction: Float64Array.from(directionOf(alpha, row)),
    })),
  );
}

/** `perDecade` values of α in each decade from 10^from to 10^to, both ends included. */
export function alphasPerDecade(from: number, to: number, perDecade: number): number[] {
  const count = (to - from) * perDecade;
  return Array.from({ length: count + 1 }, (_, k) => 10 ** (from + k / perDecade));
}

/** The unit vector of the plane at an angle. */
export function onCircle(angle: number): number[] {
  return [Math.cos(angle), Math.sin(angle)];
}
