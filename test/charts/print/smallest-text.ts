/** Sizes of pages are written to a thousandth of a point. */
export const ROUNDING = 1e-4;

/** The size of the smallest text of an SVG document, in points on the page; infinite without text. */
export function smallestText(svg: string): number {
  const [, width, unit] = /^<svg [^>]*?\bwidth="([\d.]+)(pt|)"/.exec(svg)!;
  const [, inside] = /viewBox="[\d.]+ [\d.]+ ([\d.]+) /.exec(svg)!;
  const points = (Number(width) * (unit === 'pt' ? 1 : 0.75)) / Number(inside);
  const texts = svg.match(/<text [^>]*>/g) ?? [];
  const sizes = texts.map((text) => {
    const size = /font-size="([\d.]+)px"/.exec(text)?.[1];
    if (size === undefined) throw new Error(`This text does not say its size: ${text}`);
    return Number(size);
  });
  if (/scale\(/.test(svg.replace(/<path[^>]*>/g, ''))) throw new Error('Something is scaled.');
  return Math.min(...sizes) * points;
}
