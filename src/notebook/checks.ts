import { readable } from '../text/numbers.js';

/** Checks of steps that a reader writes: each says which property fails, in a sentence. */

/** One property of what a reader is to write: how it is said where it fails, or undefined where it holds. */
type Property<F> = (yours: F) => string | undefined;

/**
 * Tries α/‖θ‖^L from a reader, `yours(margins, norm, degree)` with α = −log Σ e^{−p} for the exponential
 * loss: whether it has the properties of the smoothed margin, or which one fails.
 */
export function checkSmoothedMargin(
  yours: (margins: number[], norm: number, degree: number) => number,
): string {
  return tried(yours, yours([2, 3], 1, 2), [
    (f) =>
      expected('one margin of 2, norm 1, degree 2', f([2], 1, 2), 2, 'α is the margin itself then'),
    (f) =>
      expected(
        'the margins 2 and 2, norm 1, degree 2',
        f([2, 2], 1, 2),
        2 - Math.LN2,
        'two equal terms double the loss, so that α is less by log 2',
      ),
    (f) =>
      expected(
        'one margin of 2, norm 2, degree 3',
        f([2], 2, 3),
        0.25,
        'α is divided by the norm to the power of the degree',
      ),
    (f) =>
      expected(
        'the margins 8 and 16, norm 2, degree 3',
        f([8, 16], 2, 3),
        (8 - Math.log1p(Math.exp(-8))) / 8,
        'the order and the size of the others matter little: the smallest margin counts most',
      ),
    (f) =>
      expected(
        'the margins 16 and 8 in the other order',
        f([16, 8], 2, 3),
        (8 - Math.log1p(Math.exp(-8))) / 8,
        'the order of the examples does not matter',
      ),
    (f) =>
      expected(
        'the margins 1000 and 1000, norm 1, degree 2',
        f([1000, 1000], 1, 2),
        1000 - Math.LN2,
        'e^{−1000} is 0 for a computer: take the smallest margin out of the sum, α = m − log Σ e^{−(p − m)}',
      ),
  ]);
}

/** Tries the cosine of the angle between two vectors, `yours(a, b)`, from a reader, by its properties. */
export function checkCosine(yours: (a: number[], b: number[]) => number): string {
  return tried(yours, yours([1, 2], [2, 1]), [
    (f) => expected('(1, 2) and (2, 1)', f([1, 2], [2, 1]), 0.8, '4 divided by √5 twice'),
    (f) => expected('a vector and itself', f([3, 4], [3, 4]), 1, 'their angle is 0'),
    (f) => expected('(1, 2) and (−1, −2)', f([1, 2], [-1, -2]), -1, 'they point opposite ways'),
    (f) => expected('(1, 2) and (2, −1)', f([1, 2], [2, -1]), 0, 'they are perpendicular'),
    (f) =>
      expected(
        '(10, 20) and (2, 1)',
        f([10, 20], [2, 1]),
        0.8,
        'it does not change when one of them is made ten times as long',
      ),
    (f) =>
      expected('(1, 2, 3) and (3, 2, 1)', f([1, 2, 3], [3, 2, 1]), 10 / 14, 'of three numbers'),
  ]);
}

/**
 * Tries one Euler step of θ′ = −∇𝓛, `yours(theta, gradient, size)` with the gradient of the loss at θ, from
 * a reader, by its properties; it gives the new θ and leaves the old one as it is.
 */
export function checkEulerStep(
  yours: (theta: number[], gradient: number[], size: number) => ArrayLike<number>,
): string {
  const norm = (step: ArrayLike<number>) => Math.hypot(...Array.from(step));
  return tried(yours, yours([1, 2], [3, 4], 0.1).length === 2 ? 0 : NaN, [
    (f) => {
      const theta = [1, 2];
      f(theta, [3, 4], 0.1);
      return firstDifference(theta, [1, 2]) === undefined
        ? undefined
        : 'It changes the θ that it is given; make a new list, as with theta.map(…)';
    },
    (f) =>
      firstDifference(f([1, 2], [3, 4], 0), [1, 2]) === undefined
        ? undefined
        : 'A step of size 0 has to stay where it is',
    (f) =>
      norm(f([3, 4], [3, 4], 0.1)) < 5
        ? undefined
        : 'For 𝓛 = ½‖θ‖² the gradient is θ itself, and a step has to come nearer to 0; yours goes uphill or nowhere',
    (f) => {
      const wrong = firstDifference(f([1, 2], [3, 4], 0.1), [0.7, 1.6]);
      return wrong === undefined
        ? undefined
        : `From (1, 2) with the gradient (3, 4) and size 0.1 it should come to (0.7, 1.6); ${wrong}`;
    },
  ]);
}

/** What is said of an attempt whose first answer is `first`: not begun, wrong in one property, or right. */
function tried<F>(yours: F, first: number, properties: readonly Property<F>[]): string {
  if (!Number.isFinite(first)) {
    return 'Nothing to check yet: yours gives no number. Write it, and run the cell again.';
  }
  for (const [k, property] of properties.entries()) {
    const wrong = property(yours);
    if (wrong !== undefined) {
      return `Not yet. ${wrong}. (${k} of ${properties.length} properties hold so far.)`;
    }
  }
  return `Right: all ${properties.length} properties hold.`;
}

const NEAR = 1e-9;

function expected(
  forWhat: string,
  value: number,
  right: number,
  because: string,
): string | undefined {
  if (Math.abs(value - right) <= NEAR * Math.max(1, Math.abs(right))) return undefined;
  const seen = typeof value === 'number' ? readable(value, 4) : String(value);
  return `For ${forWhat} it should be ${readable(right, 4)}: ${because}. Yours gives ${seen}`;
}

function firstDifference(found: ArrayLike<number>, right: readonly number[]): string | undefined {
  if (found.length !== right.length) {
    return `yours has ${found.length} entries in place of ${right.length}`;
  }
  const k = right.findIndex((value, i) => !(Math.abs(found[i] - value) <= NEAR));
  return k < 0 ? undefined : `entry ${k + 1} of yours is ${readable(found[k], 4)}`;
}
