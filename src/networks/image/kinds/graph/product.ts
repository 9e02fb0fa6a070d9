import { algebraForProduct } from '../../../../numerics/linear-algebra.js';
import type { Tensor } from '../../float64/layout.js';
import type { Operation } from '../../float64/operation.js';
import { placesOf } from '../../float64/places.js';
import type { Operand } from '../../float64/pointwise.js';
import type { AnyNode, PlainNode } from '../../nodes.js';
import type { ImageNodeKind } from '../kind.js';

function productOperation([a, b]: readonly Operand[], y: Tensor, gy: Tensor): Operation {
  const { examples, image } = y.layout;
  const places = placesOf(y);
  const give = ({ gx }: Operand, { x: other }: Operand) => {
    if (gx === undefined) return;
    const back = gx.tensor.data;
    for (const place of places) {
      for (let i = 0, p = place; i < examples; i++, p += image) {
        const g = gy.data[p] * other.data[p];
        back[p] = gx.add ? back[p] + g : g;
      }
    }
  };
  return {
    forward() {
      for (const place of places) {
        for (let i = 0, p = place; i < examples; i++, p += image) {
          y.data[p] = a.x.data[p] * b.x.data[p];
        }
      }
    },
    backward() {
      give(a, b);
      give(b, a);
    },
  };
}

const added = (inputs: readonly number[]) => inputs.reduce((sum, input) => sum + input, 0);

/** Two inputs multiplied number by number, for the engine in float64 and every count. */
export const productKind: ImageNodeKind<PlainNode<'product'>> = {
  node: 'product',
  operation: (_node, { operands, y, gy }) => productOperation(operands, y, gy),
  memory: 'own',
  forgotten: true,
  addsDegree: 0,
  leadingDegree: (_node, inputs) => added(inputs),
  logSize: (_node, inputs) => added(inputs),
};

/** channels × (height×inner) times channels × (inner×width), one matrix product for each channel. */
export interface MatrixProductNode extends AnyNode {
  readonly kind: 'matrix-product';
  readonly inner: number;
}

function matrixProductOperation(
  { inner, shape }: MatrixProductNode,
  [a, b]: readonly Operand[],
  y: Tensor,
  gy: Tensor,
): Operation {
  const { examples } = y.layout;
  const { channels, height: rows, width: columns } = shape;
  const at = ({ layout }: Tensor, c: number, i: number) =>
    c * layout.channel + layout.lead + i * layout.image;
  const each = (visit: (c: number, i: number) => void) => {
    for (let c = 0; c < channels; c++) for (let i = 0; i < examples; i++) visit(c, i);
  };
  const algebra = algebraForProduct(rows * columns * inner);
  return {
    forward: () =>
      each((c, i) =>
        // prettier-ignore
        algebra.gemm(
          false, false, rows, columns, inner, 1,
          a.x.data, at(a.x, c, i), a.x.layout.row, b.x.data, at(b.x, c, i), b.x.layout.row,
          0, y.data, at(y, c, i), y.layout.row,
        ),
      ),
    backward() {
      const [ga, gb] = [a.gx, b.gx];
      // prettier-ignore
      if (ga) {
        each((c, i) => algebra.gemm(
          false, true, rows, inner, columns, 1,
          gy.data, at(gy, c, i), gy.layout.row, b.x.data, at(b.x, c, i), b.x.layout.row,
          ga.add ? 1 : 0, ga.tensor.data, at(ga.tensor, c, i), ga.tensor.layout.row,
        ));
      }
      // prettier-ignore
      if (gb) {
        each((c, i) => algebra.gemm(
          true, false, inner, columns, rows, 1,
          a.x.data, at(a.x, c, i), a.x.layout.row, gy.data, at(gy, c, i), gy.layout.row,
          gb.add ? 1 : 0, gb.tensor.data, at(gb.tensor, c, i), gb.tensor.layout.row,
        ));
      }
    },
  };
}

/** Matrix products of two inputs, for the engine in float64 and every count. */
export const matrixProductKind: ImageNodeKind<MatrixProductNode> = {
  node: 'matrix-product',
  operation: (node, { operands, y, gy }) => matrixProductOperation(node, operands, y, gy),
  memory: 'own',
  forgotten: true,
  addsDegree: 0,
  leadingDegree: (_node, inputs) => added(inputs),
  multiplyAdds: ({ inner, shape }) => shape.channels * shape.height * shape.width * inner,
  logSize: (_node, inputs) => added(inputs),
};
