/** Sets of images that have a name. */
export const imageSetNames = ['fashion-mnist-tiny', 'fashion-mnist', 'cifar-10'] as const;
export type ImageSetName = (typeof imageSetNames)[number];
