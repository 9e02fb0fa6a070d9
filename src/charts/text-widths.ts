/**
 * Widths of DejaVu Sans in thousandths of the font size. Vega lays a figure out by the width of its
 * labels; without a browser it would guess, and with one it would depend on the machine's fonts.
 */
const WIDTHS: readonly (readonly [number, string])[] = [
  [278, "'ijl"],
  [295, 'IJ'],
  [318, ' ,.·'],
  [337, '/:;\\|ι'],
  [352, 'f-'],
  [390, '()[]t'],
  [401, '!⁰¹²³⁴⁵⁶⁷⁸⁹r'],
  [500, '"*_`‖–°szε⁻?'],
  [550, 'cζLξνFχkυκ'],
  [592, 'vxyγλπτPTYoδθaeEΣ'],
  [635, 'hnuησSbdgpqρ$0123456789{}μβKα'],
  [680, 'φψ∇AVΔΛXZBR'],
  [720, 'CℒUN'],
  [775, 'HDG&OQΦw'],
  [838, '∞ω#+<=>^~−×≤≥≈M∠'],
  [970, '%½mW@—…'],
];

const WIDTH_OF = new Map(
  WIDTHS.flatMap(([width, characters]) => Array.from(characters, (c) => [c, width] as const)),
);

/** Combining accents, as in γ̄, take no room. */
const NO_WIDTH = /\p{Mark}/u;
const BOLD = 1.14;

/** Width of a line of text in pixels. */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let width = 0;
  for (const character of text) {
    if (!NO_WIDTH.test(character)) width += WIDTH_OF.get(character) ?? 620;
  }
  return (width * fontSize * (bold ? BOLD : 1)) / 1000;
}
