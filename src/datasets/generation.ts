import { randomStream, type RandomStream } from '../numerics/random.js';

/** A seed (an integer) or a stream: what every generator takes as its last argument. */
export type Randomness = number | RandomStream;

/** The stream to draw from. Throws when a seed is not a whole number. */
export function toStream(generator: string, random: Randomness): RandomStream {
  if (typeof random !== 'number') return random;
  if (!Number.isInteger(random)) {
    throw new Error(`${generator}: expected the seed to be a whole number, found ${random}.`);
  }
  return randomStream(random);
}

/** The end of a `source` text: the seed, where it is known. */
export function seedWords(random: Randomness): string {
  return typeof random === 'number' ? `, seed ${random}` : '';
}

/** Throws unless `value` is a whole number of at least `least` (default 1). */
export function requireCount(generator: string, what: string, value: number, least = 1): void {
  if (!Number.isInteger(value) || value < least) {
    throw new Error(
      `${generator}: expected ${what} to be a whole number of at least ${least}, found ${value}.`,
    );
  }
}

/** Throws unless `value` is finite and ≥ 0. */
export function requireNonNegative(generator: string, what: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) {
    throw new Error(`${generator}: expected ${what} to be at least 0, found ${value}.`);
  }
}

/** Throws unless `value` is finite and > 0. */
export function requirePositive(generator: string, what: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new Error(`${generator}: expected ${what} to be greater than 0, found ${value}.`);
  }
}
