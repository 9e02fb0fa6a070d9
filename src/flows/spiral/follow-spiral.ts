import { bracketedRoot } from '../../numerics/roots.js';
import { dormandPrince } from '../direct/dormand-prince.js';
import { radau } from '../direct/radau.js';
import { noCounts, type OdeSystem } from '../stepper.js';
import { followSteps, type SteppedSystem } from '../follow-steps.js';
import {
  growthPerRadian,
  logValleyGradient,
  minusLogValley,
  onSphere,
  spiralJacobian,
  spiralVelocity,
  type SpiralPoint,
} from './valley.js';

/** One row of a run: where the direction is, and what else has come about. */
export interface SpiralRow extends SpiralPoint {
  /** log log ‖θ‖: ‖θ‖ itself and its logarithm's power L would not do. */
  readonly logLogNorm: number;
  /** −log(1 − γ̃), where γ̃ is the smoothed margin of one example: −log f. */
  readonly minusLogGap: number;
  /** Length of the path of the direction since the start, in radians. */
  readonly pathLength: number;
  /** ∫ of `growthPerRadian` since the start, where the run keeps to the curve; NaN elsewhere. */
  readonly growth: number;
}

/** How a run is followed. */
export interface SpiralOptions {
  /** Degree L of the margin. */
  readonly degree: number;
  /** Local error of a step, in each unknown. */
  readonly tolerance: number;
  /** The run is over once φ has come to this angle. */
  readonly untilPhi: number;
  readonly signal?: { readonly aborted: boolean } | undefined;
  readonly onRow?: (row: SpiralRow) => void;
}

/** The rows of a run, its start and every step. */
export interface SpiralRun {
  readonly rows: readonly SpiralRow[];
  readonly status: 'finished' | 'interrupted' | 'max-steps' | 'stalled';
}

/**
 * The flow along its invariant curve φ = s, from φ₀ > 1 on: the curve is known, so that only what comes about
 * on it is integrated, with φ for the clock. An explicit method of order 5.
 */
export function followCurve(phi0: number, options: SpiralOptions): SpiralRun {
  const { degree, tolerance, untilPhi } = options;
  const at = (phi: number): SpiralPoint => ({ s: phi, phi });
  const system: OdeSystem = {
    size: 4,
    field([phi, logLogNorm], into) {
      const velocity = spiralVelocity(at(phi));
      into[0] = 1;
      into[1] = normGrowth(at(phi), logLogNorm, degree) / velocity.phi;
      into[2] = velocity.speed / velocity.phi;
      into[3] = growthPerRadian(phi);
    },
    jacobian: noJacobian,
  };
  const read = ([phi, logLogNorm, pathLength, growth]: Float64Array): SpiralRow => ({
    ...at(phi),
    logLogNorm,
    minusLogGap: phi,
    pathLength,
    growth,
  });
  return followSteps(
    {
      system,
      stepper: dormandPrince(system, new Float64Array(4).fill(tolerance), noCounts()),
      y: Float64Array.of(phi0, startLogLogNorm(at(phi0), degree), 0, 0),
      read,
      longest: ({ phi }) => Math.min(MOST_RADIANS, untilPhi - phi),
    },
    options,
    ({ phi }) => phi >= untilPhi,
  );
}

/** Rows of a run along the curve lie at most so far apart, in radians. */
const MOST_RADIANS = 0.1;
/** From this phase on a run has left the curve, and its valley is as stiff as it is steep. */
const LEFT = 0.5;
/** On the floor of the valley rounding of the slope of its sides is larger than any finer tolerance. */
const LEAST_TOLERANCE = 1e-9;

/**
 * The flow from a point, held to nothing. As long as it is near the curve φ = s the three coordinates of the
 * direction are integrated as they stand, by an explicit method of order 5: an implicit one would damp what
 * grows. Once it has left the curve, for the floor of a valley whose sides are ever steeper, s and φ are
 * integrated implicitly.
 */
export function followFreely(start: SpiralPoint, options: SpiralOptions): SpiralRun {
  const { degree, untilPhi } = options;
  const isOver = ({ phi }: SpiralRow) => phi >= untilPhi;
  const hasLeft = (row: SpiralRow) => isOver(row) || Math.abs(row.phi - row.s) >= LEFT;
  const near = followSteps(
    nearCurve(start, startLogLogNorm(start, degree), options),
    options,
    hasLeft,
  );
  const last = near.rows[near.rows.length - 1];
  if (near.status !== 'finished' || isOver(last)) return near;
  const { rows, status } = followSteps(inValley(last, options), options, isOver);
  return { rows: [...near.rows, ...rows.slice(1)], status };
}

