import { firstRemembered } from '../flows/index.js';
import type { Phase } from './phases.js';

/** How a phase, and with its last phase a run, ended. */
export interface Ending {
  /**
   * `finished`: the goal, or without one the last epoch, was reached; `max-steps`: the phase used up
   * its steps or epochs before; `step-underflow`: the steps are lost in rounding; `not-finite`: the
   * risk is not a number any more.
   */
  readonly status: 'finished' | 'max-steps' | 'step-underflow' | 'not-finite';
  /** One sentence. */
  readonly message: string;
}

/**
 * All that a training has to know to go on, at a moment between two steps: going on from a copy gives
 * the same bytes as never having stopped. The order of mini-batches is drawn again from seed, phase
 * and epoch, and gradients are computed again at θ.
 */
export interface TrainingState {
  /** The phase at work, from 0; the number of phases where all have ended. */
  phase: number;
  /** Mini-batches, or steps tried, since the phase began. */
  phaseStep: number;
  steps: number;
  epochs: number;
  /** Images misclassified in this epoch so far. */
  wrong: number;
  /** True where all that follows a whole epoch has been done. */
  epochClosed: boolean;
  /** True where the last step changed no parameter. */
  stuck: boolean;
  pathLength: number;
  /** What a step rule remembers, as a of the loss-scaled one; relative length of implicit steps. */
  stepSize: number;
  /** Rows so far, and the step of the last. */
  rows: number;
  rowStep: number;
  /** α that the next row is measured against, as the phase measures it: see `hasGrown`. */
  referenceAlpha: number;
  /** The last decade of α that kept its θ. */
  decade: number;
  theta: Float64Array;
  /** θ at the last row. */
  rowTheta: Float64Array;
  /** What momentum carries on; empty without. */
  velocity: Float64Array;
  /** The endings of the phases before. */
  endings: Ending[];
}

/** A run before its first row. */
export function freshState(theta: Float64Array, phases: readonly Phase[]): TrainingState {
  const state: TrainingState = {
    phase: 0,
    phaseStep: 0,
    steps: 0,
    epochs: 0,
    wrong: 0,
    epochClosed: true,
    stuck: false,
    pathLength: 0,
    stepSize: 0,
    rows: 0,
    rowStep: -1,
    referenceAlpha: NaN,
    decade: -1,
    theta,
    rowTheta: theta.slice(),
    velocity: new Float64Array(0),
    endings: [],
  };
  enterPhase(state, phases);
  return state;
}

/** Sets what each phase begins anew. */
export function enterPhase(state: TrainingState, phases: readonly Phase[]): void {
  const phase = phases.at(state.phase);
  state.phaseStep = 0;
  state.wrong = 0;
  state.epochClosed = true;
  state.stuck = false;
  state.referenceAlpha = NaN;
  state.stepSize = phase ? firstStepSize(phase) : 0;
  const momentum = phase && phase.kind !== 'implicit' ? (phase.momentum ?? 0) : 0;
  state.velocity = new Float64Array(momentum > 0 ? state.theta.length : 0);
}

function firstStepSize(phase: Phase): number {
  if (phase.kind === 'implicit') return phase.first;
  return phase.kind === 'descent' ? firstRemembered(phase.rule) : 0;
}
