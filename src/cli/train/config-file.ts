import { basename } from 'node:path';
import { faultIn, parseJson, placeText, readText, valueAt } from '../json-file.js';
import { configFormat, type TrainingConfig } from './config-format.js';

/**
 * Reads a training from a file, or from nothing but `flags`, which go before what the file says. Throws
 * one sentence that names the place of a fault.
 */
export function readConfig(
  path: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): TrainingConfig {
  const name = path === undefined ? 'the command' : basename(path);
  const read = path === undefined ? {} : parseJson(readText(path), name);
  const isObject = typeof read === 'object' && read !== null && !Array.isArray(read);
  const raw = isObject ? { ...read, ...flags } : read;
  const parsed = configFormat.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (issue.code === 'unrecognized_keys') {
      const place = placeText([...issue.path, issue.keys[0]]);
      throw new Error(`${name}: ${place} is not a known key; expected one of ${issue.message}.`);
    }
    throw new Error(faultIn(name, issue.path, valueAt(raw, issue.path), issue.message));
  }
  const { phases, untilAlpha } = parsed.data;
  if (phases && untilAlpha !== undefined) {
    throw new Error(`${name}: untilAlpha is given beside phases; expected it within a phase.`);
  }
  return parsed.data;
}
