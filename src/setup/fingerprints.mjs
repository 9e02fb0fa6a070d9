/** Fingerprints of a step's inputs, and the stamps that say which ones were last carried out. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, stateFolder } from './environment.mjs';
import { writeWhole } from './files.mjs';

const stampFile = join(stateFolder, 'stamps.json');

/**
 * A hash of some words and of the contents of some files; a missing file counts as such.
 * @param {string[]} words
 * @param {string[]} files absolute paths
 */
export function fingerprint(words, files = []) {
  const hash = createHash('sha256');
  for (const word of words) hash.update(`word ${word}\0`);
  for (const file of files) {
    hash.update(`file ${relative(root, file)}\0`);
    try {
      hash.update(readFileSync(file));
    } catch {
      hash.update('missing');
    }
  }
  return hash.digest('hex').slice(0, 32);
}

/**
 * Every file under a folder whose name passes, in a fixed order.
 * @param {string} folder
 * @param {(name: string) => boolean} passes
 * @returns {string[]} absolute paths
 */
export function filesUnder(folder, passes) {
  /** @type {string[]} */
  const found = [];
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return found;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...filesUnder(path, passes));
    else if (passes(entry.name)) found.push(path);
  }
  return found;
}

/**
 * The stamps on disk; a file that cannot be read means that nothing was done yet.
 * @returns {Record<string, string>}
 */
export function readStamps() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * Records a step as done (a fingerprint) or as not done (null). The file is replaced whole,
 * so an interruption leaves the old one or the new one.
 * @param {string} step
 * @param {string | null} value
 */
export function writeStamp(step, value) {
  const stamps = readStamps();
  if (value === null) delete stamps[step];
  else stamps[step] = value;
  writeWhole(stampFile, `${JSON.stringify(stamps, null, 2)}\n`);
}
