/** Sets of images that have a name. */
export const imageSetNames = ['fashion-mnist-tiny', 'fashion-mnist', 'cifar-10'] as const;
/** The name of a set of images. */
export type ImageSetName = (typeof imageSetNames)[number];
