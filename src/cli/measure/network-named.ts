import { basename } from 'node:path';
import type { ImageNetwork } from '../../networks/index.js';
import { buildNetwork } from '../../specs/index.js';
import { networkInFile } from '../../specs/network-file.js';
import { presetNames } from '../../specs/preset-names.js';
import { presetSpec } from '../../specs/presets.js';
import { fromUsersFolder, sentenceOf } from '../files.js';
import { readJson } from '../json-file.js';

/** The networks that have a name. */
export const networkNames: readonly string[] = presetNames;

/**
 * The network of a preset's name or of a JSON file. Throws one sentence that names the choices, or the
 * file and the place in it.
 */
export function networkNamed(text: string): ImageNetwork {
  const preset = presetNames.find((name) => name === text);
  if (preset !== undefined) return buildNetwork(presetSpec(preset));
  if (!text.endsWith('.json')) {
    throw new Error(
      `--network is '${text}'; expected one of ${networkNames.join(', ')}, or a .json file.`,
    );
  }
  const path = fromUsersFolder(text);
  return networkFrom(readJson(path, basename(path)), basename(path));
}

/** The network that the content of a file called `name` describes. */
export function networkFrom(raw: unknown, name: string): ImageNetwork {
  const spec = networkInFile(raw, name);
  try {
    return buildNetwork(spec);
  } catch (error) {
    // The file is the network, and its places need no word for it.
    const sentence = sentenceOf(error).replace(/^network\./, '');
    throw new Error(`${name}: ${sentence}`, { cause: error });
  }
}
