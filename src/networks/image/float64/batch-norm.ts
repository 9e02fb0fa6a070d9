import type { BatchNormNode } from '../nodes.js';
import { clearBorders } from './layout.js';
import type { Operation, Wiring } from './operation.js';

/** What the batch norms of a network used last, and whether they must use it again. */
export interface Statistics {
  /** Means and variances of every node, from its `statisticsAt` on. */
  readonly values: Float64Array;
  frozen: boolean;
}

/** (x − mean)/√(variance + ε)·scale + shift, channel by channel over images and pixels. */
export function batchNormOperation(
  node: BatchNormNode,
  { x, y, gx, gy }: Wiring,
  statistics: Statistics,
): Operation {
  const { epsilon, scale, shift, statisticsAt } = node;
  const { layout, channels } = x;
  const { examples, height, width, channel } = layout;
  const count = examples * height * width;
  const { values } = statistics;
  return {
    forward(theta) {
      for (let c = 0; c < channels; c++) {
        const from = c * channel;
        if (!statistics.frozen) {
          const mean = sumOf(x.data, from, from + channel) / count;
          values[statisticsAt + c] = mean;
          values[statisticsAt + channels + c] = squaresAbout(x, c, mean) / count;
        }
        const mean = values[statisticsAt + c];
        const variance = values[statisticsAt + channels + c];
        const factor = theta[scale.offset + c] / Math.sqrt(variance + epsilon);
        const constant = theta[shift.offset + c];
        rescale(x.data, y.data, from, channel, factor, mean, constant);
      }
      clearAround(y);
    },
    backward(theta, into) {
      for (let c = 0; c < channels; c++) {
        const from = c * channel;
        const mean = values[statisticsAt + c];
        const variance = values[statisticsAt + channels + c];
        const inverse = 1 / Math.sqrt(variance + epsilon);
        // Around the images gy is zero, so these sums are over the images alone.
        const sum = sumOf(gy.data, from, from + channel);
        const product = inverse * productAbout(x.data, gy.data, from, from + channel, mean);
        into[shift.offset + c] = sum;
        into[scale.offset + c] = product;
        if (gx === undefined) continue;
        const factor = theta[scale.offset + c] * inverse;
        const constant = statistics.frozen ? 0 : (-factor * sum) / count;
        const slope = statistics.frozen ? 0 : (-factor * inverse * product) / count;
        combine(
          gy.data,
          x.data,
          gx.tensor.data,
          from,
          channel,
          factor,
          slope,
          mean,
          constant,
          gx.add,
        );
      }
      if (gx) clearAround(gx.tensor);
    },
  };
}

function clearAround(tensor: Wiring['y']): void {
  const { layout, channels, data } = tensor;
  const { lead, channel, examples } = layout;
  for (let c = 0; c < channels; c++) {
    for (let p = c * channel; p < c * channel + lead; p++) data[p] = 0;
  }
  clearBorders(tensor, 0, examples);
}

// Loops take four numbers a turn, which halves what the loop itself costs.

/** y ← factor·(x − mean) + constant on one channel. */
function rescale(
  x: Float64Array,
  y: Float64Array,
  from: number,
  length: number,
  factor: number,
  mean: number,
  constant: number,
): void {
  const end = from + length;
  let p = from;
  for (; p + 4 <= end; p += 4) {
    y[p] = factor * (x[p] - mean) + constant;
    y[p + 1] = factor * (x[p + 1] - mean) + constant;
    y[p + 2] = factor * (x[p + 2] - mean) + constant;
    y[p + 3] = factor * (x[p + 3] - mean) + constant;
  }
  for (; p < end; p++) y[p] = factor * (x[p] - mean) + constant;
}

/** gx ← factor·gy + slope·(x − mean) + constant on one channel, or += that where `add`. */
function combine(
  gy: Float64Array,
  x: Float64Array,
  gx: Float64Array,
  from: number,
  length: number,
  factor: number,
  slope: number,
  mean: number,
  constant: number,
  add: boolean,
): void {
  const end = from + length;
  let p = from;
  if (add) {
    for (; p < end; p++) gx[p] += factor * gy[p] + (slope * (x[p] - mean) + constant);
    return;
  }
  for (; p + 4 <= end; p += 4) {
    gx[p] = factor * gy[p] + (slope * (x[p] - mean) + constant);
    gx[p + 1] = factor * gy[p + 1] + (slope * (x[p + 1] - mean) + constant);
    gx[p + 2] = factor * gy[p + 2] + (slope * (x[p + 2] - mean) + constant);
    gx[p + 3] = factor * gy[p + 3] + (slope * (x[p + 3] - mean) + constant);
  }
  for (; p < end; p++) gx[p] = factor * gy[p] + (slope * (x[p] - mean) + constant);
}

function sumOf(data: Float64Array, from: number, to: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let p = from;
  for (; p + 4 <= to; p += 4) {
    a += data[p];
    b += data[p + 1];
    c += data[p + 2];
    d += data[p + 3];
  }
  for (; p < to; p++) a += data[p];
  return a + b + (c + d);
}

/** Σ gy (x − mean). */
function productAbout(
  x: Float64Array,
  gy: Float64Array,
  from: number,
  to: number,
  mean: number,
): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let p = from;
  for (; p + 4 <= to; p += 4) {
    a += gy[p] * (x[p] - mean);
    b += gy[p + 1] * (x[p + 1] - mean);
    c += gy[p + 2] * (x[p + 2] - mean);
    d += gy[p + 3] * (x[p + 3] - mean);
  }
  for (; p < to; p++) a += gy[p] * (x[p] - mean);
  return a + b + (c + d);
}

/** Σ (x − mean)² over the pixels of one channel. */
function squaresAbout({ layout, data }: Wiring['x'], c: number, mean: number): number {
  const { examples, height, width, row, image, channel, lead } = layout;
  let a = 0;
  let b = 0;
  for (let i = 0; i < examples; i++) {
    let begin = c * channel + lead + i * image;
    for (let y = 0; y < height; y++, begin += row) {
      let p = begin;
      const end = p + width;
      for (; p + 2 <= end; p += 2) {
        const s = data[p] - mean;
        const t = data[p + 1] - mean;
        a += s * s;
        b += t * t;
      }
      for (; p < end; p++) {
        const s = data[p] - mean;
        a += s * s;
      }
    }
  }
  return a + b;
}
