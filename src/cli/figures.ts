import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sheetOf, STYLE_NAMES, type SheetOptions } from '../charts/index.js';
import {
  exportFigures,
  figuresTex,
  FORMATS,
  lacksFont,
  writeCompanions,
  type Format,
} from '../charts/node/index.js';
import { PAPER_WIDTH } from '../claims/index.js';
import { writeAtomically } from '../files/write.js';
import { defineCommand, type Command } from './command.js';
import { drawingNow, originOf, runBeside, type Drawing } from './figures/origin.js';
import {
  areOfStudies,
  PAPER_FOLDER,
  selectFigures,
  type FigureGroup,
} from './figures/selection.js';
import { fromUsersFolder, requireWritable, sentenceOf } from './files.js';
import { choice, flag, path, text, valued, withDefault } from './option.js';

interface FiguresArguments {
  readonly names: readonly string[];
  readonly from: string;
  readonly out: string | undefined;
  readonly formats: readonly Format[];
  readonly sheet: SheetOptions;
}

const options = {
  from: withDefault(
    path('DIR', 'output folder of `npm run reproduce` (default out)', 'a folder'),
    'out',
  ),
  format: withDefault(
    valued('LIST', 'some of svg, pdf, png with commas between (default pdf,svg)', formatsIn),
    ['pdf', 'svg'] as const,
  ),
  style: withDefault(
    choice(
      'STYLE',
      'paper (text of 7 pt or more, 3.25in wide), slide (14 pt, 10in), or web,\nas notebooks show them (default paper)',
      STYLE_NAMES,
    ),
    'paper',
  ),
  width: text('WIDTH', 'width of each figure, such as 3.25in, 82mm or 234pt'),
  font: text('NAME', 'font family of all text (default DejaVu Sans)'),
  'no-titles': flag('leaves the titles of figures to their captions'),
  out: path('DIR', 'folder for the figures (default: figures/STYLE in that of --from)', 'a folder'),
};

/** Draws what is kept: nothing that computes is loaded. */
export const figuresCommand: Command<FiguresArguments> = defineCommand({
  name: 'figures',
  usage: 'npm run figures -- [name…] [options]',
  summary: `Draws the claims and figures named, or all that have records, from the records that
\`npm run reproduce\` has kept, and the studies of sweeps from the results of \`npm run sweep\`, or named
from those that come with the project. Nothing is computed again. figure-1, figure-2 and figure-3, or paper
for all of them, are laid out as those of Ji & Telgarsky 2020. Beside each figure are its numbers
(CSV), its caption (text and LaTeX) and where it comes from (JSON); figures.tex includes all.`,
  options,
  exits: { 0: 'when everything was drawn', 2: 'when records are missing or cannot be read' },
  ask(values, names) {
    const { from, out, format, style, width, font } = values;
    const sheet = { style, width, font, titles: !values['no-titles'] };
    // A width or font that makes no sense is told before anything is read.
    sheetOf(sheet);
    return { names, from, out, formats: format, sheet };
  },
  run: drawAsAsked,
});

function formatsIn(list: string, option: string): readonly Format[] {
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !FORMATS.some((format) => format === name));
  if (unknown === undefined) return FORMATS.filter((format) => names.includes(format));
  throw new Error(
    `${option} is '${list}'; expected some of ${FORMATS.join(', ')} with commas between.`,
  );
}

async function drawAsAsked(args: FiguresArguments): Promise<number> {
  const from = fromUsersFolder(args.from);
  const { style } = args.sheet;
  const out = args.out === undefined ? join(from, 'figures', style!) : fromUsersFolder(args.out);
  const records = join(from, 'records');
  const none = `${records} has no records to draw; \`npm run reproduce\` keeps them there.`;
  const selection = await selectFigures(from, args.names);
  if (!existsSync(records) && selection.groups.length === 0 && !areOfStudies(args.names)) {
    throw new Error(none);
  }
  const { groups, passed, ...rest } = selection;
  for (const sentence of passed) console.log(sentence);
  const failures = [...rest.failures];
  if (groups.length > 0) requireWritable(out);
  const drawing = drawingNow(out, args.sheet);
  const written: string[] = [];
  for (const group of groups) {
    try {
      written.push(...(await writeGroup(group, { ...args, from, out }, drawing)));
    } catch (error) {
      failures.push(`${group.folder}: ${sentenceOf(error)}`);
    }
  }
  if (failures.length === 0 && written.length === 0) failures.push(none);
  for (const failure of failures) console.error(failure);
  if (written.length > 0) {
    const pdfs = written.filter((file) => file.endsWith('.pdf'));
    if (pdfs.length > 0) written.push(writeTex(groups, out));
    const { font } = args.sheet;
    if (font !== undefined && pdfs.length > 0 && lacksFont(pdfs, font)) {
      console.log(`The font ${font} is not on this machine: the PDFs have others in its place.`);
    }
    console.log(`${written.length} figure files are in ${out}`);
  }
  return failures.length > 0 || written.length === 0 ? 2 : 0;
}

/** Draws a group into its folder, with what belongs to each figure; what was written. */
async function writeGroup(
  { folder: name, figures, manifests, study }: FigureGroup,
  { from, out, formats, sheet }: FiguresArguments & { readonly out: string },
  drawing: Drawing,
): Promise<string[]> {
  const folder = join(out, name);
  const wide = name === PAPER_FOLDER && sheet.style === 'paper' ? PAPER_WIDTH : undefined;
  const drawn = { ...sheet, width: sheet.width ?? wide };
  const { written, skipped } = await exportFigures(figures, folder, { ...drawn, formats });
  for (const one of skipped) console.log(`Figure ${one.name} was not written: ${one.reason}`);
  const records = join(from, 'records');
  const origin = {
    claims: manifests.map((manifest) => originOf(records, manifest)),
    study,
    run: runBeside(from),
    drawing: { ...drawing, options: drawn },
  };
  const flat = figures.filter(({ kind }) => kind === 'vega-lite');
  return [...written, ...flat.flatMap((figure) => writeCompanions(figure, folder, origin))];
}

/** The document of all PDFs that are there. */
function writeTex(groups: readonly FigureGroup[], out: string): string {
  const pages = groups.map(({ folder, figures }) =>
    figures
      .map(({ name, title }) => ({ path: `${folder}/${name}`, title }))
      .filter(({ path: stem }) => existsSync(join(out, `${stem}.pdf`))),
  );
  const file = join(out, 'figures.tex');
  writeAtomically(file, figuresTex(pages.filter((group) => group.length > 0)));
  return file;
}
