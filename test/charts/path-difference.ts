type Point = readonly [x: number, y: number];

/** A path's letters, and all its numbers in order. */
interface Path {
  readonly letters: string;
  readonly numbers: readonly number[];
}

/**
 * How an SVG path differs from the one that is kept by more than `tolerance` pixels, in words;
 * undefined where it does not. Numbers are compared in their order. A line that has other points, as
 * where a run took its steps elsewhere, may still be the same line: then every point of either has to
 * lie on the other.
 */
export function pathDifference(drawn: string, kept: string, tolerance: number): string | undefined {
  const [path, wanted] = [drawn, kept].map(pathOf);
  const { numbers } = path;
  if (path.letters === wanted.letters && numbers.length === wanted.numbers.length) {
    const far = numbers.findIndex(
      (value, k) => !(Math.abs(value - wanted.numbers[k]) <= tolerance),
    );
    if (far < 0) return undefined;
  }
  const [lines, others] = [linesOf(drawn), linesOf(kept)];
  if (lines === undefined || others === undefined) {
    return `is '${drawn.slice(0, 60)}', expected '${kept.slice(0, 60)}'`;
  }
  if (lines.length !== others.length) {
    return `draws ${lines.length} pieces of a line, expected ${others.length}`;
  }
  for (const [k, line] of lines.entries()) {
    const { away, at } = farthest([...strays(line, others[k]), ...strays(others[k], line)]);
    if (!(away <= tolerance)) return `strays by ${away.toPrecision(3)} px at (${at.join(', ')})`;
  }
  return undefined;
}

function pathOf(text: string): Path {
  return {
    letters: text.replace(/[^A-DF-Za-df-z]+/g, ''),
    numbers: (text.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g) ?? []).map(Number),
  };
}

/** The pieces of a path of straight lines in absolute coordinates; undefined for any other path. */
function linesOf(text: string): Point[][] | undefined {
  if (!/^[-+.\deML,\s]*$/.test(text)) return undefined;
  return text
    .split('M')
    .filter((piece) => piece !== '')
    .map((piece) => piece.split('L').map((point) => pathOf(point).numbers as unknown as Point));
}

interface Stray {
  readonly away: number;
  readonly at: Point;
}

function farthest(strays: readonly Stray[]): Stray {
  return strays.reduce((far, stray) => (stray.away > far.away ? stray : far));
}

/** How far each point of a line is from another line. */
function strays(line: readonly Point[], other: readonly Point[]): Stray[] {
  return line.map((at) => {
    const ends = other.slice(1).map((end, k) => toSegment(at, other[k], end));
    return { at, away: Math.min(toSegment(at, other[0], other[0]), ...ends) };
  });
}

function toSegment([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}
