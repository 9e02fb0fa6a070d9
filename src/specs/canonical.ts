import { activationNamed } from '../networks/index.js';
import { dataOf, networkEntryOf, UNTIL_ALPHA } from './build-training.js';
import type { DatasetEntry } from './dataset.js';
import { parseSpec } from './faults.js';
import type { NetworkEntry } from './network.js';
import { formatOf } from './problem.js';
import { sortedJson } from './sorted-json.js';
import type { FlowSpec, ProblemSpec, TrainingSpec } from './spec-types.js';
import { trainingIn } from './training.js';

/**
 * A description as one line of JSON, to name what was computed from it: keys in order, what was left out
 * filled in, one way of writing for what can be written in several. Descriptions of one meaning give one
 * text. It names files and not their content. Throws one sentence that says the place where the
 * description makes no sense or holds what JSON cannot.
 */
export function canonicalJson(spec: ProblemSpec | FlowSpec): string {
  const entry = parseSpec(formatOf(spec), spec, 'the description');
  return sortedJson({
    ...entry,
    data: plainData(entry.data),
    network: plainNetwork(entry.network),
  });
}

/**
 * The same for a training: a preset is the network that it names. The phases that follow from a goal alone
 * are not written out, since they depend on the number of images.
 */
export function canonicalTraining(spec: TrainingSpec): string {
  const entry = trainingIn(spec, 'the training');
  return sortedJson({
    ...entry,
    data: plainData(dataOf(entry)),
    perClass: undefined,
    network: networkEntryOf(entry),
    untilAlpha: entry.phases ? undefined : (entry.untilAlpha ?? UNTIL_ALPHA),
  });
}

/** The network and the images of an experiment, each in the one way of writing it. */
export function canonicalImages({ network, data }: Pick<TrainingSpec, 'network' | 'data'>): object {
  const entry = trainingIn({ network, data }, 'the description');
  return { network: networkEntryOf(entry), data: plainData(dataOf(entry)) };
}

/** One class is a group of one label. */
function plainData(entry: DatasetEntry): object {
  if (entry.kind === 'separable-gaussian') {
    return { ...entry, supportVectors: entry.supportVectors ?? entry.dimension };
  }
  if (!('perClass' in entry || 'span' in entry) || !entry.classes) return entry;
  const classes = entry.classes.map((group) =>
    Array.isArray(group) && group.length === 1 ? group[0] : group,
  );
  return { ...entry, classes };
}

/** The number of inputs is that of the data, whether or not it is said; an activation has one name. */
function plainNetwork(entry: NetworkEntry): object {
  if (!('bias' in entry) || entry.kind === 'resnet' || entry.kind === 'densenet') return entry;
  const named = entry.kind === 'linear' ? {} : { activation: activationNamed(entry.activation)!.name }; // prettier-ignore
  const trained = entry.kind === 'two-layer' ? { trained: [...new Set(entry.trained)].sort() } : {};
  return { ...entry, ...named, ...trained, inputs: undefined };
}
