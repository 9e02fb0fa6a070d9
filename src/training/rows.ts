/** One point of a training, without its parameters. Byte for byte the same in every repetition. */
export interface TrainingRow {
  /** Phase, from 0. */
  readonly phase: number;
  /** Passes over the training set since the start: full ones, undone steps included. */
  readonly epoch: number;
  /** Steps since the start. */
  readonly step: number;
  /** ℓ⁻¹ of the summed risk of the training set. */
  readonly alpha: number;
  /** log 𝓛, natural. */
  readonly logRisk: number;
  /** log ‖θ‖. */
  readonly logNorm: number;
  /** Smallest margin, not normalised. */
  readonly smallestMargin: number;
  /** Share of misclassified training images. */
  readonly trainingError: number;
  /** The same of the test images; NaN without any. */
  readonly testError: number;
  /** Length of the path of θ/‖θ‖ since the start, every step counted, in radians. */
  readonly pathLength: number;
  /** cos of the angle between θ and its displacement since the row before; NaN at the first. */
  readonly averagedAlignment: number;
}

/** The columns, in the order in which files hold them. */
export const rowColumns = [
  'phase',
  'epoch',
  'step',
  'alpha',
  'logRisk',
  'logNorm',
  'smallestMargin',
  'trainingError',
  'testError',
  'pathLength',
  'averagedAlignment',
] as const satisfies readonly (keyof TrainingRow)[];

/** Which rows keep their θ: every one, or the first, the first of each decade of α, and phases' ends. */
export type Keeping = 'all' | 'marks';

/** Up to this many parameters every row keeps its θ: a hundred rows are then 80 MB. */
const MOST_KEPT_PARAMETERS = 100_000;

/** Which rows of a network of so many parameters keep their θ, unless one says. */
export function keepingFor(parameters: number): Keeping {
  return parameters <= MOST_KEPT_PARAMETERS ? 'all' : 'marks';
}

/** The decade of α: 0 from α = 1, 1 from α = 10, …; −1 below. */
export function decadeOf(alpha: number): number {
  if (!(alpha >= 1)) return -1;
  let decade = Math.floor(Math.log10(alpha));
  // The logarithm may round across a power of ten.
  if (10 ** (decade + 1) <= alpha) decade++;
  if (10 ** decade > alpha) decade--;
  return decade;
}
