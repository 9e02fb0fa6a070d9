/** Flow on a margin whose directions circle for ever: along its invariant curve, and held to nothing. */
export interface SpiralExperiment {
  readonly kind: 'spiral';
  /** Degree L of the margin. */
  readonly degree: number;
  /** Turns around the axis that each run makes. */
  readonly turns: number;
  /** Deviations of the phase from the curve with which further runs start. */
  readonly perturbations: readonly number[];
  /** Decides the angle at which all of them start. */
  readonly seed: number;
}
