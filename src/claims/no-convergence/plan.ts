import type { RecordsOf } from '../../records/index.js';
import type { SpiralExperiment } from '../../specs/experiments/spiral.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';

/** Turns that each run has to make: enough to compare the last units of log log ‖θ‖ with each other. */
export const LEAST_TURNS = 3;
/** The last units of log log ‖θ‖ whose lengths are compared; a turn takes about 6.3 of them. */
export const UNITS = 6;
/** The residual of the curve: some hundred roundings of terms that grow like φ². */
export const RESIDUAL = 1e-11;
/** How far the measured growth of a deviation may be from the linearised one, as a share. */
export const GROWTH = 0.02;
/**
 * Within so many radians of the angle where the curve turns unstable, rounding has grown by more than 10¹⁶:
 * ∫ 4 φ (φ − 1)² dφ passes 37 before that.
 */
export const LEAVES_WITHIN = 2;

const TURNS: Record<Scale, number> = { smoke: 3, standard: 5, full: 8 };
const PERTURBATIONS = [1e-4, 1e-6, 1e-8];

/** The flow with margin ‖θ‖² (1 − f), for a number of turns. */
export function spiralPlan({ scale, seed }: PlanSettings): SpiralExperiment {
  return { kind: 'spiral', degree: 2, turns: TURNS[scale], perturbations: PERTURBATIONS, seed };
}

/** The experiments of `no-convergence` for a scale and a seed. */
export function noConvergencePlan(settings: PlanSettings) {
  return { spiral: spiralPlan(settings) };
}

/** What the claim is judged by. */
export type NoConvergenceRecord = RecordsOf<ReturnType<typeof noConvergencePlan>>;
