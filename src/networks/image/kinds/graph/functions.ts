/**
 * A function of one number z and up to two fixed ones, with its derivative, and the order in which it grows
 * as z does: 1 as a linear function, 2 as a square, 0 where it stays bounded.
 */
export interface PointwiseFunction {
  value(z: number, a: number, b: number): number;
  slope(z: number, a: number, b: number): number;
  order(a?: number): number;
  /** True where f(cz) = c^order f(z) for every c > 0. */
  homogeneous(a?: number): boolean;
}

const one = () => 1;
const none = () => 0;
const yes = () => true;
const no = () => false;

const sigmoid = (z: number) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
const normal = (z: number) => 0.5 * erfc(-z * Math.SQRT1_2);
const density = (z: number) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
const clamp = (z: number, low: number, high: number) => Math.min(Math.max(z, low), high);
const inside = (z: number, low: number, high: number) => Number(z > low && z < high);
/** The tanh form of GELU: its inner cubic and that one's derivative. */
const INNER = Math.sqrt(2 / Math.PI);
const cubic = (z: number) => INNER * (z + 0.044715 * z ** 3);
const cubicSlope = (z: number) => INNER * (1 + 3 * 0.044715 * z * z);

const sloped = (
  value: PointwiseFunction['value'],
  slope: PointwiseFunction['slope'],
  order: PointwiseFunction['order'],
  homogeneous: PointwiseFunction['homogeneous'],
): PointwiseFunction => ({ value, slope, order, homogeneous });

/** The functions of one number that a graph's nodes compute. */
export const pointwiseFunctions = {
  relu: sloped(
    (z) => Math.max(z, 0),
    (z) => Number(z > 0),
    one,
    yes,
  ),
  'leaky-relu': sloped(
    (z, a) => (z > 0 ? z : a * z),
    (z, a) => (z > 0 ? 1 : a),
    one,
    yes,
  ),
  elu: sloped(
    (z, a) => (z > 0 ? z : a * Math.expm1(z)),
    (z, a) => (z > 0 ? 1 : a * Math.exp(z)),
    one,
    no,
  ),
  softplus: sloped((z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), sigmoid, one, no),
  gelu: sloped(
    (z) => z * normal(z),
    (z) => normal(z) + z * density(z),
    one,
    no,
  ),
  'gelu-tanh': sloped(
    (z) => 0.5 * z * (1 + Math.tanh(cubic(z))),
    (z) => {
      const t = Math.tanh(cubic(z));
      return 0.5 * (1 + t) + 0.5 * z * (1 - t * t) * cubicSlope(z);
    },
    one,
    no,
  ),
  silu: sloped(
    (z) => z * sigmoid(z),
    (z) => sigmoid(z) * (1 + z * (1 - sigmoid(z))),
    one,
    no,
  ),
  tanh: sloped(Math.tanh, (z) => 1 - Math.tanh(z) ** 2, none, no),
  sigmoid: sloped(sigmoid, (z) => sigmoid(z) * (1 - sigmoid(z)), none, no),
  /** max(0, min(1, a z + b)). */
  'hard-sigmoid': sloped(
    (z, a, b) => clamp(a * z + b, 0, 1),
    (z, a, b) => a * inside(a * z + b, 0, 1),
    none,
    no,
  ),
  'hard-swish': sloped(
    (z) => (z * clamp(z + 3, 0, 6)) / 6,
    (z) => (z <= -3 ? 0 : z >= 3 ? 1 : (2 * z + 3) / 6),
    one,
    no,
  ),
  clip: sloped(clamp, inside, none, no),
  erf: sloped(
    (z) => 1 - erfc(z),
    (z) => (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z),
    none,
    no,
  ),
  exp: sloped(Math.exp, Math.exp, none, no),
  log: sloped(Math.log, (z) => 1 / z, none, no),
  abs: sloped(Math.abs, Math.sign, one, yes),
  sqrt: sloped(
    Math.sqrt,
    (z) => 0.5 / Math.sqrt(z),
    () => 0.5,
    yes,
  ),
  reciprocal: sloped(
    (z) => 1 / z,
    (z) => -1 / (z * z),
    () => -1,
    yes,
  ),
  /** 1 where z > a, and else 0. */
  above: sloped(
    (z, a) => Number(z > a),
    none,
    none,
    (a) => a === 0,
  ),
  /** a z. */
  scaled: sloped(
    (z, a) => a * z,
    (_z, a) => a,
    one,
    yes,
  ),
  /** z + a. */
  shifted: sloped(
    (z, a) => z + a,
    one,
    one,
    (a) => a === 0,
  ),
  /** z^a. */
  power: sloped(
    Math.pow,
    (z, a) => a * Math.pow(z, a - 1),
    (a = 1) => a,
    yes,
  ),
} satisfies Record<string, PointwiseFunction>;

/** What the functions are called. */
export type PointwiseName = keyof typeof pointwiseFunctions;

/** Terms of the series of erf, and of the continued fraction of erfc, that float64 can tell apart. */
const SERIES = 60;
const FRACTION = 80;
const BETWEEN = 2;

/**
 * 1 − erf(z), with a relative error below 1e-12 also where it is tiny: erf's series below 2, the continued
 * fraction of Laplace beyond.
 */
export function erfc(z: number): number {
  if (z < 0) return 2 - erfc(-z);
  if (z < BETWEEN) {
    let term = z;
    let sum = z;
    for (let n = 1; n < SERIES; n++) {
      term *= (2 * z * z) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
  }
  let fraction = z;
  for (let n = FRACTION; n > 0; n--) fraction = z + n / 2 / fraction;
  return Math.exp(-z * z) / (Math.sqrt(Math.PI) * fraction);
}
