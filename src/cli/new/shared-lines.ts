import type { ClaimNames } from './names.js';

/** The lines that a claim needs in files that are there, each put in by a pure function of the file's text. */

/** `src/claims/index.ts` with an import, an export and the claim as the last of the list. */
export function withIndexLines(text: string, { id, claim }: ClaimNames): string {
  const file = 'src/claims/index.ts';
  const imported = insideAlphabet(
    text.split('\n'),
    (line) => /^import \{ \w+ \} from '(\.\/[a-z-]+\/claim\.js)';$/.exec(line)?.[1],
    `import { ${claim} } from './${id}/claim.js';`,
    `${file}: expected lines that import claims, such as "import { x } from './x/claim.js';".`,
  );
  const exported = insideBlock(imported, file, 'export {', '};', (names) =>
    [...names, `  ${claim},`].sort((a, b) => a.localeCompare(b, 'en')),
  );
  const opening = 'export const claims: readonly Claim[] = [';
  return insideBlock(exported, file, opening, '];', (list) => [...list, `  ${claim},`]).join('\n');
}

/** The README with a last row in its table of claims, short enough for a README of one page. */
export function withReadmeRow(text: string, { id }: ClaimNames): string {
  const cells = [`\`${id}\``, 'to be replaced: its direction settles', 'not run yet'];
  const lines = text.split('\n');
  const row = `| ${cells.join(' | ')} |`;
  const fault = 'README.md: expected a table whose rows begin with a claim in backquotes.';
  return afterLast(lines, (line) => line.startsWith('| `'), row, fault).join('\n');
}

/** The quick start with a last row in its list of notebooks, written as Jupyter writes it. */
export function withQuickStartRow(text: string, { notebook }: ClaimNames): string {
  const row = `| \`${notebook}\` | To be replaced: does the direction settle? | 10 |`;
  const isRow = (line: string) => /^\| `\d\d-/.test(line);
  const fault =
    'notebooks/00-quick-start.ipynb: expected a cell with a table whose rows begin with a notebook.';
  const content = JSON.parse(text) as { cells: { source: string | string[] }[] };
  const sources = content.cells.map(({ source }) => [source].flat().join('').split('\n'));
  const place = sources.findIndex((lines) => lines.some(isRow));
  if (place < 0) throw new Error(fault);
  const lines = afterLast(sources[place], isRow, row, fault);
  content.cells[place].source = lines.map((line, k) => line + (k < lines.length - 1 ? '\n' : ''));
  return `${JSON.stringify(content, null, 1)}\n`;
}

function afterLast(
  lines: readonly string[],
  isOne: (line: string) => boolean,
  added: string,
  fault: string,
): string[] {
  const last = lines.findLastIndex(isOne);
  if (last < 0) throw new Error(fault);
  return lines.toSpliced(last + 1, 0, added);
}

/** Puts a line before the first of its kind whose key is behind its own, or after the last one. */
function insideAlphabet(
  lines: readonly string[],
  keyOf: (line: string) => string | undefined,
  added: string,
  fault: string,
): string[] {
  const own = keyOf(added) ?? '';
  const next = lines.findIndex((line) => (keyOf(line) ?? '') > own);
  if (next >= 0) return lines.toSpliced(next, 0, added);
  return afterLast(lines, (line) => keyOf(line) !== undefined, added, fault);
}

/** Changes the lines between one that opens a block and the next that closes it. */
function insideBlock(
  lines: readonly string[],
  file: string,
  opening: string,
  closing: string,
  change: (inside: readonly string[]) => readonly string[],
): string[] {
  const start = lines.indexOf(opening) + 1;
  const end = lines.indexOf(closing, start);
  if (start === 0 || end < 0) {
    throw new Error(`${file}: expected a block that begins with the line "${opening}".`);
  }
  return [...lines.slice(0, start), ...change(lines.slice(start, end)), ...lines.slice(end)];
}
