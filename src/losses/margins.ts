/**
 * Margins: what a score must exceed for an example to be classified. Binary problems have one score
 * and labels ±1, and one margin y·Φ(x) per example. With k > 2 classes there are k scores s and
 * k − 1 margins s_y − s_j (j ≠ y, in increasing j) per example.
 */
export interface MarginMap {
  readonly examples: number;
  /** Margins per example: 1, or k − 1. */
  readonly pairs: number;
  /** margins ← linear map of the scores (examples×outputs). */
  margins(scores: Float64Array, into: Float64Array): void;
  /** weights on scores ← transpose of that map applied to weights on margins. */
  transpose(pairWeights: Float64Array, into: Float64Array): void;
}

/**
 * The map from scores to margins: labels are ±1 for two classes, with one score each, or whole numbers from
 * 0 to classes − 1, with a score for each class. Throws a sentence that names the first label that is none
 * of these.
 */
export function marginMap(labels: Float64Array, classes: number): MarginMap {
  labels.forEach((label, i) => {
    const known =
      classes === 2
        ? label === 1 || label === -1
        : Number.isInteger(label) && label >= 0 && label < classes;
    if (!known) {
      const expected = classes === 2 ? '+1 or -1' : `a whole number from 0 to ${classes - 1}`;
      throw new Error(`Label ${i + 1} of ${labels.length} is ${label}; expected ${expected}.`);
    }
  });
  return classes === 2 ? binaryMargins(labels) : pairMargins(labels, classes);
}

function binaryMargins(labels: Float64Array): MarginMap {
  const multiply = (from: Float64Array, into: Float64Array) => {
    for (let i = 0; i < labels.length; i++) into[i] = labels[i] * from[i];
  };
  return { examples: labels.length, pairs: 1, margins: multiply, transpose: multiply };
}

function pairMargins(labels: Float64Array, classes: number): MarginMap {
  return {
    examples: labels.length,
    pairs: classes - 1,
    margins(scores, into) {
      for (let i = 0, p = 0; i < labels.length; i++) {
        const right = scores[i * classes + labels[i]];
        for (let j = 0; j < classes; j++) {
          if (j !== labels[i]) into[p++] = right - scores[i * classes + j];
        }
      }
    },
    transpose(pairWeights, into) {
      for (let i = 0, p = 0; i < labels.length; i++) {
        let total = 0;
        for (let j = 0; j < classes; j++) {
          if (j === labels[i]) continue;
          total += pairWeights[p];
          into[i * classes + j] = -pairWeights[p++];
        }
        into[i * classes + labels[i]] = total;
      }
    },
  };
}

/**
 * The smallest margin of each example, from `pairs` consecutive ones for each: a new array of
 * margins.length/pairs numbers. Reported, never differentiated (it is not smooth).
 */
export function exampleMargins(margins: Float64Array, pairs: number): Float64Array {
  if (pairs === 1) return margins.slice();
  const smallest = new Float64Array(margins.length / pairs).fill(Infinity);
  for (let j = 0; j < margins.length; j++) {
    const i = Math.floor(j / pairs);
    smallest[i] = Math.min(smallest[i], margins[j]);
  }
  return smallest;
}
