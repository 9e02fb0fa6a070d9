import { shortestOfHull } from '../numerics/convex-hull.js';
import { dot, norm, scale, addScaled } from '../numerics/vectors.js';
import { marginMap } from '../losses/margins.js';

/** What is left of a column beside the columns before it counts as nothing up to this share … */
const DEPENDENT = 1e-14;
/** … and as rounding of the data, which decides nothing, up to this one. */
const DOUBTFUL = 1e-11;
/** A shorter vector of the hull counts as 0, a longer one as none; between them nothing is said. */
const ZERO = 1e-12;
const NOT_ZERO = 1e-9;
/** Multiplications that the search may take: a few seconds. */
const MOST_WORK = 1e9;

/** Whether some linear network classifies all examples. */
export interface Separability {
  /** Undefined where that is in doubt, or too much to work out. */
  readonly separable: boolean | undefined;
  /**
   * Where it is false: margins (as `Objective` counts them) of which a combination with positive
   * shares is 0 whatever the weights are, the heaviest first.
   */
  readonly contradicting: readonly number[];
}

const UNKNOWN: Separability = { separable: undefined, contradicting: [] };

/**
 * Decides by Gordan's alternative: either some weights give every margin y·Wx a plus sign, or a convex
 * combination of the margins' gradients is 0. `inputs` holds examples×dimension numbers, in any units:
 * columns are made orthonormal first, which changes neither side. Labels are as `objective` takes them;
 * throws a sentence for others.
 */
export function linearSeparability(
  inputs: Float64Array,
  labels: Float64Array,
  classes: number,
): Separability {
  const { pairs, examples } = marginMap(labels, classes);
  const columns = orthonormalColumns(inputs, examples);
  if (!columns) return UNKNOWN;
  const outputs = classes === 2 ? 1 : classes;
  const size = outputs * columns.length;
  const count = examples * pairs;
  if (!((size + 1) ** 2 * count <= MOST_WORK)) return UNKNOWN;
  const hull = shortestOfHull(gradients(columns, labels, classes), count, size);
  if (!hull) return UNKNOWN;
  const { shares, length } = hull;
  if (length >= NOT_ZERO) return { separable: true, contradicting: [] };
  if (!(length <= ZERO)) return UNKNOWN;
  const contradicting = [...shares.keys()].filter((pair) => shares[pair] > 0);
  return { separable: false, contradicting: contradicting.sort((a, b) => shares[b] - shares[a]) };
}

/**
 * Columns with the span of the inputs', of unit norm, each orthogonal to the others; undefined where
 * rounding decides which they are.
 */
function orthonormalColumns(inputs: Float64Array, examples: number): Float64Array[] | undefined {
  const dimension = inputs.length / examples;
  const columns: Float64Array[] = [];
  for (let j = 0; j < dimension; j++) {
    const column = Float64Array.from({ length: examples }, (_, i) => inputs[i * dimension + j]);
    const length = norm(column);
    if (length === 0) continue;
    scale(column, 1 / length);
    // Twice is enough for what rounding leaves of the first time.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of columns) addScaled(column, -dot(other, column), other);
    }
    const rest = norm(column);
    if (rest <= DEPENDENT) continue;
    if (rest <= DOUBTFUL) return undefined;
    scale(column, 1 / rest);
    columns.push(column);
  }
  return columns;
}

/** The gradients of the margins of a linear network by its weights, one row for each. */
function gradients(
  columns: readonly Float64Array[],
  labels: Float64Array,
  classes: number,
): Float64Array {
  const d = columns.length;
  const { pairs, examples } = marginMap(labels, classes);
  const outputs = classes === 2 ? 1 : classes;
  const rows = new Float64Array(examples * pairs * outputs * d);
  const put = (row: number, output: number, example: number, sign: number) => {
    for (let j = 0; j < d; j++) rows[(row * outputs + output) * d + j] = sign * columns[j][example];
  };
  for (let i = 0, row = 0; i < examples; i++) {
    if (classes === 2) {
      put(row++, 0, i, labels[i]);
      continue;
    }
    for (let other = 0; other < classes; other++) {
      if (other === labels[i]) continue;
      put(row, labels[i], i, 1);
      put(row++, other, i, -1);
    }
  }
  return rows;
}
