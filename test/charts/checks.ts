import { expect } from 'chai';
import type { Figure } from '../../src/charts/figure.js';

/** Fails where a specification holds what JSON cannot: NaN and infinities turn to null there. */
export function expectPlainNumbers(figure: Figure): void {
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'number') {
      expect(Number.isFinite(value), `${figure.name}: ${path} is ${value}`).to.be.true;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
  };
  walk(figure.spec, 'spec');
}

/** Every number of the inline data has at most six significant digits. */
export function expectShortNumbers(figure: Figure): void {
  const long = (JSON.stringify(figure.spec).match(/-?\d+\.?\d*(e[-+]\d+)?/g) ?? []).filter(
    (text) => !/^-?\d+$/.test(text) && Number(text) !== Number(Number(text).toPrecision(6)),
  );
  expect(long, figure.name).to.deep.equal([]);
}

/** The words of an SVG document, in order. */
export function wordsOf(svg: string): string[] {
  const texts = svg.match(/<text[^>]*>[^<]*<\/text>/g) ?? [];
  return texts.map((text) => text.replace(/<[^>]*>/g, '').replaceAll('&lt;', '<'));
}

/** How many marks of a type there are, such as 'path' within the role 'mark-line'. */
export function countMarks(svg: string, role: string): number {
  const groups =
    svg.match(new RegExp(`<g class="mark-${role} role-mark[^>]*(?<!/)>.*?</g>`, 'gs')) ?? [];
  return groups.reduce(
    (sum, group) => sum + (group.match(/<(path|line|text|image)\b/g) ?? []).length,
    0,
  );
}
