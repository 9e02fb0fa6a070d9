/** Columns that a text takes: letters outside the basic plane are one, combining marks none. */
export function columnsOf(text: string): number {
  return [...text.replace(/\p{M}/gu, '')].length;
}

/** A text in lines of at most `width` characters, broken at spaces; a longer word is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((word) => pieces(word, width))) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  const letters = [...word];
  const count = Math.max(1, Math.ceil(letters.length / width));
  return Array.from({ length: count }, (_, k) =>
    letters.slice(k * width, (k + 1) * width).join(''),
  );
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** A cell: one paragraph, or several below each other. */
export type Cell = string | readonly string[];

/** Rows under a head, in columns of the given widths, with a line between rows. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
): string {
  const rule = widths.map((width) => '─'.repeat(width)).join('─┼─');
  const format = (row: readonly Cell[]) => {
    const cells = row.map((cell, k) => [cell].flat().flatMap((text) => wrap(text, widths[k])));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, k) => padded(lines[line] ?? '', widths[k]))
        .join(' │ ')
        .trimEnd(),
    );
  };
  return [head, ...rows]
    .flatMap((row, k) => (k === 0 ? format(row) : [rule, ...format(row)]))
    .join('\n');
}
