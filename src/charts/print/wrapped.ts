import { textWidth } from '../text-widths.js';

/** A text in lines that are no wider than `width` pixels where its words allow it. */
export function wrapped(text: string, width: number, fontSize: number, bold = false): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && textWidth(line, fontSize, bold) <= width)
      lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}

/** The same as Vega-Lite takes it: a text where one line is enough. */
export function wrappedText(
  text: string,
  width: number,
  fontSize: number,
  bold = false,
): string | string[] {
  const lines = wrapped(text, width, fontSize, bold);
  return lines.length === 1 ? text : lines;
}
