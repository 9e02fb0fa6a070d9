import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../files/write.js';
import type { Figure } from '../figure.js';
import { convertSvgs, type Conversion } from './pdf.js';
import { projectVenv } from './project-venv.js';
import { toSvg } from '../svg.js';

/** What else is written beside the SVG and PDF of each figure, and with which Python. */
export interface ExportOptions {
  /** Also a PNG at twice the size. Default false. */
  readonly png?: boolean;
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
 * Writes Vega-Lite figures to `folder` as `<name>.svg` and `<name>.pdf`, whole or not at all: every
 * file is written beside its place first and then renamed. A Plotly figure is skipped, its twin on
 * paper stands in for it. Without vl-convert there are SVGs only.
 */
export async function exportFigures(
  figures: readonly Figure[],
  folder: string,
  options: ExportOptions = {},
): Promise<Exported> {
  const { png = false, venv = projectVenv() } = options;
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
    const svg = join(folder, `${figure.name}.svg`);
    writeAtomically(svg, await toSvg(figure));
    written.push(svg);
    for (const format of png ? (['pdf', 'png'] as const) : (['pdf'] as const)) {
      const to = join(folder, `${figure.name}.${format}`);
      conversions.push({ from: svg, to: temporary(to), format });
      finals.push({ from: temporary(to), to });
    }
  }
  const problem = await convertSvgs(conversions, venv);
  if (problem !== undefined) {
    await Promise.all(finals.map(({ from }) => rm(from, { force: true, recursive: true })));
    const names = figures.filter(({ kind }) => kind === 'vega-lite').map(({ name }) => name);
    skipped.push(...names.map((name) => ({ name: `${name}.pdf`, reason: problem })));
    return { written, skipped };
  }
  for (const { from, to } of finals) await rename(from, to);
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
