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
  const known = new Array<Eliminated | undefined>(groups.length).fill(undefined);
  const at: Places = { groupOf, placeOf, known, tops: [], ridge: NaN };
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
    solverOn: (chosen, ridge) => solverOn(parts, at, chosen, ridge),
  };
}

interface Places {
  readonly groupOf: Int32Array;
  readonly placeOf: Int32Array;
  /** Of each group what was eliminated last, with these shared coordinates and this ridge: most stay from set to set. */
  known: (Eliminated | undefined)[];
  tops: readonly number[];
  ridge: number;
}

/** A group's chosen coordinates, eliminated. */
interface Eliminated {
  readonly coordinates: readonly number[];
  readonly factors: SymmetricFactors;
  /** A row for each chosen shared coordinate, and the factors applied to each. */
  readonly borders: Float64Array;
  readonly solved: Float64Array;
  /** What it takes from the Schur complement: the lower triangle, row after row. */
  readonly taken: Float64Array;
}

/** Group by group, then for what the shared coordinates are left with. */
function solverOn(
  parts: BorderedParts,
  at: Places,
  chosen: readonly number[],
  ridge: number,
): ((right: Float64Array) => void) | undefined {
  const { shared, corner, groups } = parts;
  const { tops, byGroup } = places(parts, at, chosen);
  const m = tops.length;
  const topCoordinates = tops.map((c) => chosen[c]);
  if (ridge !== at.ridge || !areSame(topCoordinates, at.tops)) {
    Object.assign(at, { ridge, tops: topCoordinates, known: groups.map(() => undefined) });
  }
  const schur = new Float64Array(m * m);
  topCoordinates.forEach((i, r) => {
    topCoordinates.forEach((j, s) => (schur[r * m + s] = corner[i * shared + j]));
    schur[r * m + r] *= 1 + ridge;
  });
  const eliminated: Eliminated[] = [];
  const standing: (readonly number[])[] = [];
  for (const [g, own] of byGroup) {
    const coordinates = own.map((c) => chosen[c]);
    let group = at.known[g];
    if (!group || !areSame(coordinates, group.coordinates)) {
      group = eliminate(parts, at, g, coordinates);
      at.known[g] = group;
    }
    if (!group) return undefined;
    const { taken } = group;
    for (let r = 0, p = 0; r < m; r++) {
      for (let s = 0; s <= r; s++) schur[r * m + s] -= taken[p++];
    }
    eliminated.push(group);
    standing.push(own);
  }
  const factors = symmetricFactor(m, schur);
  if (factors.zero > 0) return undefined;
  const part = new Float64Array(groups.reduce((most, { length }) => Math.max(most, length), 0));
  return (right) => {
    eliminated.forEach((group, e) => takeFrom(group, standing[e], tops, part, right));
    const top = new Float64Array(m);
    for (let r = 0; r < m; r++) top[r] = right[tops[r]];
    symmetricSolve(factors, top);
    for (let r = 0; r < m; r++) right[tops[r]] = top[r];
    eliminated.forEach(({ solved }, e) => {
      const own = standing[e];
      for (let r = 0, p = 0; r < m; r++) {
        for (let i = 0; i < own.length; i++, p++) right[own[i]] -= solved[p] * top[r];
      }
    });
  };
}

/** Where the shared coordinates and those of each group stand among all that are chosen. */
function places(
  { shared }: BorderedParts,
  { groupOf }: Places,
  chosen: readonly number[],
): { tops: readonly number[]; byGroup: ReadonlyMap<number, readonly number[]> } {
  const tops: number[] = [];
  const byGroup = new Map<number, number[]>();
  chosen.forEach((i, c) => {
    if (i < shared) {
      tops.push(c);
      return;
    }
    const g = groupOf[i - shared];
    const own = byGroup.get(g);
    if (own) own.push(c);
    else byGroup.set(g, [c]);
  });
  return { tops, byGroup };
}

function areSame(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Eliminates a group's chosen coordinates; undefined where they are singular. */
function eliminate(
  { shared, border, within, groups }: BorderedParts,
  { placeOf, tops, ridge }: Places,
  g: number,
  coordinates: readonly number[],
): Eliminated | undefined {
  const size = coordinates.length;
  const m = tops.length;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const from = placeOf[coordinates[i] - shared] * groups[g].length;
    for (let j = 0; j <= i; j++) {
      matrix[i * size + j] = within[g][from + placeOf[coordinates[j] - shared]];
    }
    matrix[i * size + i] *= 1 + ridge;
  }
  const factors = symmetricFactor(size, matrix);
  if (factors.zero > 0) return undefined;
  const borders = new Float64Array(m * size);
  for (let i = 0; i < size; i++) {
    const from = (coordinates[i] - shared) * shared;
    for (let r = 0, p = i; r < m; r++, p += size) borders[p] = border[from + tops[r]];
  }
  const solved = borders.slice();
  for (let r = 0; r < m; r++) symmetricSolve(factors, solved, r * size);
  const taken = new Float64Array((m * (m + 1)) / 2);
  for (let r = 0, t = 0; r < m; r++) {
    const from = r * size;
    for (let s = 0, p = 0; s <= r; s++, t++) {
      let sum = 0;
      for (let i = 0; i < size; i++, p++) sum += borders[from + i] * solved[p];
      taken[t] = sum;
    }
  }
  return { coordinates, factors, borders, solved, taken };
}

/** Solves for one group in `right`, and takes its part from the shared coordinates; `part` has room for it. */
function takeFrom(
  { factors, borders }: Eliminated,
  own: readonly number[],
  tops: readonly number[],
  part: Float64Array,
  right: Float64Array,
): void {
  const size = own.length;
  for (let i = 0; i < size; i++) part[i] = right[own[i]];
  symmetricSolve(factors, part);
  for (let i = 0; i < size; i++) right[own[i]] = part[i];
  for (let r = 0, p = 0; r < tops.length; r++) {
    let sum = 0;
    for (let i = 0; i < size; i++, p++) sum += borders[p] * part[i];
    right[tops[r]] -= sum;
  }
}
