import { randomNormal } from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A reproducible source of random numbers, identified by its path: a seed and names below it. */
export interface RandomStream {
  /** Uniform on [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** Uniform on 0, 1, …, n − 1, without bias, for 1 ≤ n ≤ 2⁵³. */
  integer(n: number): number;
  /**
   * The stream called `name` below this one. It depends on the two names alone: not on how many
   * numbers were drawn from this stream, which it leaves undisturbed. The number 1 and the text '1'
   * are different names.
   */
  split(name: string | number): RandomStream;
  /** A new array with the same entries in random order, every order equally likely. */
  shuffle<T>(a: T[]): T[];
}

/**
 * The stream of a seed, a number or a text. Equal seeds give equal numbers on every platform: the generator
 * (xoroshiro128+ of Blackman and Vigna, from pure-rand) and the hash work in 32-bit integers. Only normal
 * numbers may differ, in their last digit, where an engine's logarithm does.
 */
export function randomStream(seed: number | string): RandomStream {
  return streamAt(pathPart(seed));
}

const TWO_53 = 2 ** 53;

function streamAt(path: string): RandomStream {
  const generator = xoroshiro128plusFromState(hash128(path));
  const uniform = (): number => uniformFloat64(generator);

  // From the high bits of 53, the low ones of xoroshiro128+ being its weakest; the incomplete last
  // block of n draws is rejected, else small integers would come up more often.
  const integer = (n: number): number => {
    if (!Number.isInteger(n) || n < 1 || n > TWO_53) {
      throw new RangeError(`integer(n) needs an integer n from 1 to 2^53, got ${n}.`);
    }
    const block = Math.floor(TWO_53 / n);
    for (;;) {
      const value = Math.floor((uniform() * TWO_53) / block);
      if (value < n) return value;
    }
  };

  return {
    uniform,
    normal: randomNormal.source(uniform)(0, 1),
    integer,
    split: (name) => streamAt(`${path}/${pathPart(name)}`),
    shuffle: (a) => {
      const shuffled = a.slice();
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const entry = shuffled[i];
        shuffled[i] = shuffled[j];
        shuffled[j] = entry;
      }
      return shuffled;
    },
  };
}

/** Texts are quoted, so that no two paths are written alike ('a/b' is one name, not two). */
function pathPart(name: string | number): string {
  return typeof name === 'number' ? String(name) : JSON.stringify(name);
}

/**
 * Four 32-bit words that all depend on every character: the multiply-and-mix hash "cyrb128"
 * (github.com/bryc/code, public domain), finished with MurmurHash3's avalanche step, so that paths
 * that differ in one character give unrelated states.
 */
function hash128(text: string): number[] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  a ^= b ^ c ^ d;
  return [a, b ^ a, c ^ a, d ^ a].map(avalanche);
}

/** The 32-bit finalizer of MurmurHash3: each input bit flips each output bit half of the time. */
function avalanche(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
