import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeAtomically } from '../../files/write.js';
import type { Figure } from '../figure.js';
import { canonicalPdf } from './canonical-pdf.js';
import { convertSvgs, type Conversion } from './pdf.js';
import { projectVenv } from './project-venv.js';
import { printedSvg, withoutUnits } from '../print/fit.js';
import { sheetOf, type SheetOptions } from '../print/sheet.js';

/** The forms that figures are written in. */
export const FORMATS = ['svg', 'pdf', 'png'] as const;

/** One of them. */
export type Format = (typeof FORMATS)[number];

/** How figures are drawn, in which forms they are written, and with which Python. */
export interface ExportOptions extends SheetOptions {
  /** Default SVG and PDF. A PNG has 300 pixels to an inch of paper, else two for each point. */
  readonly formats?: readonly Format[];
  /** The Python environment with vl-convert; by default the project's own. */
  readonly venv?: string;
}

/** What an export wrote and what it left out. */
export interface Exported {
  /** Paths of the files, in the order of the figures. */
  readonly written: string[];
  /** What was not written: a figure's name, and why in one sentence. */
  readonly skipped: { name: string; reason: string }[];
}

/**
 * Writes Vega-Lite figures to `folder` as `<name>.svg`, `<name>.pdf` and so on, whole or not at all: every
 * file is written beside its place first and then renamed. A Plotly figure is skipped, its twin on
 * paper stands in for it. Without vl-convert there are SVGs only. Throws a sentence where the
 * options make no sense, or a figure does not fit in the width.
 */
export async function exportFigures(
  figures: readonly Figure[],
  folder: string,
  options: ExportOptions = {},
): Promise<Exported> {
  const { formats = ['svg', 'pdf'], venv = projectVenv() } = options;
  const sheet = sheetOf(options);
  requireDistinct(figures);
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  const skipped: { name: string; reason: string }[] = [];
  const conversions: Conversion[] = [];
  const finals: { from: string; to: string }[] = [];
  for (const figure of figures) {
    if (figure.kind === 'plotly') {
      const instead = figure.twin === undefined ? '' : `; ${figure.twin.name} shows it on paper`;
      skipped.push({ name: figure.name, reason: `An interactive figure${instead}.` });
      continue;
    }
    const svg = await printedSvg(figure, sheet);
    if (formats.includes('svg')) {
      const path = join(folder, `${figure.name}.svg`);
      writeAtomically(path, svg);
      written.push(path);
    }
    for (const format of ['pdf', 'png'] as const) {
      if (!formats.includes(format)) continue;
      const to = join(folder, `${figure.name}.${format}`);
      const scale = sheet.style === 'paper' ? PAPER_DPI / 72 : 2;
      conversions.push({ svg: withoutUnits(svg), to: temporary(to), format, scale });
      finals.push({ from: temporary(to), to });
    }
  }
  const problem = await convertSvgs(conversions, venv);
  if (problem !== undefined) {
    await Promise.all(finals.map(({ from }) => rm(from, { force: true, recursive: true })));
    skipped.push(...finals.map(({ to }) => ({ name: basename(to), reason: problem })));
    return { written, skipped };
  }
  for (const { from, to } of finals) {
    if (to.endsWith('.pdf')) await writeFile(from, canonicalPdf(await readFile(from)));
    await rename(from, to);
  }
  return { written: [...written, ...finals.map(({ to }) => to)], skipped };
}

/** Writes one figure; see `exportFigures`, which is quicker for several. */
export function exportFigure(
  figure: Figure,
  folder: string,
  options: ExportOptions = {},
): Promise<Exported> {
  return exportFigures([figure], folder, options);
}

const PAPER_DPI = 300;

function temporary(path: string): string {
  return `${path}.${process.pid}.part`;
}

function requireDistinct(figures: readonly Figure[]): void {
  const names = new Set<string>();
  for (const { name } of figures) {
    if (names.has(name)) throw new Error(`Two figures are called ${name}.`);
    names.add(name);
  }
}
