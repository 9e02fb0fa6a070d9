import { rounded } from '../text/numbers.js';
import type { Triple } from './path-coordinates.js';

/** A point of the sphere on the page; `depth` > 0 faces the reader. */
export interface Projected {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** How the sphere is seen. */
export type View = (point: Triple) => Projected;

/** The square part of the page that a panel shows. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly half: number;
}

/** The reader looks from this far off the limit, on the side that the path comes from. */
export const TILT = (40 * Math.PI) / 180;

/** Orthographic projection; the limit lies above the middle and the path comes from below it. */
export function viewFrom(start: Triple): View {
  const turn = Math.atan2(start[2], start[1]);
  return ([x, y, z]) => {
    const towards = y * Math.cos(turn) + z * Math.sin(turn);
    const aside = z * Math.cos(turn) - y * Math.sin(turn);
    return {
      x: rounded(aside),
      y: rounded(x * Math.sin(TILT) - towards * Math.cos(TILT)),
      depth: x * Math.cos(TILT) + towards * Math.sin(TILT),
    };
  };
}

const SMOOTHNESS = 60;
const DEGREES = Math.PI / 180;

/** What a panel shows of circles around the limit, meridians every 30° and the sphere's outline. */
export function wireframe(view: View, window: Window, step: number): object[] {
  const most = window.half > 1 ? 180 : reach(window);
  const steps = Array.from({ length: SMOOTHNESS + 1 }, (_, k) => k / SMOOTHNESS);
  const at = (angle: number, turn: number): Projected => {
    const radius = Math.sin(angle);
    return view([Math.cos(angle), radius * Math.cos(turn), radius * Math.sin(turn)]);
  };
  const curves: Projected[][] = [];
  for (let angle = step; angle < Math.min(most + 1, 180); angle += step) {
    curves.push(steps.map((share) => at(angle * DEGREES, 2 * Math.PI * share)));
  }
  for (let turn = 0; turn < 360; turn += 30) {
    curves.push(steps.map((share) => at(most * DEGREES * share, turn * DEGREES)));
  }
  const outline = steps.map((share) => {
    const turn = 2 * Math.PI * share;
    return { x: rounded(Math.cos(turn)), y: rounded(Math.sin(turn)), depth: 1 };
  });
  const parts = [...curves, outline].flatMap((curve) => visibleParts(curve, window));
  return parts.flatMap((part, curve) => part.map(({ x, y }, k) => ({ x, y, curve, k })));
}

/** The parts of a curve on the near side and near the window. */
function visibleParts(points: readonly Projected[], window: Window): Projected[][] {
  const near = 1.5 * window.half;
  const parts: Projected[][] = [[]];
  for (const point of points) {
    const inside = Math.abs(point.x - window.x) < near && Math.abs(point.y - window.y) < near;
    if (point.depth >= 0 && inside) parts[parts.length - 1].push(point);
    else if (parts[parts.length - 1].length > 0) parts.push([]);
  }
  return parts.filter((part) => part.length > 1);
}

/** How far from the limit, in degrees, a close-up's grid has to go. */
function reach({ half }: Window): number {
  return Math.min(180, Math.ceil((((3 * half) / Math.cos(TILT)) * 180) / Math.PI / 5) * 5);
}