function nearCurve(
  start: SpiralPoint,
  logLogNorm: number,
  { degree, tolerance }: SpiralOptions,
): SteppedSystem<SpiralRow> {
  let turned = start.phi;
  /** The point above three coordinates, its angle on the branch next to where the run is. */
  const pointOf = (y: Float64Array): SpiralPoint => {
    const angle = Math.atan2(y[1], y[0]);
    const phi = angle + 2 * Math.PI * Math.round((turned - angle) / (2 * Math.PI));
    return { s: (y[0] ** 2 + y[1] ** 2 + y[2] ** 2) / y[2] ** 2, phi };
  };
  const system: OdeSystem = {
    size: 5,
    field(y, into) {
      const point = pointOf(y);
      const gradient = logValleyGradient(point);
      const depth = Math.exp(point.s - minusLogValley(point));
      for (let i = 0; i < 3; i++) into[i] = -depth * gradient[i];
      into[3] = normGrowth(point, y[3], degree);
      into[4] = spiralVelocity(point).speed;
    },
    jacobian: noJacobian,
  };
  return {
    system,
    stepper: dormandPrince(system, new Float64Array(5).fill(tolerance), noCounts()),
    y: Float64Array.of(...onSphere(start), logLogNorm, 0),
    read(y) {
      const point = pointOf(y);
      turned = point.phi;
      return freeRow(point, y[3], y[4]);
    },
    longest: () => Infinity,
  };
}

function inValley(from: SpiralRow, { degree, tolerance }: SpiralOptions): SteppedSystem<SpiralRow> {
  const system: OdeSystem = {
    size: 4,
    field([s, phi, logLogNorm], into) {
      const velocity = spiralVelocity({ s, phi });
      into[0] = velocity.s;
      into[1] = velocity.phi;
      into[2] = normGrowth({ s, phi }, logLogNorm, degree);
      into[3] = velocity.speed;
    },
    jacobian([s, phi, logLogNorm], into) {
      const [ss, sPhi, phiS, phiPhi] = spiralJacobian({ s, phi });
      const growth = normGrowth({ s, phi }, logLogNorm, degree);
      // ‖θ‖ and the length follow from s and φ: that their rows are rough costs iterations, not accuracy.
      into.set([ss, sPhi, 0, 0, phiS, phiPhi, 0, 0, growth, 0, -growth, 0, 0, 0, 0, 0]);
    },
  };
  return {
    system,
    stepper: radau(
      system,
      new Float64Array(4).fill(Math.max(tolerance, LEAST_TOLERANCE)),
      noCounts(),
    ),
    y: Float64Array.of(from.s, from.phi, from.logLogNorm, from.pathLength),
    read: ([s, phi, logLogNorm, length]) => freeRow({ s, phi }, logLogNorm, length),
    longest: () => Infinity,
  };
}

function freeRow(point: SpiralPoint, logLogNorm: number, pathLength: number): SpiralRow {
  const minusLogGap = minusLogValley(point);
  return { ...point, logLogNorm, minusLogGap, pathLength, growth: NaN };
}

/** log log ‖θ‖ where log α = 1 at a point: every run begins there. */
export function startLogLogNorm(point: SpiralPoint, degree: number): number {
  return Math.log((1 - Math.log1p(-Math.exp(-minusLogValley(point)))) / degree);
}

/** d log log ‖θ‖/dσ = L (1 − f) e^{s}/log ‖θ‖. */
function normGrowth(point: SpiralPoint, logLogNorm: number, degree: number): number {
  return -degree * Math.expm1(-minusLogValley(point)) * Math.exp(point.s - logLogNorm);
}

function noJacobian(): never {
  throw new Error('An explicit method asks for no Jacobian.');
}

/** The angle φ at which a deviation of the phase neither grows nor shrinks; it grows beyond. */
export function neutralAngle(): number {
  const [a, b] = [1.2, 3];
  return bracketedRoot(growthPerRadian, a, growthPerRadian(a), b, growthPerRadian(b), 0).x;
}

/**
 * How far the velocity points away from the curve φ = s, as a share of it: 0 but for rounding at every
 * φ > 1. The velocity is that of the three coordinates, and the curve's tangent comes from its own formula.
 */
export function invarianceResidual(phi: number): number {
  const point = { s: phi, phi };
  const velocity = logValleyGradient(point);
  const r = Math.sqrt((phi - 1) / phi);
  const growth = 1 / (2 * r * phi * phi);
  const tangent = [
    growth * Math.cos(phi) - r * Math.sin(phi),
    growth * Math.sin(phi) + r * Math.cos(phi),
    -0.5 * phi ** -1.5,
  ];
  const w = onSphere(point);
  const across = [0, 1, 2].map((i) => {
    const [j, k] = [(i + 1) % 3, (i + 2) % 3];
    return w[j] * tangent[k] - w[k] * tangent[j];
  });
  const along = Math.abs(across.reduce((sum, value, i) => sum + value * velocity[i], 0));
  return along / Math.hypot(...across) / Math.hypot(...velocity);
}

const PANELS = 2_000;

/** The logarithm by which a small deviation of the phase grows along the curve, from one angle to another. */
export function growthBetween(from: number, to: number): number {
  const h = (to - from) / PANELS;
  let sum = 0;
  for (let k = 0; k < PANELS; k++) {
    const at = from + k * h;
    sum += growthPerRadian(at) + 4 * growthPerRadian(at + h / 2) + growthPerRadian(at + h);
  }
  return (sum * h) / 6;
}
