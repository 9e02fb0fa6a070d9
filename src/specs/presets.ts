import {
  alexNetForm,
  denseNet100Form,
  resNet20Form,
  smallAlexNetForm,
  smallDenseNetForm,
  smallResNetForm,
} from '../networks/index.js';
import type { PresetName } from './preset-names.js';
import type { ImageNetworkSpec } from './spec-types.js';

type Sized = Exclude<ImageNetworkSpec, { kind: 'parts' }>;

/** Networks that have a name, on the images that their sizes were made for. */
const PRESETS: Readonly<Record<PresetName, Sized>> = {
  'h-alexnet': { kind: 'h-alexnet', ...alexNetForm },
  'h-alexnet-small': { kind: 'h-alexnet', ...smallAlexNetForm },
  'resnet-20': { kind: 'resnet', ...resNet20Form },
  'resnet-small': { kind: 'resnet', ...smallResNetForm },
  'densenet-100': { kind: 'densenet', ...denseNet100Form },
  'densenet-small': { kind: 'densenet', ...smallDenseNetForm },
};

/** The description of a preset on its own images. */
export function presetSpec(name: PresetName): ImageNetworkSpec {
  return PRESETS[name];
}

/** The same on whatever the data are; h-alexnet has neither biases nor batch norms to choose. */
export function presetOnData(
  name: PresetName,
  options: { readonly bias?: boolean; readonly batchNorm?: boolean } = {},
): ImageNetworkSpec {
  const spec = PRESETS[name];
  const free = { ...spec, image: undefined, classes: undefined };
  return spec.kind === 'h-alexnet' ? free : { ...free, ...options };
}
