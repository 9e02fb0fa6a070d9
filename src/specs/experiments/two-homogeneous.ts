import type { ProblemSpec } from '../spec-types.js';

/** Gradient flow of a two-layer network of degree 2, held against the best margin of any width. */
export interface TwoHomogeneousExperiment {
  readonly kind: 'two-homogeneous';
  readonly problem: ProblemSpec;
  /** The run ends at α = 10^decades. */
  readonly decades: number;
}

/** Two gradient flows of a two-layer network: from a start, and from the same with every unit split in two. */
export interface SplitUnitsExperiment {
  readonly kind: 'split-units';
  readonly problem: ProblemSpec;
  readonly decades: number;
  /** β: a unit becomes √β and √(1−β) times itself. */
  readonly share: number;
}
