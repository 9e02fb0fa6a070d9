import { canonicalImages, canonicalJson } from './canonical.js';
import type { ExperimentSpec } from './experiment.js';
import { isOnImages } from './image-experiments.js';
import { sortedJson } from './sorted-json.js';

/**
 * An experiment's description as one line of JSON: descriptions of one meaning give one text. It names files and not
 * their content. Throws one sentence where the description makes no sense.
 */
export function experimentKey(spec: ExperimentSpec): string {
  if (isOnImages(spec)) return sortedJson({ ...spec, ...canonicalImages(spec) });
  if (!('problem' in spec)) return sortedJson(spec);
  const problem = JSON.parse(canonicalJson(spec.problem)) as object;
  return sortedJson({ ...spec, problem });
}
