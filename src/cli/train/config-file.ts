import { basename } from 'node:path';
import { trainingIn, type TrainingEntry } from '../../specs/training.js';
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
  return trainingIn(isObject ? { ...read, ...flags } : read, name);
}
