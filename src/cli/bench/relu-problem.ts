import type { FlowPoint } from '../../flows/index.js';
import { lossNamed, type Objective } from '../../losses/index.js';
import { initialise, relu } from '../../networks/index.js';
import { randomStream } from '../../numerics/random.js';
import { readReference, type ReferenceRow } from './reference-problem.js';

/** The ReLU flow whose path is known, and others on its data. */
export interface ReluReference {
  readonly targets: readonly number[];
  readonly rows: readonly ReferenceRow[];
  /** Start 0 is the one of the reference, whose loss is the exponential one; the others are drawn. */
  start(loss: 'exponential' | 'logistic', start: number): ReluStart;
}

export interface ReluStart {
  readonly objective: Objective;
  readonly theta0: Float64Array;
}

export function reluReference(): ReluReference {
  const { file, bind } = readReference('relu');
  const { theta0, rows, targets } = file;
  return {
    targets,
    rows,
    start(loss, start) {
      const descended = bind(relu, lossNamed(loss));
      const stream = randomStream(start).split('initialisation');
      return {
        objective: descended,
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
    const { kinks: expected = [] } = rows[k];
    if (kinks.length !== expected.length) largest = NaN;
    for (const [example, unit, slope] of expected) {
      const found = kinks.find((kink) => kink.example === example && kink.unit === unit);
      largest = Math.max(largest, Math.abs((found?.slope ?? NaN) - slope));
    }
  });
  return largest;
}
