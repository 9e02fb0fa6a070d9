import { setTimeout as sleep } from 'node:timers/promises';

/** Something that can be timed again and again, on the same work as the other sides. */
export interface Side {
  readonly name: string;
  run(): Promise<Sample>;
}

export interface Sample {
  /** Seconds for one piece of the work. */
  readonly seconds: number;
  readonly answer: Float64Array;
}

/** The time that the threads of a library spin, waiting for more work, before they sleep. */
const SETTLING = 150;

/**
 * Times the sides in turns: all of them once, then all of them again, so that a slow minute of the
 * machine falls on all. Returns the seconds of each side, in the order of the rounds.
 */
export async function interleave(
  sides: readonly Side[],
  rounds: number,
  onTurn: (side: string, round: number) => void = () => undefined,
  settle: number = SETTLING,
): Promise<Map<string, number[]>> {
  const seconds = new Map(sides.map(({ name }) => [name, [] as number[]]));
  for (let round = 1; round <= rounds; round++) {
    for (const side of sides) {
      onTurn(side.name, round);
      await sleep(settle);
      seconds.get(side.name)!.push((await side.run()).seconds);
    }
  }
  return seconds;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** (largest − smallest) / median. */
export function spreadOf(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}
