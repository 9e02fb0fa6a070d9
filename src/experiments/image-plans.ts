import { applyCenterAndScale, centerAndScale, type Dataset } from '../datasets/index.js';
import {
  denseNet,
  hAlexNet,
  resNet,
  smallAlexNetForm,
  smallDenseNetForm,
  smallResNetForm,
  type ImageNetwork,
  type ImageShape,
} from '../networks/index.js';
import type { ImageNetworkName, ImageTrainingExperiment } from '../specs/experiment.js';
import type { Phase } from '../training/index.js';
import { imagesOf } from './image-data.js';

/** What is trained, on what, and how, before anything runs. */
export interface ImagePlan {
  readonly name: ImageNetworkName;
  readonly network: ImageNetwork;
  /** In units of the training set: one mean, one standard deviation for each channel. */
  readonly train: Dataset;
  readonly test: Dataset;
  readonly phases: readonly Phase[];
  /** The training ends when α reaches this. */
  readonly goal: number;
  /** Where the control with halved steps ends; undefined for none. */
  readonly controlGoal: number | undefined;
}

/** What a description stands for: its network and its data. */
export function imagePlan(spec: ImageTrainingExperiment): ImagePlan {
  const { network: name, width, perClass, phases, goal, controlGoal } = spec;
  const { train, test } = imagesOf(perClass);
  const units = centerAndScale(train, 'channel');
  return {
    name,
    network: networkFor(name, train.image!, width),
    train: units.dataset,
    test: applyCenterAndScale(units, test),
    phases,
    goal,
    controlGoal,
  };
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

/** The small form, `factor` times as wide. */
function networkFor(name: ImageNetworkName, image: ImageShape, factor: number): ImageNetwork {
  switch (name) {
    case 'h-alexnet': {
      const { convolutions, hidden } = smallAlexNetForm;
      return hAlexNet({
        ...smallAlexNetForm,
        image,
        convolutions: convolutions.map((each) => ({ ...each, filters: factor * each.filters })),
        hidden: hidden.map((units) => factor * units),
      });
    }
    case 'densenet':
      return denseNet({ ...smallDenseNetForm, image, growth: factor * smallDenseNetForm.growth });
    case 'resnet':
      return resNet({
        ...smallResNetForm,
        image,
        widths: smallResNetForm.widths.map((width) => factor * width),
      });
  }
}
