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

/** What may be chosen of a preset. */
export interface PresetOptions {
  readonly bias?: boolean;
  readonly batchNorm?: boolean;
  /** Multiplies its filters, units or channels; default 1. */
  readonly width?: number;
}

/** The same on whatever the data are; h-alexnet has neither biases nor batch norms to choose. */
export function presetOnData(
  name: PresetName,
  { width = 1, ...options }: PresetOptions = {},
): ImageNetworkSpec {
  const spec = (WIDENED[PRESETS[name].kind] as Widened<Sized>)(PRESETS[name], width);
  const free = { ...spec, image: undefined, classes: undefined };
  return spec.kind === 'h-alexnet' ? free : { ...free, ...options };
}

type Widened<Spec> = (spec: Spec, factor: number) => Spec;

/** The same network, so many times as wide. */
const WIDENED: { readonly [K in Sized['kind']]: Widened<Extract<Sized, { kind: K }>> } = {
  'h-alexnet': ({ convolutions = [], hidden = [], ...rest }, factor) => ({
    ...rest,
    convolutions: convolutions.map((each) => ({ ...each, filters: factor * each.filters })),
    hidden: hidden.map((units) => factor * units),
  }),
  resnet: ({ widths = [], ...rest }, factor) => ({
    ...rest,
    widths: widths.map((width) => factor * width),
  }),
  densenet: ({ growth = 1, ...rest }, factor) => ({ ...rest, growth: factor * growth }),
};
