import type { Dataset } from '../datasets/index.js';
import type { ImageNetwork } from '../networks/index.js';
import { buildTraining, type ImageTrainingExperiment } from '../specs/index.js';
import type { Phase } from '../training/index.js';
import { imageReaders } from './image-data.js';

/** What is trained, on what, and how, before anything runs. */
export interface ImagePlan {
  /** What figures and messages call it. */
  readonly name: string;
  readonly network: ImageNetwork;
  readonly train: Dataset;
  /** In the units of the training set. */
  readonly test: Dataset;
  readonly phases: readonly Phase[];
  /** The training ends when α reaches this. */
  readonly goal: number;
  /** Where the control with halved steps ends; undefined for none. */
  readonly controlGoal: number | undefined;
}

/**
 * What a description stands for: its network and its data. Throws `Unfinished` where this machine lacks the
 * images, and one sentence where the description makes no sense or its data have no test images.
 */
export function imagePlan(spec: ImageTrainingExperiment): ImagePlan {
  const { name = 'images', data, phases, goal, controlGoal } = spec;
  const { network, train, test } = buildTraining(
    { network: spec.network, data, phases },
    imageReaders(data),
  );
  if (!test) {
    throw new Error(`${name}: data has no test images; expected some beside those to train on.`);
  }
  return { name, network, train, test, phases, goal, controlGoal };
}

/** What follows the fit, with steps half as long, until α reaches `goal`. */
export function halvedPhases({ phases }: ImagePlan, goal: number): Phase[] {
  return phases.slice(1).map((phase): Phase => {
    const untilAlpha = Math.min(goal, phase.untilAlpha ?? goal);
    if (phase.kind === 'implicit') {
      return { ...phase, first: phase.first / 2, longest: phase.longest / 2, untilAlpha };
    }
    if (phase.kind === 'descent' && phase.rule.kind === 'relative') {
      const { c, cap } = phase.rule;
      return { ...phase, rule: { kind: 'relative', c: c / 2, cap: cap / 2 }, untilAlpha };
    }
    return phase;
  });
}
