import type { SerialObjective } from '../../losses/objective.js';
import { norm } from '../../numerics/vectors.js';
import { imbalanceOf, residualOf, type Approach } from './approach.js';
import type { Blocks } from './blocks.js';
import { convexStep } from './convex-step.js';
import { tangentStep } from './tangent-step.js';
import type { Turns } from '../turns.js';

/** Newton's method is damped by no less: KKT points may form a manifold, on which its matrix is singular. */
const LEAST_DAMPING = 1e-4;
const MOST_DAMPING = 4;
/** With less damping than this, steps are as good as Newton's. */
const NEWTON = 1e-2;
/** Steps shorter than this are down to rounding … */
const ROUNDING = 1e-13;
/** … and so are shorter ones than this, once they no longer shrink by a tenth. */
const NEARLY_ROUNDING = 1e-9;
const STALLED = 3;
/** Where so many steps in a row have found other constraints, only each fourth one is tried along them. */
const PATIENCE = 8;
const SELDOM = 4;
/** What is left of the KKT conditions where kinks of many units make rounding of it. */
const NEARLY_MET = 1e-12;
/** The normalized margin may fall by this share in a step: rounding, of θ as of the margins. */
const FALL = 1e-10;
/** … unless the residual of the KKT conditions falls by this factor. */
const NEARER = 0.5;

/** How an approach ended. */
export interface Arrival {
  readonly at: Approach;
  readonly steps: number;
}

/**
 * Follows the late flow for infinite α from where a run has come, by steps that grow longer, to the
 * KKT point that it goes to. Along the constraints that press, steps are those of an implicit method
 * and turn into Newton's; where other constraints come to press, a step that is convex in all
 * parameters finds out which. Each has to raise the normalized margin, as the flow does. A turn for each step.
 */
export function* followApproach(
  objective: SerialObjective,
  blocks: Blocks,
  begin: Approach,
  mostSteps: number,
): Turns<Arrival> {
  let at = convexStep(objective, blocks, begin);
  let damping = 1;
  let shortest = Infinity;
  let stalled = 0;
  let refusals = 0;
  let nearest: Near | undefined;
  for (let steps = 1; steps <= mostSteps; steps++) {
    const isTried = refusals < PATIENCE || refusals % SELDOM === 0;
    const along = isTried ? alongConstraints(objective, blocks, at, damping) : undefined;
    refusals = along ? 0 : refusals + 1;
    if (along) {
      at = along.at;
      damping = Math.max(LEAST_DAMPING, along.damping / 4);
    } else {
      at = rising(at, (from) => convexStep(objective, blocks, from));
      damping = Math.min(MOST_DAMPING, 3 * damping);
    }
    const { moved } = at;
    // On a manifold of KKT points steps go on for ever, along it, by what rounding leaves.
    const before = nearest;
    nearest = damping < NEWTON ? nearer(objective, blocks, nearest, at) : undefined;
    stalled = moved < 0.9 * shortest ? 0 : stalled + 1;
    shortest = Math.min(shortest, moved);
    const arrived = moved < ROUNDING || (moved < NEARLY_ROUNDING && stalled >= STALLED);
    if (arrived || (nearest && isMet(nearest, before))) return { at: nearest?.at ?? at, steps };
    yield;
  }
  return { at: nearest?.at ?? at, steps: mostSteps };
}

interface Near {
  readonly at: Approach;
  /** What is left of the KKT conditions there. */
  readonly off: number;
}

/** Whether rounding is all that is left of the KKT conditions, or nearly, where a step no longer halves it. */
function isMet({ off }: Near, before: Near | undefined): boolean {
  return off < ROUNDING || (before !== undefined && off < NEARLY_MET && off > NEARER * before.off);
}

/** The one of the two that meets the KKT conditions better. */
function nearer(
  objective: SerialObjective,
  blocks: Blocks,
  nearest: Near | undefined,
  at: Approach,
): Near {
  const off = Math.max(residualOf(objective, blocks, at), imbalanceOf(objective, at));
  return nearest && nearest.off <= off ? nearest : { at, off };
}

/** A step along the present constraints with the least damping, from the given one on, that it takes. */
function alongConstraints(
  objective: SerialObjective,
  blocks: Blocks,
  from: Approach,
  least: number,
): { at: Approach; damping: number } | undefined {
  const residual = (to: Approach) => residualOf(objective, blocks, to);
  const comesNearer = (to: Approach) => residual(to) < NEARER * residual(from);
  for (let damping = least; damping <= 2 * MOST_DAMPING; damping *= 3) {
    const next = tangentStep(objective, blocks, from, damping);
    if (next === 'constraints change') return undefined;
    if (next === 'not convex') continue;
    // Newton's method may lose margin on its way, if only it comes nearer.
    if (!falls(from, next) || comesNearer(next)) {
      return { at: next, damping };
    }
  }
  return undefined;
}

/** The step, repeated with more damping as long as the margin falls. */
function rising(from: Approach, step: (from: Approach) => Approach): Approach {
  let next = step(from);
  for (let tries = 0; tries < 6 && falls(from, next); tries++) {
    next = step({ ...from, damping: 4 * next.damping });
  }
  return next;
}

/** ‖θ‖ at a smallest margin of 1 is the normalized margin to the power −1/L. */
function falls(from: Approach, to: Approach): boolean {
  return norm(to.theta) > norm(from.theta) * (1 + FALL);
}
