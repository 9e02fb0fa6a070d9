import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { sentenceOf } from '../files.js';

const text = z.union([z.string(), z.array(z.string())]).transform((t) => [t].flat().join(''));

/** What is looked at in an executed notebook (nbformat 4). */
const executed = z.object({
  cells: z.array(
    z.object({
      cell_type: z.string(),
      outputs: z
        .array(
          z.object({
            output_type: z.string(),
            name: z.string().optional(),
            text: text.optional(),
            ename: z.string().optional(),
            evalue: z.string().optional(),
          }),
        )
        .default([]),
    }),
  ),
});

type Cell = z.output<typeof executed>['cells'][number];

/** A verdict as a file names it. */
export const verdictName = z.enum(['supported', 'contradicted', 'inconclusive']);
/** JSON has no word for numbers that are not finite: they are texts there. */
export const jsonNumber = z.union([
  z.number(),
  z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number),
]);
const verdictFile = z.object({
  id: z.string(),
  verdict: verdictName,
  expected: verdictName,
  evidence: z.array(z.object({ metric: z.string(), value: jsonNumber })).default([]),
});
export type VerdictSeen = z.output<typeof verdictFile>;

const SHOWN = 300;

/**
 * What went wrong in an executed notebook, a sentence for each fault: an error, or anything on stderr (a
 * kernel may report errors there and nowhere else). Cells are counted as JupyterLab counts them, code
 * cells only.
 */
export function notebookFaults(notebook: unknown): string[] {
  const parsed = executed.safeParse(notebook);
  if (!parsed.success) return ['The executed notebook cannot be read.'];
  const cells = parsed.data.cells.filter(({ cell_type }) => cell_type === 'code');
  return cells.flatMap((cell, k) => cellFaults(cell, k + 1));
}

function cellFaults({ outputs }: Cell, number: number): string[] {
  return outputs.flatMap((output) => {
    if (output.output_type === 'error') {
      return [`Cell ${number} failed: ${shorten(`${output.ename}: ${output.evalue}`)}`];
    }
    if (output.output_type === 'stream' && output.name === 'stderr') {
      return [`Cell ${number} wrote to stderr: ${shorten(essence(output.text ?? ''))}`];
    }
    return [];
  });
}

/** The verdict that a notebook's last cell left, or a sentence on why there is none. */
export function readVerdict(path: string, id: string): VerdictSeen | string {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch {
    return 'Its last cell wrote no verdict.';
  }
  try {
    const verdict = verdictFile.parse(JSON.parse(content));
    return verdict.id === id ? verdict : `It wrote the verdict of ${verdict.id} in place of ${id}.`;
  } catch (error) {
    return `Its verdict cannot be read: ${shorten(sentenceOf(error))}`;
  }
}

/** A number of a claim or of its notebook. */
interface Measured {
  readonly metric: string;
  readonly value: number;
}

/**
 * Where the numbers of a notebook are not those of the claim, a sentence on the first of them: both come from
 * the same code, scale and seed, so that they have to be the same to the last digit.
 */
export function evidenceFault(
  seen: readonly Measured[],
  claimed: readonly Measured[],
): string | undefined {
  const same = (a: number, b: number) => a === b || (Number.isNaN(a) && Number.isNaN(b));
  const odd = claimed.find(
    ({ metric, value }, k) => metric !== seen[k]?.metric || !same(value, seen[k].value),
  );
  if (odd !== undefined) {
    const other = seen.find(({ metric }) => metric === odd.metric);
    const found = other === undefined ? 'it has none' : `it found ${other.value}`;
    return `Its numbers are not the claim’s: ${odd.metric} is ${odd.value}, and ${found}.`;
  }
  if (seen.length === claimed.length) return undefined;
  return `Its numbers are not the claim’s: it has ${seen.length} of them, the claim ${claimed.length}.`;
}

/** An uncaught error's own line, without the source above it and the stack below; else all of it. */
function essence(written: string): string {
  const lines = stripVTControlCharacters(written).split('\n');
  return lines.find((line) => /^(Uncaught )?\w*Error: /.test(line)) ?? written;
}

/** Kernels colour their messages and break them into lines; a report has one line for each. */
function shorten(message: string): string {
  const plain = stripVTControlCharacters(message).replace(/\s+/g, ' ').trim();
  return plain.length <= SHOWN ? plain : `${plain.slice(0, SHOWN)}…`;
}
