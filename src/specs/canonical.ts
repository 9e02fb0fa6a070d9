import { activationNamed } from '../networks/index.js';
import type { DatasetEntry } from './dataset.js';
import { parseSpec } from './faults.js';
import type { NetworkEntry } from './network.js';
import { formatOf } from './problem.js';
import { sortedJson } from './sorted-json.js';
import type { FlowSpec, ProblemSpec } from './spec-types.js';

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
