import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowPoint } from '../../flows/index.js';
import { exponentialLoss, logisticLoss, objective, type Objective } from '../../losses/index.js';
import { projectRoot } from '../../native/index.js';
import { gatedRelu, initialise, relu, twoLayer } from '../../networks/index.js';
import { randomStream } from '../../numerics/random.js';

/** Preactivations of θ/‖θ‖ this near to 0 are on the kink for the limit solver. */
export const KINK_WIDTH = 1e-7;

interface ReferenceRow {
  readonly direction: readonly number[];
  /** [example, unit, slope] for every kink that the flow slides on. */
  readonly kinks: readonly (readonly [number, number, number])[];
}

interface ReferenceFile {
  readonly network: { readonly inputs: number; readonly width: number };
  readonly targets: readonly number[];
  readonly inputs: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly theta0: readonly number[];
  readonly rows: readonly ReferenceRow[];
}

/** The ReLU flow whose path is known, and others on its data. */
export interface ReluReference {
  readonly targets: readonly number[];
  readonly rows: readonly ReferenceRow[];
  /** Start 0 is the one of the reference, whose loss is the exponential one; the others are drawn. */
  start(loss: 'exponential' | 'logistic', start: number): ReluStart;
}

export interface ReluStart {
  readonly objective: Objective;
  /** The objective whose KKT points are the flow's limits. */
  readonly limit: Objective;
  readonly theta0: Float64Array;
}

export function reluReference(): ReluReference {
  const path = join(projectRoot, 'datasets', 'reference', 'flow-relu.json');
  const { network, inputs, labels, theta0, rows, targets } = JSON.parse(
    readFileSync(path, 'utf8'),
  ) as ReferenceFile;
  const bind = (pointwise: typeof relu, loss: 'exponential' | 'logistic') =>
    objective(
      twoLayer(network.inputs, network.width, pointwise),
      Float64Array.from(inputs.flat()),
      Float64Array.from(labels),
      loss === 'exponential' ? exponentialLoss : logisticLoss,
    );
  return {
    targets,
    rows,
    start(loss, start) {
      const descended = bind(relu, loss);
      const stream = randomStream(start).split('initialisation');
      return {
        objective: descended,
        limit: bind(gatedRelu(KINK_WIDTH), loss),
        theta0:
          start === 0
            ? Float64Array.from(theta0)
            : initialise(descended.network, 'he', stream, START_SCALE),
      };
    },
  };
}

/** Of He's initialisation, as in the runs of the claims. */
const START_SCALE = 0.3;

/**
 * The largest difference of a slope from the reference's at the same target; NaN where other kinks
 * slide.
 */
export function slopeError(points: readonly FlowPoint[], rows: readonly ReferenceRow[]): number {
  let largest = 0;
  points.forEach(({ kinks = [] }, k) => {
    if (kinks.length !== rows[k].kinks.length) largest = NaN;
    for (const [example, unit, slope] of rows[k].kinks) {
      const found = kinks.find((kink) => kink.example === example && kink.unit === unit);
      largest = Math.max(largest, Math.abs((found?.slope ?? NaN) - slope));
    }
  });
  return largest;
}
