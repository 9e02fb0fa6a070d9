/** What a node gives for each image; the numbers of one image lie channel by channel, row by row. */
export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Numbers in one image: channels·height·width. */
export function sizeOf({ channels, height, width }: ImageShape): number {
  return channels * height * width;
}

/** The shape in words of messages: '32×28×28', channels first. */
export function shapeText({ channels, height, width }: ImageShape): string {
  return `${channels}×${height}×${width}`;
}

/**
 * Length of an axis after windows of `size`, `stride` apart, on `length + 2·padding` places, a rest being
 * dropped; not positive where a window is longer than the axis.
 */
export function windowsAlong(
  length: number,
  size: number,
  stride: number,
  padding: number,
): number {
  return Math.floor((length + 2 * padding - size) / stride) + 1;
}
