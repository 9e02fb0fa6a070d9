/** Networks that have a name: see `presetSpec`. */
export const presetNames = [
  'h-alexnet',
  'h-alexnet-small',
  'resnet-20',
  'resnet-small',
  'densenet-100',
  'densenet-small',
] as const;
export type PresetName = (typeof presetNames)[number];
