/** Points for the properties of what a student wrote: what the test cells of a problem set are made of. */

/** Keeps count of the points of one test cell. */
export interface Marking {
  /**
   * Gives `points` where `test()` returns exactly `true`. Anything else, a thrown error too, earns 0 and prints
   * `Not yet: PROPERTY (0 of 1 point)`: the name of the property that fails, and no number, argument or text of
   * an error, which would tell a hidden test. `points` is positive; halves are fine.
   */
  part(points: number, property: string, test: () => unknown): void;
  /** The points so far, as a number: the last line of a test cell, where nbgrader reads it. Prints the sum. */
  total(): number;
}

/**
 * Starts the count of a test cell. `title` names what is tested, in the line that `total()` prints; `say` takes
 * the lines, and prints them where it is not given.
 */
export function marking(
  title: string,
  say: (line: string) => void = (line) => console.log(line),
): Marking {
  let earned = 0;
  let possible = 0;
  return {
    part(points, property, test) {
      if (!(points > 0 && Number.isFinite(points))) {
        throw new RangeError(`The points of a part must be a positive number, not ${points}.`);
      }
      possible += points;
      const holds = isExactlyTrue(test);
      if (holds) earned += points;
      const words = holds ? 'Yes' : 'Not yet';
      say(`${words}: ${property} (${holds ? points : 0} of ${pointsText(points)})`);
    },
    total() {
      say(`${title}: ${earned} of ${pointsText(possible)} in these tests.`);
      return earned;
    },
  };
}

/** A number, or lists of numbers within each other, such as a vector or the rows of a matrix. */
export type Numbers = number | ArrayLike<Numbers>;

/**
 * Whether `found` is what it should be: for a number, |found − right| ≤ tolerance · max(1, |right|). For a list, one
 * of the same length (plain or typed) whose entries are all so. NaN, infinities, texts, empty places, other lengths
 * and other shapes are not near anything. `right` must be finite.
 */
export function near(found: unknown, right: Numbers, tolerance = 1e-9): boolean {
  if (typeof right === 'number') {
    if (!Number.isFinite(right)) throw new RangeError(`near compares with a finite number.`);
    if (typeof found !== 'number' || !Number.isFinite(found)) return false;
    return Math.abs(found - right) <= tolerance * Math.max(1, Math.abs(right));
  }
  if (!isList(found) || found.length !== right.length) return false;
  return Array.from(right, (each, k) => near(found[k], each, tolerance)).every(Boolean);
}

function isExactlyTrue(test: () => unknown): boolean {
  try {
    return test() === true;
  } catch {
    return false;
  }
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function pointsText(points: number): string {
  return `${points} ${points === 1 ? 'point' : 'points'}`;
}
