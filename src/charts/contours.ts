/** Values on a grid: columns × rows numbers, row by row, at xs[column], ys[row]. */
export interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly values: ArrayLike<number>;
}

/** A place in the units of the axes. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An end of a segment: where it is, and the grid edge that it lies on. */
interface End extends Point {
  readonly edge: number;
}

/**
 * The curves on which the grid's values equal `level`: marching squares, segments joined. Each curve is a list of
 * points in the units of the axes, and ends at the edge or where it began; none for a level out of range.
 */
export function contour(grid: Grid, level: number): Point[][] {
  const segments = segmentsOf(grid, level);
  const atEdge = new Map<number, number[]>();
  segments.forEach((segment, k) => {
    for (const { edge } of segment) atEdge.set(edge, [...(atEdge.get(edge) ?? []), k]);
  });
  const used = new Set<number>();
  /** Follows unused segments from an end, adding the points that come. */
  const follow = (from: End, curve: Point[]) => {
    let end = from;
    for (;;) {
      const next = atEdge.get(end.edge)!.find((k) => !used.has(k));
      if (next === undefined) return;
      used.add(next);
      const [a, b] = segments[next];
      end = a.edge === end.edge ? b : a;
      curve.push({ x: end.x, y: end.y });
    }
  };
  const curves: Point[][] = [];
  segments.forEach(([a, b], k) => {
    if (used.has(k)) return;
    used.add(k);
    const ahead: Point[] = [{ x: b.x, y: b.y }];
    const behind: Point[] = [{ x: a.x, y: a.y }];
    follow(b, ahead);
    follow(a, behind);
    curves.push([...behind.reverse(), ...ahead]);
  });
  return curves;
}

/** One or two segments for every cell that the level crosses. */
function segmentsOf({ xs, ys, values }: Grid, level: number): (readonly [End, End])[] {
  const segments: (readonly [End, End])[] = [];
  const width = xs.length;
  const above = (i: number, j: number) => values[j * width + i] - level;
  /** Where the level crosses from corner to corner; undefined where both are on one side. */
  const crossing = (i: number, j: number, right: boolean): End | undefined => {
    const [k, l] = right ? [i + 1, j] : [i, j + 1];
    const [a, b] = [above(i, j), above(k, l)];
    if (a >= 0 === b >= 0) return undefined;
    const share = a / (a - b);
    return {
      edge: 2 * (j * width + i) + (right ? 0 : 1),
      x: xs[i] + share * (xs[k] - xs[i]),
      y: ys[j] + share * (ys[l] - ys[j]),
    };
  };
  for (let j = 0; j + 1 < ys.length; j++) {
    for (let i = 0; i + 1 < width; i++) {
      const [south, east] = [crossing(i, j, true), crossing(i + 1, j, false)];
      const [north, west] = [crossing(i, j + 1, true), crossing(i, j, false)];
      if (south && east && north && west) {
        // A saddle: its middle says which corners belong together.
        const middle = above(i, j) + above(i + 1, j) + above(i, j + 1) + above(i + 1, j + 1);
        const joined = middle >= 0 === above(i, j) >= 0;
        if (joined) segments.push([south, east], [north, west]);
        else segments.push([south, west], [north, east]);
        continue;
      }
      const ends = [south, east, north, west].filter((end) => end !== undefined);
      if (ends.length === 2) segments.push([ends[0], ends[1]]);
    }
  }
  return segments;
}
