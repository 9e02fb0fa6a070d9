import type { ProblemSpec } from '../spec-types.js';

/** What a two-layer network computes over the plane through training, beside its own tangent kernel. */
export interface SurfaceCourseExperiment {
  readonly kind: 'surface-course';
  /** Data in the plane; a two-layer network with both layers trained. */
  readonly problem: ProblemSpec;
  /** The flow goes to α = 10^decades. */
  readonly decades: number;
  /**
   * The second half of the units starts as the first with opposite output weights, so that the network is 0 at
   * its start; with a start of large scale it then stays near its linearisation for long: it is lazy.
   */
  readonly opposed?: boolean;
}
