import { scales, type Scale } from '../../specs/index.js';
import { choice, flag, path, whole, withDefault, type Values } from '../option.js';

/** The kernels for the notebooks, by the names they are installed under; the first one by default. */
export const kernels = ['tslab', 'tslab-stock'] as const;
export type Kernel = (typeof kernels)[number];

/** What `npm run reproduce` was asked to do. */
export interface ReproduceOptions {
  /** Ids of the claims, in the project's order. */
  readonly claims: readonly string[];
  /** True where every claim is asked for. */
  readonly all: boolean;
  readonly scale: Scale;
  readonly seed: number;
  readonly out: string;
  readonly notebooks: boolean;
  /** Runs the notebooks. */
  readonly kernel: Kernel;
  /** Computes everything, whatever records an earlier run has left. */
  readonly fresh: boolean;
  readonly list: boolean;
}

export const reproduceArguments = {
  scale: withDefault(
    choice('S', `size of the experiments: ${scales.join(', ')} (default ${scales[0]})`, scales),
    scales[0],
  ),
  seed: withDefault(whole('K', 'a whole number of at least 0 (default 1)', 0), 1),
  out: withDefault(
    path('DIR', 'folder for results, timings, figures and notebooks (default out)', 'a folder'),
    'out',
  ),
  'no-notebooks': flag('runs the claims alone'),
  kernel: withDefault(
    choice('NAME', `runs the notebooks: ${kernels.join(', ')} (default ${kernels[0]})`, kernels),
    kernels[0],
  ),
  fresh: flag('computes everything, whatever records an earlier run has left'),
  list: flag('lists the claims and runs nothing'),
};

/** Throws one sentence where a claim is not `known`. */
export function reproduceOptions(
  { 'no-notebooks': alone, ...rest }: Values<typeof reproduceArguments>,
  operands: readonly string[],
  known: readonly string[],
): ReproduceOptions {
  const unknown = operands.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new Error(`There is no claim '${unknown}'; the claims are ${known.join(', ')}.`);
  }
  const claims = known.filter((id) => operands.length === 0 || operands.includes(id));
  return { ...rest, claims, all: claims.length === known.length, notebooks: !alone };
}
