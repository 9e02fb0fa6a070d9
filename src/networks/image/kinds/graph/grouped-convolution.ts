import type { Block } from '../../../layer.js';
import type { Layout } from '../../float64/layout.js';
import { multiply, partOf, type Operation, type Wiring } from '../../float64/operation.js';
import type { AnyNode } from '../../nodes.js';
import { weightSlots } from '../../slots.js';
import type { ImageNodeKind } from '../kind.js';
import { multiplyAddsOf } from '../weights.js';
import { eachPlace, tapsOf, type Windows } from './windows.js';

/** A cross-correlation of any kernel, stride, dilation and padding, in groups of channels. */
export interface GroupedConvolutionNode extends AnyNode, Windows {
  readonly kind: 'grouped-convolution';
  readonly groups: number;
  /** filters × (channels of a group · kernel height · kernel width), row-major. */
  readonly weights: Block;
  readonly bias: Block | undefined;
}

/** Numbers of gathered columns that products take at a time. */
const CHUNK = 2 ** 16;

const pixelsOf = ({ height, width }: Layout) => height * width;

function imagesTogether(rows: number, layout: Layout): number {
  return Math.min(layout.examples, Math.max(1, Math.round(CHUNK / (rows * pixelsOf(layout)))));
}

/** Numbers of working memory: the columns, and as many outputs, of the images taken together. */
function scratchOf({ weights, groups }: GroupedConvolutionNode, layout: Layout): number {
  const outputs = weights.rows / groups;
  return (weights.columns + outputs) * pixelsOf(layout) * imagesTogether(weights.columns, layout);
}

/** For each tap of the kernel, [pixel of the output, place in an image of the input] pairs, flat. */
function pairsOf(node: GroupedConvolutionNode, from: Layout, to: Layout): Int32Array[] {
  return tapsOf(node).map((tap) => {
    const list: number[] = [];
    eachPlace(tap, node.stride, from, to, (out, into) => {
      list.push(Math.floor(out / to.row) * to.width + (out % to.row), into);
    });
    return Int32Array.from(list);
  });
}

function groupedConvolution(
  node: GroupedConvolutionNode,
  { x, y, gx, gy }: Wiring,
  scratch: Float64Array,
): Operation {
  const { weights, bias, groups } = node;
  const { columns: rows, offset } = weights;
  const filters = weights.rows / groups;
  const { layout } = y;
  const pixels = pixelsOf(layout);
  const images = imagesTogether(rows, layout);
  const pairs = pairsOf(node, x.layout, layout);
  const columns = scratch.subarray(0, rows * images * pixels);
  const outputs = scratch.subarray(rows * images * pixels);
  const views = () =>
    Array.from({ length: groups }, (_, g) => partOf(offset + g * filters * rows, filters * rows));
  const [partsOf, sumsOf] = [views(), views()];

  /** Calls `visit` for each number of the columns with its place there and in x. */
  function eachColumn(
    g: number,
    first: number,
    span: number,
    visit: (column: number, place: number) => void,
  ) {
    const count = span / pixels;
    for (let r = 0; r < rows; r++) {
      const channel = (g * rows) / pairs.length + Math.floor(r / pairs.length);
      const list = pairs[r % pairs.length];
      for (let i = 0; i < count; i++) {
        const base = channel * x.layout.channel + x.layout.lead + (first + i) * x.layout.image;
        const row = r * span + i * pixels;
        for (let k = 0; k < list.length; k += 2) visit(row + list[k], base + list[k + 1]);
      }
    }
  }

  /** Calls `visit` for each number of a group's outputs with its place in `outputs` and in y. */
  function eachOutput(
    g: number,
    first: number,
    span: number,
    visit: (output: number, place: number) => void,
  ) {
    const count = span / pixels;
    for (let f = 0; f < filters; f++) {
      for (let i = 0; i < count; i++) {
        let p = (g * filters + f) * layout.channel + layout.lead + (first + i) * layout.image;
        let q = f * span + i * pixels;
        for (let r = 0; r < layout.height; r++, p += layout.row) {
          for (let c = 0; c < layout.width; c++) visit(q++, p + c);
        }
      }
    }
  }

  function eachChunk(visit: (g: number, first: number, span: number) => void): void {
    for (let first = 0; first < layout.examples; first += images) {
      const span = Math.min(images, layout.examples - first) * pixels;
      for (let g = 0; g < groups; g++) visit(g, first, span);
    }
  }

  return {
    forward(theta) {
      eachChunk((g, first, span) => {
        columns.fill(0, 0, rows * span);
        eachColumn(g, first, span, (column, place) => (columns[column] = x.data[place]));
        const w = partsOf[g](theta);
        multiply(false, false, filters, span, rows, w, rows, columns, span, 0, outputs, span);
        eachOutput(g, first, span, (output, place) => (y.data[place] = outputs[output]));
      });
      if (bias === undefined) return;
      eachChunk((g, first, span) =>
        eachOutput(g, first, span, (output, place) => {
          y.data[place] += theta[bias.offset + g * filters + Math.floor(output / span)];
        }),
      );
    },
    backward(theta, into) {
      if (gx && !gx.add) gx.tensor.data.fill(0);
      if (bias) into.fill(0, bias.offset, bias.offset + bias.rows);
      eachChunk((g, first, span) => {
        eachOutput(g, first, span, (output, place) => {
          outputs[output] = gy.data[place];
          if (bias) into[bias.offset + g * filters + Math.floor(output / span)] += gy.data[place];
        });
        columns.fill(0, 0, rows * span);
        eachColumn(g, first, span, (column, place) => (columns[column] = x.data[place]));
        const sums = sumsOf[g](into);
        const beta = first === 0 ? 0 : 1;
        multiply(false, true, filters, rows, span, outputs, span, columns, span, beta, sums, rows);
        if (gx === undefined) return;
        const w = partsOf[g](theta);
        const back = gx.tensor.data;
        multiply(true, false, rows, span, filters, w, rows, outputs, span, 0, columns, span);
        eachColumn(g, first, span, (column, place) => (back[place] += columns[column]));
      });
    },
  };
}

/** Convolutions of every form, for the engine in float64 and every count. */
export const groupedConvolutionKind: ImageNodeKind<GroupedConvolutionNode> = {
  node: 'grouped-convolution',
  operation: (node, { wiring, scratch }) => groupedConvolution(node, wiring, scratch),
  memory: 'own',
  forgotten: true,
  addsDegree: 1,
  scratch: (node, _channels, layout) => scratchOf(node, layout),
  slots({ weights, bias, kernel: [height, width] }) {
    const channels = weights.columns / (height * width);
    return weightSlots(weights, [weights.rows, channels, height, width], bias);
  },
  multiplyAdds: multiplyAddsOf,
  logSize: ({ weights }, [input], sizeOf) => input + sizeOf(weights),
};
