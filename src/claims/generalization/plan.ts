import type { RecordsOf } from '../../records/index.js';
import type { GeneralizationExperiment } from '../../specs/experiments/generalization.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';

/** From α = 1 to the end each bound has to fall by this factor; margins grow by 1.3 to 2 in that time. */
export const FALL = 1.2;

/**
 * The test errors of all tasks together, at the end as a share of those at α = 1: from here on they have not fallen
 * with the bound, which falls to 0.5 to 0.7 of itself. Between, chance decides: of some forty errors
 * a tenth comes and goes.
 */
export const FLAT = 0.85;

/** Up to this chance that any of the tasks looks so by accident a change of the test error is called one. */
export const RARE = 0.05;

interface Task {
  readonly name: string;
  /** Labels of Fashion-MNIST: the first group is y = −1, the second +1. */
  readonly classes: readonly (number | readonly number[])[];
}

const TASKS: readonly Task[] = [
  {
    name: 'even or odd label',
    classes: [
      [0, 2, 4, 6, 8],
      [1, 3, 5, 7, 9],
    ],
  },
  {
    name: 'T-shirt, pullover, coat or dress, shirt, bag',
    classes: [
      [0, 2, 4],
      [3, 6, 8],
    ],
  },
  {
    name: 'sandal, sneaker or dress, boot',
    classes: [
      [5, 7],
      [3, 9],
    ],
  },
  { name: 'pullover or shirt', classes: [2, 6] },
];

const WIDTH = 12;
/** Images of each side, and how far the flow goes. */
const SIZES: Record<Scale, { perClass: number; decades: number }> = {
  smoke: { perClass: 20, decades: 3 },
  standard: { perClass: 50, decades: 4 },
  full: { perClass: 100, decades: 4 },
};

/** The experiments of `generalization` for a scale and a seed. */
export function generalizationPlan({ scale, seed }: PlanSettings) {
  return generalizationExperiments(SIZES[scale], seed);
}

/** So many images of each side, four tasks. */
export function generalizationExperiments(
  size: { readonly perClass: number; readonly decades: number },
  seed: number,
) {
  return { tasks: TASKS.map((task) => experimentOf(task, size, seed)) };
}

/** What the claim is judged by. */
export type GeneralizationClaimRecord = RecordsOf<ReturnType<typeof generalizationPlan>>;

function experimentOf(
  { name, classes }: Task,
  { perClass, decades }: { readonly perClass: number; readonly decades: number },
  seed: number,
): GeneralizationExperiment {
  return {
    kind: 'generalization',
    problem: {
      name,
      data: { kind: 'fashion-mnist-tiny', classes, perClass, span: true },
      network: { kind: 'two-layer', width: WIDTH, activation: 'relu' },
      loss: 'logistic',
      start: { kind: 'he', scale: 0.3, seed },
    },
    decades,
  };
}
