import type { Operation, Wiring } from '../../float64/operation.js';
import { placesOf } from '../../float64/places.js';
import type { AnyNode } from '../../nodes.js';
import type { ImageNodeKind } from '../kind.js';
import type { PointwiseName } from './functions.js';
import { pointwiseFunctions } from './functions.js';

/** One function of every number. */
export interface PointwiseNode extends AnyNode {
  readonly kind: 'pointwise';
  readonly function: PointwiseName;
  /** What the function takes beside the number: a slope, a factor, a power. */
  readonly numbers: readonly number[];
}

function pointwiseOperation(
  { function: name, numbers }: PointwiseNode,
  { x, y, gx, gy }: Wiring,
): Operation {
  const { value, slope } = pointwiseFunctions[name];
  const [a = 0, b = 0] = numbers;
  const { examples, image } = y.layout;
  const places = placesOf(y);
  return {
    forward() {
      for (const place of places) {
        for (let i = 0, p = place; i < examples; i++, p += image)
          y.data[p] = value(x.data[p], a, b);
      }
    },
    backward() {
      if (gx === undefined) return;
      const back = gx.tensor.data;
      for (const place of places) {
        for (let i = 0, p = place; i < examples; i++, p += image) {
          const g = gy.data[p] * slope(x.data[p], a, b);
          back[p] = gx.add ? back[p] + g : g;
        }
      }
    },
  };
}

/** Functions of every number, for the engine in float64 and every count. */
export const pointwiseKind: ImageNodeKind<PointwiseNode> = {
  node: 'pointwise',
  operation: (node, { wiring }) => pointwiseOperation(node, wiring),
  memory: 'own',
  forgotten: true,
  addsDegree: 0,
  leadingDegree: ({ function: name, numbers }, [input]) =>
    pointwiseFunctions[name].order(...numbers) * input,
  logSize: ({ function: name, numbers }, [input]) =>
    pointwiseFunctions[name].order(...numbers) * input,
};
