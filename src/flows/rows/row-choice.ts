import type { Layer } from '../../networks/layer.js';

/** A unit, for the example of one of the margin rows, whose preactivation is asked to stay zero. */
export interface KinkRow {
  readonly example: number;
  /** Index into the margin rows: one of the example's. */
  readonly row: number;
  /** Counted through all layers with kinks. */
  readonly unit: number;
  /** The layer whose output the preactivation is, and its place there. */
  readonly layer: number;
  readonly place: number;
}

/** What rows stand for: pairs of an objective, kinks, and the layers (some gated) to use. */
export interface RowChoice {
  /** Indices into the objective's margins. */
  readonly pairs: readonly number[];
  /** Those of later layers first. */
  readonly kinks: readonly KinkRow[];
  readonly layers: readonly Layer[];
}
