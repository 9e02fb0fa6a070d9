import type { Page } from 'playwright-core';

/** A part of what the browser shows, in pixels. */
export interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How many pixels of what a page shows there are neither white nor grey. */
export async function colouredPixels(page: Page, clip: Clip): Promise<number> {
  const image = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(countInBrowser, `data:image/png;base64,${image}`);
}

/** As much of a browser's document as `colouredPixels` needs. */
interface Document {
  createElement(name: 'img'): {
    src: string;
    width: number;
    height: number;
    decode(): Promise<void>;
  };
  createElement(name: 'canvas'): {
    width: number;
    height: number;
    getContext(kind: '2d'): {
      drawImage(image: object, x: number, y: number): void;
      getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray };
    };
  };
}

/** Runs in the browser: pixels of an image that are neither white nor grey. */
async function countInBrowser(address: string): Promise<number> {
  const { document } = globalThis as unknown as { document: Document };
  const image = document.createElement('img');
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let coloured = 0;
  for (let i = 0; i < data.length; i += 4) {
    const channels = [data[i], data[i + 1], data[i + 2]];
    if (Math.max(...channels) - Math.min(...channels) > 40) coloured++;
  }
  return coloured;
}
