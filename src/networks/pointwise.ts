import type { PointwiseLoops } from './pointwise-loops.js';

/** A pointwise function with its first two derivatives. */
export interface Pointwise {
  readonly name: string;
  /**
   * σ(cz) = c^power σ(z) for c > 0, at least 1. Left out where there is no such power, as with a breakpoint
   * away from 0: such networks are trained by descent, and the flow and limits refuse them.
   */
  readonly power?: number;
  /** True where σ′ is locally Lipschitz, which Theorem 4.1 of Ji & Telgarsky (2020) asks for. */
  readonly smooth: boolean;
  /** Where it is linear on both sides of 0 with a kink there: the two slopes. */
  readonly slopes?: readonly [number, number];
  /** True where the curvature is huge somewhere. */
  readonly steep?: boolean;
  value(z: number): number;
  slope(z: number): number;
  curvature(z: number): number;
  /** The same on whole arrays, where that is faster than a call for each number. */
  readonly loops?: PointwiseLoops;
}

/** One with a degree: what flows and limits ask for. */
export type HomogeneousPointwise = Pointwise & { readonly power: number };
