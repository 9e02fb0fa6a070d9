/** Sets of images that have a name. */
export const imageSetNames = ['fashion-mnist-tiny', 'fashion-mnist', 'cifar-10'] as const;
/** The name of a set of images. */
export type ImageSetName = (typeof imageSetNames)[number];

/** Those with all their images, in the order in which they are looked for where any of them will do. */
export const FULL_SETS: readonly ImageSetName[] = ['cifar-10', 'fashion-mnist'];
