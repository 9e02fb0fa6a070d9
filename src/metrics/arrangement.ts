import { dot } from '../numerics/vectors.js';
import { bothWays, type DualPieces } from './dual-pieces.js';

/** Angles nearer than this are one; planes whose normals are this near to parallel are one. */
const SAME = 1e-12;

/**
 * Every direction in which |g| may be largest on the unit sphere of one, two or three dimensions: the stationary
 * ones of each piece, and, where g has kinks (power 1), those on the kinks and where kinks meet. A
 * candidate of a piece that lies outside it does no harm: it is a direction like any other.
 */
export function arrangementCandidates(pieces: DualPieces): Generator<Float64Array> {
  return [onLine, onCircle, onSphere][pieces.size - 1](pieces);
}

function* onLine(): Generator<Float64Array> {
  yield Float64Array.of(1);
  yield Float64Array.of(-1);
}

function* onCircle(pieces: DualPieces): Generator<Float64Array> {
  const { rows, count } = pieces;
  const angles: number[] = [];
  for (let i = 0; i < count; i++) angles.push(Math.atan2(rows[2 * i], -rows[2 * i + 1]));
  const place = (angle: number) => Float64Array.of(Math.cos(angle), Math.sin(angle));
  const signs = new Int8Array(count);
  for (const { end, middle } of arcs(angles)) {
    if (pieces.power === 1) yield place(end);
    signsAt(pieces, place(middle), signs);
    yield* pieces.stationary(signs);
  }
}

/** Walks along the kink of each example, whose both sides are pieces: each piece lies beside some kink. */
function* onSphere(pieces: DualPieces): Generator<Float64Array> {
  const { rows, count } = pieces;
  const normals = Array.from({ length: count }, (_, i) => unitOf(rows.subarray(3 * i, 3 * i + 3)));
  const parallel = (a: Float64Array, b: Float64Array) => Math.hypot(...cross(a, b)) < SAME;
  const signs = new Int8Array(count);
  for (let i = 0; i < count; i++) {
    const normal = normals[i];
    if (normals.slice(0, i).some((other) => parallel(other, normal))) continue;
    const along = normals.map((other) => parallel(other, normal));
    const [e1, e2] = planeAcross(normal);
    const place = (angle: number) =>
      e1.map((value, j) => Math.cos(angle) * value + Math.sin(angle) * e2[j]);
    const crossing = normals.filter((_, k) => !along[k]);
    const angles = crossing.map((other) => Math.atan2(dot(other, e1), -dot(other, e2)));
    for (const { end, middle } of arcs(angles)) {
      if (pieces.power === 1) yield place(end);
      signsAt(pieces, place(middle), signs);
      for (const side of pieces.power === 1 ? [0, 1, -1] : [1, -1]) {
        along.forEach((yes, k) => {
          if (yes) signs[k] = side * Math.sign(dot(normals[k], normal));
        });
        if (side !== 0) yield* pieces.stationary(signs);
        else yield* bothWays(withoutPart(pieces.linearPart(signs), normal));
      }
    }
  }
}

function signsAt({ rows, count, size }: DualPieces, u: Float64Array, signs: Int8Array): void {
  for (let i = 0; i < count; i++) {
    signs[i] = Math.sign(dot(u, rows.subarray(i * size, (i + 1) * size)));
  }
}

/** The arcs of a circle between lines at these angles and their opposites: where each begins, its middle. */
function arcs(angles: readonly number[]): { end: number; middle: number }[] {
  const turned = angles.map((angle) => ((angle % Math.PI) + Math.PI) % Math.PI);
  const sorted = turned.sort((a, b) => a - b);
  const distinct = sorted.filter((angle, k) => k === 0 || angle - sorted[k - 1] > SAME);
  const ends = [...distinct, ...distinct.map((angle) => angle + Math.PI)];
  return ends.map((end, k) => {
    const next = k + 1 < ends.length ? ends[k + 1] : ends[0] + 2 * Math.PI;
    return { end, middle: (end + next) / 2 };
  });
}

function unitOf(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function cross(a: Float64Array, b: Float64Array): Float64Array {
  return Float64Array.of(
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  );
}

function planeAcross(normal: Float64Array): [Float64Array, Float64Array] {
  const least = normal.reduce((k, v, j) => (Math.abs(v) < Math.abs(normal[k]) ? j : k), 0);
  const axis = Float64Array.from(normal, (_, j) => (j === least ? 1 : 0));
  const e1 = unitOf(cross(normal, axis));
  return [e1, cross(normal, e1)];
}

function withoutPart(vector: Float64Array, normal: Float64Array): Float64Array {
  const part = dot(vector, normal);
  return vector.map((value, j) => value - part * normal[j]);
}
