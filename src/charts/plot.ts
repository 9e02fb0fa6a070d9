import type { Axis } from './axis.js';

/** One curve: two columns of the same length, x increasing. */
export interface Series {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Which colour of the palette and which dash; by default those of its place in the list. */
  readonly color?: number;
  readonly dash?: number;
  /** Marks every point as well. */
  readonly points?: boolean;
  /** Drawn wide and pale beneath the others, which may run along it. */
  readonly beneath?: boolean;
}

/** A thin line across the chart at one value of an axis, with a few words. */
export interface ReferenceLine {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly label: string;
  /** The words of a line across x stand at its foot, for charts whose curves pass its top. */
  readonly atFoot?: boolean;
}

/** What one pair of axes shows. */
export interface Plot {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly references?: readonly ReferenceLine[];
  /** Curves stay level between their points, as for shares of examples. */
  readonly steps?: boolean;
  /** The series follow an order, such as that of α or of sizes: their colours go from light to dark. */
  readonly ordered?: boolean;
}
