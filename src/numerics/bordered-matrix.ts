import type { SemidefiniteMatrix } from './box-constrained-qp.js';
import { symmetricFactor, symmetricSolve, type SymmetricFactors } from './symmetric-indefinite.js';

/** The parts of a symmetric matrix of order `shared` + k whose last k coordinates fall into groups. */
export interface BorderedParts {
  /** Number of coordinates that meet all others: the first ones. */
  readonly shared: number;
  /** Among those, shared×shared, row-major. */
  readonly corner: Float64Array;
  /** Of the others with them, k×shared. */
  readonly border: Float64Array;
  /** The others, counted from 0, by groups that do not meet each other. */
  readonly groups: readonly (readonly number[])[];
  /** Within each group, row-major. */
  readonly within: readonly Float64Array[];
}

/** A symmetric positive semidefinite matrix, block-diagonal but for its first rows and columns. */
export type BorderedMatrix = SemidefiniteMatrix;

/** The matrix of these parts, which it keeps: the cost of all that it does is linear in the number of groups. */
export function borderedMatrix(parts: BorderedParts): BorderedMatrix {
  const { shared, corner, border, groups, within } = parts;
  const others = groups.reduce((sum, group) => sum + group.length, 0);
  const groupOf = new Int32Array(others);
  const placeOf = new Int32Array(others);
  groups.forEach((group, g) =>
    group.forEach((k, place) => {
      groupOf[k] = g;
      placeOf[k] = place;
    }),
  );
  const order = shared + others;
  return {
    order,
    diagonal(i) {
      if (i < shared) return corner[i * shared + i];
      const place = placeOf[i - shared];
      const { length } = groups[groupOf[i - shared]];
      return within[groupOf[i - shared]][place * length + place];
    },
    plusRow(start, i, x) {
      let sum = start;
      if (i < shared) {
        for (let j = 0; j < shared; j++) sum += corner[i * shared + j] * x[j];
        for (let k = 0; k < others; k++) sum += border[k * shared + i] * x[shared + k];
        return sum;
      }
      const k = i - shared;
      for (let j = 0; j < shared; j++) sum += border[k * shared + j] * x[j];
      const group = groups[groupOf[k]];
      const own = within[groupOf[k]];
      const from = placeOf[k] * group.length;
      for (let p = 0; p < group.length; p++) sum += own[from + p] * x[shared + group[p]];
      return sum;
    },
    largestTerm(i, sizes) {
      let most = 0;
      const meet = (value: number, j: number) =>
        (most = Math.max(most, Math.abs(value) * sizes[j]));
      if (i < shared) {
        for (let j = 0; j < shared; j++) meet(corner[i * shared + j], j);
        for (let k = 0; k < others; k++) meet(border[k * shared + i], shared + k);
        return most;
      }
      const k = i - shared;
      for (let j = 0; j < shared; j++) meet(border[k * shared + j], j);
      const { length } = groups[groupOf[k]];
      groups[groupOf[k]].forEach((other, p) =>
        meet(within[groupOf[k]][placeOf[k] * length + p], shared + other),
      );
      return most;
    },
    solverOn: (chosen, ridge) => solverOn(parts, { groupOf, placeOf }, chosen, ridge),
  };
}

interface Places {
  readonly groupOf: Int32Array;
  readonly placeOf: Int32Array;
}

/** Where the chosen shared coordinates stand among all that are chosen, and their Schur complement. */
interface Remainder {
  readonly tops: readonly number[];
  readonly schur: Float64Array;
}

/** One group's chosen coordinates, and what is known of them. */
interface Eliminated {
  /** Among all that are chosen. */
  readonly places: readonly number[];
  readonly factors: SymmetricFactors;
  /** A row for each chosen shared coordinate, and the factors applied to each. */
  readonly borders: Float64Array;
  readonly solved: Float64Array;
}

/** Group by group, then for what the shared coordinates are left with. */
function solverOn(
  parts: BorderedParts,
  at: Places,
  chosen: readonly number[],
  ridge: number,
): ((right: Float64Array) => void) | undefined {
  const { shared, corner } = parts;
  const tops: number[] = [];
  const byGroup = new Map<number, number[]>();
  chosen.forEach((i, c) => {
    if (i < shared) {
      tops.push(c);
      return;
    }
    const g = at.groupOf[i - shared];
    const known = byGroup.get(g);
    if (known) known.push(c);
    else byGroup.set(g, [c]);
  });
  const m = tops.length;
  const schur = new Float64Array(m * m);
  tops.forEach((c, r) => {
    tops.forEach((d, s) => (schur[r * m + s] = corner[chosen[c] * shared + chosen[d]]));
    schur[r * m + r] *= 1 + ridge;
  });
  const eliminated: Eliminated[] = [];
  for (const [g, places] of byGroup) {
    const group = eliminate(parts, at, g, places, chosen, ridge, { tops, schur });
    if (!group) return undefined;
    eliminated.push(group);
  }
  const factors = symmetricFactor(m, schur);
  if (factors.zero > 0) return undefined;
  return (right) => {
    for (const group of eliminated) takeFrom(group, tops, right);
    const top = Float64Array.from(tops, (c) => right[c]);
    symmetricSolve(factors, top);
    tops.forEach((c, r) => (right[c] = top[r]));
    for (const { places, solved } of eliminated) {
      for (let r = 0, p = 0; r < m; r++) {
        for (let i = 0; i < places.length; i++, p++) right[places[i]] -= solved[p] * top[r];
      }
    }
  };
}

/** Takes one group's part from what is left; undefined where it is singular. */
function eliminate(
  { shared, border, within, groups }: BorderedParts,
  { placeOf }: Places,
  g: number,
  places: readonly number[],
  chosen: readonly number[],
  ridge: number,
  { tops, schur }: Remainder,
): Eliminated | undefined {
  const size = places.length;
  const m = tops.length;
  const matrix = new Float64Array(size * size);
  places.forEach((c, i) => {
    const from = placeOf[chosen[c] - shared] * groups[g].length;
    for (let j = 0; j <= i; j++) {
      matrix[i * size + j] = within[g][from + placeOf[chosen[places[j]] - shared]];
    }
    matrix[i * size + i] *= 1 + ridge;
  });
  const factors = symmetricFactor(size, matrix);
  if (factors.zero > 0) return undefined;
  const borders = new Float64Array(m * size);
  for (let i = 0; i < size; i++) {
    const from = (chosen[places[i]] - shared) * shared;
    for (let r = 0, p = i; r < m; r++, p += size) borders[p] = border[from + chosen[tops[r]]];
  }
  const solved = borders.slice();
  for (let r = 0; r < m; r++) symmetricSolve(factors, solved, r * size);
  for (let r = 0; r < m; r++) {
    const from = r * size;
    for (let s = 0, p = 0; s <= r; s++) {
      let sum = 0;
      for (let i = 0; i < size; i++, p++) sum += borders[from + i] * solved[p];
      schur[r * m + s] -= sum;
    }
  }
  return { places, factors, borders, solved };
}

/** Solves for one group in `right`, and takes its part from the shared coordinates. */
function takeFrom(
  { places, factors, borders }: Eliminated,
  tops: readonly number[],
  right: Float64Array,
): void {
  const part = Float64Array.from(places, (c) => right[c]);
  symmetricSolve(factors, part);
  places.forEach((c, i) => (right[c] = part[i]));
  for (let r = 0, p = 0; r < tops.length; r++) {
    let sum = 0;
    for (let i = 0; i < part.length; i++, p++) sum += borders[p] * part[i];
    right[tops[r]] -= sum;
  }
}
