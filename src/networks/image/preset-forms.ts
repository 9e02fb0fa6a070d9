import type { ImageShape } from './shape.js';

/** Sizes of an AlexNet. */
export interface AlexNetForm {
  readonly image: ImageShape;
  readonly classes: number;
  readonly convolutions: readonly {
    readonly filters: number;
    readonly kernel: number;
    /** True where a max pool of 2×2 follows. */
    readonly pool: boolean;
  }[];
  /** Units of the dense layers before the last. */
  readonly hidden: readonly number[];
}

/** Sizes of a residual network. */
export interface ResNetForm {
  readonly image: ImageShape;
  readonly classes: number;
  /** Stride of the first convolution. */
  readonly firstStride: number;
  /** Filters of each stage; every stage but the first begins with stride 2. */
  readonly widths: readonly number[];
  /** Blocks in each stage, of two convolutions each. */
  readonly blocks: number;
}

/** Sizes of a densely connected network. */
export interface DenseNetForm {
  readonly image: ImageShape;
  readonly classes: number;
  /** Stride of the first convolution, which has 2·growth filters. */
  readonly firstStride: number;
  /** Channels that a layer adds; its bottleneck has four times as many. */
  readonly growth: number;
  /** Layers of each block, of two convolutions each. */
  readonly layers: readonly number[];
  /** Share of the channels that go on from one block to the next. */
  readonly compression: number;
}

const colour: ImageShape = { channels: 3, height: 32, width: 32 };
const grey: ImageShape = { channels: 1, height: 28, width: 28 };

/**
 * AlexNet's widths (Krizhevsky et al. 2012, as later implementations have them) on images of
 * 3×32×32: our reading, since the original is made for images of 224×224. 36,045,504 parameters,
 * 253,992,960 multiply-adds an image.
 */
export const alexNetForm: AlexNetForm = {
  image: colour,
  classes: 10,
  convolutions: [
    { filters: 64, kernel: 5, pool: true },
    { filters: 192, kernel: 5, pool: true },
    { filters: 384, kernel: 3, pool: false },
    { filters: 256, kernel: 3, pool: false },
    { filters: 256, kernel: 3, pool: true },
  ],
  hidden: [4096, 4096],
};

/** The same depth on images of 1×28×28: 33,608 parameters, 978,176 multiply-adds an image. */
export const smallAlexNetForm: AlexNetForm = {
  image: grey,
  classes: 10,
  convolutions: [
    { filters: 8, kernel: 3, pool: true },
    { filters: 16, kernel: 3, pool: true },
    { filters: 24, kernel: 3, pool: false },
    { filters: 24, kernel: 3, pool: false },
    { filters: 24, kernel: 3, pool: true },
  ],
  hidden: [64, 64],
};

/** ResNet-20 for images of 3×32×32, with projections as shortcuts: 272,474 parameters, 40,813,184 multiply-adds. */
export const resNet20Form: ResNetForm = {
  image: colour,
  classes: 10,
  firstStride: 1,
  widths: [16, 32, 64],
  blocks: 3,
};

/** ResNet-8 on images of 1×28×28, which the first convolution halves: 19,810 parameters, 645,216 multiply-adds. */
export const smallResNetForm: ResNetForm = {
  image: grey,
  classes: 10,
  firstStride: 2,
  widths: [8, 16, 32],
  blocks: 1,
};

/** DenseNet-BC-100 of growth 12 for images of 3×32×32: 769,162 parameters, 287,929,692 multiply-adds. */
export const denseNet100Form: DenseNetForm = {
  image: colour,
  classes: 10,
  firstStride: 1,
  growth: 12,
  layers: [16, 16, 16],
  compression: 0.5,
};

/** DenseNet-BC-18 on images of 1×28×28, which the first convolution halves: 13,522 parameters, 950,124 multiply-adds. */
export const smallDenseNetForm: DenseNetForm = {
  image: grey,
  classes: 10,
  firstStride: 2,
  growth: 6,
  layers: [2, 2, 3],
  compression: 0.5,
};
