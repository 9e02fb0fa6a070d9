import { basename } from 'node:path';
import {
  alexNetForm,
  denseNet,
  denseNet100Form,
  hAlexNet,
  imageNetwork,
  resNet,
  resNet20Form,
  smallAlexNetForm,
  smallDenseNetForm,
  smallResNetForm,
  type ImageNetwork,
} from '../../networks/index.js';
import { fromUsersFolder, sentenceOf } from '../files.js';
import { faultIn, placeText, readJson, valueAt } from '../json-file.js';
import { networkFormat } from './network-format.js';

const PRESETS: Readonly<Record<string, () => ImageNetwork>> = {
  'h-alexnet': () => hAlexNet(alexNetForm),
  'h-alexnet-small': () => hAlexNet(smallAlexNetForm),
  'resnet-20': () => resNet(resNet20Form),
  'resnet-small': () => resNet(smallResNetForm),
  'densenet-100': () => denseNet(denseNet100Form),
  'densenet-small': () => denseNet(smallDenseNetForm),
};

/** The networks that have a name. */
export const networkNames: readonly string[] = Object.keys(PRESETS);

/**
 * The network of a preset's name or of a JSON file. Throws one sentence that names the choices, or the
 * file and the place in it.
 */
export function networkNamed(text: string): ImageNetwork {
  if (Object.hasOwn(PRESETS, text)) return PRESETS[text]();
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
  const parsed = networkFormat.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    if (issue.code === 'unrecognized_keys') {
      const place = placeText([...issue.path, issue.keys[0]]);
      throw new Error(`${name}: ${place} is not a known key.`);
    }
    throw new Error(faultIn(name, issue.path, valueAt(raw, issue.path), issue.message));
  }
  const { image, parts } = parsed.data;
  try {
    return imageNetwork(parsed.data.name ?? name.replace(/\.json$/, ''), image, parts);
  } catch (error) {
    throw new Error(`${name}: ${sentenceOf(error)}`, { cause: error });
  }
}
