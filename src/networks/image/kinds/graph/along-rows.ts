import type { Operation, Wiring } from '../../float64/operation.js';
import type { AnyNode, PlainNode } from '../../nodes.js';
import type { ImageNodeKind } from '../kind.js';

/** Each row of `width` numbers minus its mean, divided by √(variance + ε); or divided by √(mean square + ε). */
export interface NormaliseNode extends AnyNode {
  readonly kind: 'normalise';
  readonly epsilon: number;
  /** True where the mean is taken away first. */
  readonly centred: boolean;
}

/** Calls `visit` with the places where every row of every image begins in x, and in y. */
function eachRow({ x, y }: Pick<Wiring, 'x' | 'y'>, visit: (p: number, q: number) => void): void {
  const { examples, height } = y.layout;
  for (let c = 0; c < y.channels; c++) {
    for (let i = 0; i < examples; i++) {
      let p = c * x.layout.channel + x.layout.lead + i * x.layout.image;
      let q = c * y.layout.channel + y.layout.lead + i * y.layout.image;
      for (let r = 0; r < height; r++, p += x.layout.row, q += y.layout.row) visit(p, q);
    }
  }
}

function normaliseOperation({ epsilon, centred, shape }: NormaliseNode, wiring: Wiring): Operation {
  const { x, y, gx, gy } = wiring;
  const { width } = shape;
  const inverses: number[] = [];
  return {
    forward() {
      inverses.length = 0;
      eachRow(wiring, (p, q) => {
        let mean = 0;
        if (centred) for (let k = 0; k < width; k++) mean += x.data[p + k] / width;
        let square = 0;
        for (let k = 0; k < width; k++) square += (x.data[p + k] - mean) ** 2 / width;
        const inverse = 1 / Math.sqrt(square + epsilon);
        inverses.push(inverse);
        for (let k = 0; k < width; k++) y.data[q + k] = (x.data[p + k] - mean) * inverse;
      });
    },
    backward() {
      if (gx === undefined) return;
      const back = gx.tensor.data;
      let row = 0;
      eachRow(wiring, (p, q) => {
        const inverse = inverses[row++];
        let mean = 0;
        let product = 0;
        for (let k = 0; k < width; k++) {
          if (centred) mean += gy.data[q + k] / width;
          product += (gy.data[q + k] * y.data[q + k]) / width;
        }
        for (let k = 0; k < width; k++) {
          const g = inverse * (gy.data[q + k] - mean - y.data[q + k] * product);
          back[p + k] = gx.add ? back[p + k] + g : g;
        }
      });
    },
  };
}

/** Rows made of one size, for the engine in float64 and every count. */
export const normaliseKind: ImageNodeKind<NormaliseNode> = {
  node: 'normalise',
  operation: (node, { wiring }) => normaliseOperation(node, wiring),
  memory: 'own',
  forgotten: false,
  addsDegree: 0,
  leadingDegree: () => 0,
  logSize: () => 0,
};

function softmaxOperation(width: number, wiring: Wiring): Operation {
  const { x, y, gx, gy } = wiring;
  return {
    forward: () =>
      eachRow(wiring, (p, q) => {
        let most = -Infinity;
        for (let k = 0; k < width; k++) most = Math.max(most, x.data[p + k]);
        let sum = 0;
        for (let k = 0; k < width; k++) sum += y.data[q + k] = Math.exp(x.data[p + k] - most);
        for (let k = 0; k < width; k++) y.data[q + k] /= sum;
      }),
    backward() {
      if (gx === undefined) return;
      const back = gx.tensor.data;
      eachRow(wiring, (p, q) => {
        let mean = 0;
        for (let k = 0; k < width; k++) mean += gy.data[q + k] * y.data[q + k];
        for (let k = 0; k < width; k++) {
          const g = y.data[q + k] * (gy.data[q + k] - mean);
          back[p + k] = gx.add ? back[p + k] + g : g;
        }
      });
    },
  };
}

/** exp over the sum of exp of each row, for the engine in float64 and every count. */
export const softmaxKind: ImageNodeKind<PlainNode<'softmax'>> = {
  node: 'softmax',
  operation: ({ shape }, { wiring }) => softmaxOperation(shape.width, wiring),
  memory: 'own',
  forgotten: false,
  addsDegree: 0,
  leadingDegree: () => 0,
  logSize: () => 0,
};

function meanOperation(wiring: Wiring): Operation {
  const { x, y, gx, gy } = wiring;
  const { width } = x.layout;
  return {
    forward: () =>
      eachRow(wiring, (p, q) => {
        let sum = 0;
        for (let k = 0; k < width; k++) sum += x.data[p + k];
        y.data[q] = sum / width;
      }),
    backward() {
      if (gx === undefined) return;
      const back = gx.tensor.data;
      eachRow(wiring, (p, q) => {
        const g = gy.data[q] / width;
        for (let k = 0; k < width; k++) back[p + k] = gx.add ? back[p + k] + g : g;
      });
    },
  };
}

/** The mean of each row, for the engine in float64 and every count. */
export const rowMeanKind: ImageNodeKind<PlainNode<'row-mean'>> = {
  node: 'row-mean',
  operation: (_node, { wiring }) => meanOperation(wiring),
  memory: 'own',
  forgotten: true,
  addsDegree: 0,
};
