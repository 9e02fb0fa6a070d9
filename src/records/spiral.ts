/** A run of the direction on the sphere: columns with an entry for each row. */
export interface SpiralColumns {
  /** The angle around the axis, in radians, counted on over whole turns. */
  readonly phi: Float64Array;
  /** 1/(1 − r²), where r is the distance from the axis; the curve is φ = s. */
  readonly s: Float64Array;
  /** log log ‖θ‖. */
  readonly logLogNorm: Float64Array;
  /** −log(1 − γ̃), γ̃ the smoothed margin. */
  readonly minusLogGap: Float64Array;
  /** Length of the path of the direction since the start, in radians. */
  readonly pathLength: Float64Array;
}

/** A run that started beside the curve, and how its deviation grew. */
export interface PerturbedRun {
  /** Deviation of the phase at the start. */
  readonly perturbation: number;
  /** φ where the deviation has come to `grownTo`; NaN where it never did. */
  readonly leaves: number;
  readonly grownTo: number;
  /** log of the growth from the start to there, as the run has it and by the linearised equation. */
  readonly measured: number;
  readonly predicted: number;
  readonly run: SpiralColumns;
}

/** Flow on a margin whose directions circle for ever. */
export interface SpiralRecord {
  readonly kind: 'spiral';
  /** How the runs ended, in a sentence. */
  readonly message: string;
  readonly degree: number;
  /** φ at the start of all runs. */
  readonly start: number;
  /** φ from which on deviations from the curve grow. */
  readonly neutral: number;
  /** Growth of a deviation per radian, as a logarithm, where r = 0.9. */
  readonly growth: number;
  /** Along the invariant curve. */
  readonly curve: SpiralColumns;
  /** Largest share of the velocity that points away from the curve, over its rows. */
  readonly residual: number;
  /** From the same start, held to nothing, and φ where it is a tenth of a radian of phase away. */
  readonly free: SpiralColumns;
  readonly leaves: number;
  readonly perturbed: readonly PerturbedRun[];
}
