import type { FlowStatus } from '../flows/index.js';
import type { ProblemRecord } from './problem.js';

/** The beginning of a flow: how far it came, and where its units turned meanwhile. */
export interface EarlyFlowRecord {
  readonly kind: 'early-flow';
  readonly problem: ProblemRecord;
  readonly status: FlowStatus;
  /** How it ended, in a sentence. */
  readonly message: string;
  /** ℓ⁻¹(n ℓ(0)): the α of a network that outputs 0 for all n examples. */
  readonly idleAlpha: number;
  /** One number for each row, the start first; α, log ‖θ‖ and log t. */
  readonly alpha: Float64Array;
  readonly logNorm: Float64Array;
  readonly logTime: Float64Array;
  /** The largest |Φ(x; θ)| over the training inputs. */
  readonly largestOutput: Float64Array;
  /** Where units of a two-layer ReLU network of two inputs are drawn to; undefined for other networks. */
  readonly attraction?: UnitAttraction;
}

/** Units of a two-layer ReLU network in the plane, and the directions that attract them early. */
export interface UnitAttraction {
  /** Directions for units of positive and of negative output weight, angles in [0, 2π). */
  readonly positive: readonly number[];
  readonly negative: readonly number[];
  /** Mean angle of the units to the nearest direction of their sign, weighted by mass, for each row. */
  readonly meanAngle: Float64Array;
  /** The units at the start and at the end of the run. */
  readonly start: readonly PlaneUnit[];
  readonly end: readonly PlaneUnit[];
}

/** One unit x ↦ a max(0, w·x) of a network in the plane. */
export interface PlaneUnit {
  /** Of w, in [0, 2π). */
  readonly angle: number;
  /** Of a. */
  readonly sign: number;
  /** Share of a² + ‖w‖² in ‖θ‖²: all units add up to 1. */
  readonly mass: number;
}
