import { basename } from 'node:path';
import { parseSpec } from '../../specs/faults.js';
import { trainingFormat, type TrainingEntry } from '../../specs/training.js';
import { parseJson, readText } from '../json-file.js';

/**
 * Reads a training from a file, or from nothing but `flags`, which go before what the file says. Throws
 * one sentence that names the place of a fault.
 */
export function readConfig(
  path: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): TrainingEntry {
  const name = path === undefined ? 'the command' : basename(path);
  const read = path === undefined ? {} : parseJson(readText(path), name);
  const isObject = typeof read === 'object' && read !== null && !Array.isArray(read);
  const config = parseSpec(trainingFormat, isObject ? { ...read, ...flags } : read, name);
  if (config.phases && config.untilAlpha !== undefined) {
    throw new Error(`${name}: untilAlpha is given beside phases; expected it within a phase.`);
  }
  if (config.perClass !== undefined && typeof config.data === 'object') {
    throw new Error(`${name}: perClass is given beside data; expected it within data.`);
  }
  return config;
}
