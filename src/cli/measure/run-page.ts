import { readable } from '../../text/numbers.js';
import { figuresHtml, htmlPage, paragraphs, table } from '../html-page.js';
import type { CheckpointRecord } from './checkpoints.js';
import { runFigures } from './run-figures.js';

const text = (value: number | null) => (value === null ? '–' : readable(value, 4));
const percent = (value: number | null) => (value === null ? '–' : `${readable(100 * value, 3)} %`);

const COLUMNS: readonly (readonly [string, (record: CheckpointRecord) => string])[] = [
  ['checkpoint', ({ file }) => file],
  ['training error', ({ trainingError }) => percent(trainingError)],
  ['test error', ({ testError }) => percent(testError)],
  ['α', ({ alpha }) => text(alpha)],
  ['‖θ‖', ({ norm }) => text(norm)],
  ['cosine with −∇𝓛', ({ alignment }) => text(alignment.cosine)],
  ['chord', ({ chord }) => text(chord)],
  ['path so far', ({ length }) => text(length)],
  ['KKT stationarity', ({ kkt }) => text(kkt.residual?.stationarity ?? null)],
];

/** The headings and rows of what changed from checkpoint to checkpoint. */
export function runTable(records: readonly CheckpointRecord[]): {
  readonly headings: string[];
  readonly cells: string[][];
} {
  return {
    headings: COLUMNS.map(([heading]) => heading),
    cells: records.map((record) => COLUMNS.map(([, cell]) => cell(record))),
  };
}

/** A run as one HTML page that needs no other file; the same records give the same bytes. */
export async function runPage(
  records: readonly CheckpointRecord[],
  notes: readonly string[],
  title: string,
): Promise<string> {
  const [{ network, data, loss }] = records;
  const { headings, cells } = runTable(records);
  const test = data.test ? ` and ${data.test.examples} test images` : '';
  return htmlPage(title, [
    paragraphs([
      `A network of ${network.parameters} parameters, ${network.degree}; ${records.length} checkpoints on ${data.train.examples} training images${test}, with the ${loss} loss summed over them.`,
      ...notes,
    ]),
    await figuresHtml(runFigures(records)),
    '<h2>Checkpoints</h2>',
    table(headings, cells),
  ]);
}
