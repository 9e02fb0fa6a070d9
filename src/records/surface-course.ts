import type { PlaneScores } from '../metrics/index.js';
import type { ProblemRecord } from './problem.js';

/** The surface at one moment; angles are between functions on a grid over the frame, radians. */
export interface SurfaceStage {
  readonly name: string;
  readonly alpha: number;
  /** Angle to the maximum-margin predictor of the tangent kernel at the start. */
  readonly toKernel: number;
  /** Angle to the surface where every example is first classified. */
  readonly toFirst: number;
  /** Angle to the last surface of the run. */
  readonly toLast: number;
  /** Share of the grid that another class is predicted for than by the kernel's predictor … */
  readonly otherThanKernel: number;
  /** … and than by the first surface. */
  readonly otherThanFirst: number;
}

/** What `surface-course` leaves. */
export interface SurfaceCourseRecord {
  readonly kind: 'surface-course';
  readonly problem: ProblemRecord;
  readonly width: number;
  /** Whether the network was 0 at its start. */
  readonly opposed: boolean;
  /** The kernel's largest margin over unit directions, and what is left to the bound of it. */
  readonly kernelMargin: number;
  readonly kernelGap: number;
  /** Whether the flow came to its last α. */
  readonly finished: boolean;
  /** Whether every example was first classified on the way, and not by the start. */
  readonly fitsOnTheWay: boolean;
  /** How it ended, in a sentence. */
  readonly message: string;
  /** First perfect classification, where it was met in the run, then α = 1, 10, …, in order. */
  readonly stages: readonly SurfaceStage[];
  /** Scores over the plane, each divided by its own root mean square. */
  readonly surfaces: PlaneScores;
}
