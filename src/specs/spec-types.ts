import type { LossName } from '../losses/index.js';
import type { InitialiserName } from '../networks/index.js';
import type { NamedStepRule } from '../flows/index.js';
import type { DescentPhase, ImplicitPhase, SgdPhase } from '../training/index.js';
import type { ImageSetName } from './image-sets.js';
import type { PresetName } from './preset-names.js';

/**
 * Descriptions as plain JSON, for those who write them in code; the schemas beside say what each field
 * means and check it. Written out, so that a reader of these types needs no types of the schemas' library.
 */
type Rows = readonly (readonly number[])[];
type Standardise = 'none' | 'each' | 'overall' | 'channel';

interface Image {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

interface Prepared {
  /** Labels to keep, each group becoming a class; all if left out. */
  readonly classes?: readonly (number | readonly number[])[];
  /** The first so many training examples of each class. */
  readonly perClass?: number;
  /** Default 'none'. */
  readonly standardise?: Standardise;
  /** Default false. */
  readonly span?: boolean;
}

/**
 * Where examples come from: the file itself, other files, a generator with its sizes and seed, or images.
 * What each field means is said in its form, and in the tables of docs/flow.md.
 */
export type DatasetSpec =
  | {
      readonly kind: 'inline';
      readonly name?: string;
      readonly classes?: number;
      readonly inputs: Rows;
      readonly labels: readonly number[];
      readonly image?: Image;
      readonly test?: { readonly inputs: Rows; readonly labels: readonly number[] };
    }
  | {
      readonly kind: 'csv';
      readonly file: string;
      readonly label?: string;
      readonly columns?: readonly string[];
      readonly standardise?: Exclude<Standardise, 'channel'>;
      readonly constant?: boolean;
    }
  | (Prepared & {
      readonly kind: 'npz';
      readonly file: string;
      readonly numberOfClasses?: number;
      readonly image?: Image;
    })
  | {
      readonly kind: 'planar-teacher';
      readonly activation: 'relu' | 'squared-relu';
      readonly examples: number;
      readonly margin: number;
      readonly teacherWidth?: number;
      readonly seed?: number;
    }
  | {
      readonly kind: 'xor-blobs';
      readonly examplesPerBlob: number;
      readonly spread: number;
      readonly constant?: boolean;
      readonly seed?: number;
    }
  | {
      readonly kind: 'circles';
      readonly examples: number;
      readonly innerRadius?: number;
      readonly outerRadius?: number;
      readonly spread: number;
      readonly constant?: boolean;
      readonly seed?: number;
    }
  | {
      readonly kind: 'separable-gaussian';
      readonly examples: number;
      readonly dimension: number;
      readonly margin: number;
      readonly gap: number;
      readonly spread?: number;
      readonly supportVectors?: number;
      readonly seed?: number;
    }
  | (Prepared & { readonly kind: 'fashion-mnist-tiny' | 'fashion-mnist' | 'cifar-10' })
  | (Prepared & {
      readonly kind: 'first-found';
      /** By default CIFAR-10 and then Fashion-MNIST, in full. */
      readonly sets?: readonly ImageSetName[];
    });

/** A network on plain numbers, by the number of its units in each layer. */
export type DenseNetworkSpec =
  | {
      readonly kind: 'two-layer';
      readonly inputs?: number;
      readonly width: number;
      readonly activation: string;
      readonly bias?: false;
      readonly trained?: readonly ('hidden' | 'output')[];
      readonly fixed?: { readonly hidden?: Rows; readonly output?: Rows };
    }
  | {
      readonly kind: 'deep';
      readonly inputs?: number;
      readonly widths: readonly number[];
      readonly activation: string;
      readonly bias?: false;
    }
  | { readonly kind: 'linear'; readonly inputs?: number; readonly bias?: false };

/** `Part` of the networks, with what may be left out. */
export type PartSpec =
  | {
      readonly kind: 'convolution';
      readonly filters: number;
      readonly kernel?: number;
      readonly stride?: number;
      readonly padding?: 'same' | 'valid';
      readonly bias?: boolean;
    }
  | { readonly kind: 'dense'; readonly units: number; readonly bias?: boolean }
  | { readonly kind: 'max-pool' | 'average-pool'; readonly size?: number; readonly stride?: number }
  | { readonly kind: 'relu' | 'global-average-pool' | 'flatten' }
  | { readonly kind: 'batch-norm'; readonly epsilon?: number }
  | {
      readonly kind: 'residual';
      readonly branch: readonly PartSpec[];
      readonly shortcut?: readonly PartSpec[];
    }
  | { readonly kind: 'concatenate'; readonly branch: readonly PartSpec[] };

interface OnImages {
  /** By default those of the data. */
  readonly image?: Image;
  readonly classes?: number;
}

interface Normalised {
  /** Default true. */
  readonly bias?: boolean;
  /** Default true. */
  readonly batchNorm?: boolean;
}

/** A network on images: one of three architectures by their sizes, or a list of parts. */
export type ImageNetworkSpec =
  | (OnImages & {
      readonly kind: 'h-alexnet';
      readonly convolutions?: readonly {
        readonly filters: number;
        readonly kernel: number;
        readonly pool: boolean;
      }[];
      readonly hidden?: readonly number[];
    })
  | (OnImages &
      Normalised & {
        readonly kind: 'resnet';
        readonly firstStride?: number;
        readonly widths?: readonly number[];
        readonly blocks?: number;
      })
  | (OnImages &
      Normalised & {
        readonly kind: 'densenet';
        readonly firstStride?: number;
        readonly growth?: number;
        readonly layers?: readonly number[];
        readonly compression?: number;
      })
  | {
      readonly kind: 'parts';
      readonly name?: string;
      readonly image?: Image;
      readonly parts: readonly PartSpec[];
    };

/** A network of either sort. */
export type NetworkSpec = DenseNetworkSpec | ImageNetworkSpec;

/** The weights at the start: drawn, given one by one, or read from a file. */
export type StartSpec =
  | { readonly kind: InitialiserName; readonly scale?: number; readonly seed?: number }
  | { readonly kind: 'theta'; readonly theta: readonly number[] }
  | { readonly kind: 'npz'; readonly file: string; readonly array?: string };

/** Inputs at which predictions are compared: a grid of count×count points of a square, or rows of numbers. */
export type ProbeSpec =
  | { readonly kind: 'square-grid'; readonly count: number }
  | { readonly kind: 'inputs'; readonly inputs: Rows };

/** How a flow is followed. */
export interface SolverSpec {
  /** Increasing values of α to report at. */
  readonly targets: readonly number[];
  /** Default 1e-9. */
  readonly tolerance?: number;
  /** Default 20,000. */
  readonly maxSteps?: number;
  /** Default 'auto'. */
  readonly method?: 'auto' | 'explicit' | 'implicit' | 'full-implicit';
}

/** A problem for the flow, ready to be built by `buildProblem` and to be named by `canonicalJson`. */
export interface ProblemSpec {
  /** Default 'problem'. */
  readonly name?: string;
  readonly data: DatasetSpec;
  readonly network: NetworkSpec;
  readonly loss: LossName;
  readonly start: StartSpec;
  /** By default the test inputs, or else the training inputs. */
  readonly probe?: ProbeSpec;
}

/** A stretch of a training that is plain data; see `Phase`. */
export type PhaseSpec =
  SgdPhase | (Omit<DescentPhase, 'rule'> & { readonly rule: NamedStepRule }) | ImplicitPhase;

/** A training of a network on images. */
export interface TrainingSpec {
  readonly network:
    | PresetName
    | {
        readonly preset: PresetName;
        readonly bias?: boolean;
        readonly batchNorm?: boolean;
        /** Multiplies the filters, units or channels; default 1. */
        readonly width?: number;
      }
    | ImageNetworkSpec;
  readonly data: ImageSetName | DatasetSpec;
  readonly perClass?: number;
  /** Default 'logistic'. */
  readonly loss?: LossName;
  /** Default 'float64'. */
  readonly engine?: 'auto' | 'float64' | 'tensorflow';
  /** Default 1. */
  readonly seed?: number;
  /** Default 100; not beside phases. */
  readonly untilAlpha?: number;
  readonly phases?: readonly PhaseSpec[];
  readonly chunk?: number;
  readonly saveFactor?: number;
  readonly keep?: 'all' | 'marks';
}

/** The same with how it is solved. */
export interface FlowSpec extends ProblemSpec {
  readonly solver: SolverSpec;
}
