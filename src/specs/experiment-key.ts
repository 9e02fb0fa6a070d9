import { canonicalJson } from './canonical.js';
import type { ExperimentSpec } from './experiment.js';
import { sortedJson } from './sorted-json.js';

/** An experiment's description as one line of JSON: descriptions of one meaning give one text. */
export function experimentKey(spec: ExperimentSpec): string {
  if (!('problem' in spec)) return sortedJson(spec);
  const problem = JSON.parse(canonicalJson(spec.problem)) as object;
  return sortedJson({ ...spec, problem });
}
