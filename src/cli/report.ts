import { dirname, join, relative, sep } from 'node:path';
import { writeAtomically } from '../files/write.js';
import { reportPage } from '../report/index.js';
import { counted } from '../text/numbers.js';
import { defineCommand, requireNoOperands, type Command } from './command.js';
import { fromUsersFolder, requireFile, sentenceOf } from './files.js';
import { flag, path, withDefault } from './option.js';
import { gatherReport, type NotebookLinks } from './report/gather.js';
import { executedNotebooks, pagesBeside, writeNotebookPages } from './report/notebook-pages.js';
import { vegaRuntime } from './report/vega-runtime.js';

interface ReportArguments {
  readonly from: string;
  readonly out: string | undefined;
  readonly notebooks: boolean;
}

const options = {
  from: withDefault(
    path('DIR', 'output folder of `npm run reproduce` (default out)', 'a folder'),
    'out',
  ),
  out: path('FILE', 'the page (default: report.html in that folder)', 'a file'),
  'no-notebooks': flag('leaves out the executed notebooks, which become pages beside it'),
};

/** Tells what is kept as one page: nothing that computes is loaded. */
export const reportCommand: Command<ReportArguments> = defineCommand({
  name: 'report',
  summary: `Writes one page of all verdicts, with their numbers, figures and provenance, from the results and
records that \`npm run reproduce\` has kept. It opens in any browser, without a network. Nothing is
computed again.`,
  options,
  exits: {
    0: 'when everything was written',
    1: 'when the page was written without the notebooks',
    2: 'when results are missing or cannot be read',
  },
  ask({ from, out, 'no-notebooks': alone }, operands) {
    requireNoOperands(operands);
    return { from, out, notebooks: !alone };
  },
  run: writeReport,
});

async function writeReport(args: ReportArguments): Promise<number> {
  const from = fromUsersFolder(args.from);
  const out = args.out === undefined ? join(from, 'report.html') : fromUsersFolder(args.out);
  requireFile(out, '--out');
  const { links, failure } = args.notebooks ? notebookLinks(from, out) : { links: new Map() };
  const report = await gatherReport(from, links);
  writeAtomically(out, reportPage(report, vegaRuntime()));
  if (failure !== undefined) console.error(failure);
  const beside = links.size === 0 ? '' : `; beside it: ${counted(links.size, 'notebook')}`;
  console.log(`${out} tells of ${counted(report.claims.length, 'claim')}${beside}`);
  return failure === undefined ? 0 : 1;
}

/** The pages of the executed notebooks, written beside the report, or why there are none. */
function notebookLinks(from: string, out: string): { links: NotebookLinks; failure?: string } {
  const notebooks = executedNotebooks(from);
  if (notebooks.length === 0) return { links: new Map() };
  try {
    const pages = writeNotebookPages(notebooks, pagesBeside(out));
    const links = [...pages].map(
      ([id, page]) => [id, addressOf(relative(dirname(out), page))] as const,
    );
    return { links: new Map(links) };
  } catch (error) {
    return { links: new Map(), failure: sentenceOf(error) };
  }
}

/** A relative path as a link. */
function addressOf(path: string): string {
  return path.split(sep).map(encodeURIComponent).join('/');
}
