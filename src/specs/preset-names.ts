/** Networks that have a name: see `presetSpec`. */
export const presetNames = [
  'h-alexnet',
  'h-alexnet-small',
  'resnet-20',
  'resnet-small',
  'densenet-100',
  'densenet-small',
] as const;
/** The name of a ready network on images. */
export type PresetName = (typeof presetNames)[number];
