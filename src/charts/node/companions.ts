import { csvFormat } from 'd3-dsv';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../../files/write.js';
import { latexText } from '../../text/latex.js';
import type { Figure } from '../figure.js';
import { figureAxes, figureRows, type FigureRow } from '../print/figure-rows.js';

const DRAWINGS = ['svg', 'pdf', 'png'] as const;

/**
 * Writes what belongs to a figure beside its drawings: `<name>.csv` has the numbers that it shows, `<name>.txt`
 * its title and caption, `<name>.tex` the same for LaTeX, and `<name>.json` where it comes from, which is `origin`,
 * with the titles of its axes and the SHA-256 of the files. Returns their paths.
 */
export function writeCompanions(figure: Figure, folder: string, origin: object): string[] {
  const { name, title, caption } = figure;
  const write = (ending: string, content: string): string => {
    const path = join(folder, `${name}.${ending}`);
    writeAtomically(path, content);
    return path;
  };
  const paths = [
    write('csv', csvOf(figureRows(figure))),
    write('txt', `${sentence(title)} ${caption}\n`),
    // The comment sign keeps the end of the line out of the caption.
    write('tex', `\\textbf{${latexText(sentence(title))}} ${latexText(caption)}%\n`),
  ];
  const files = [...DRAWINGS, 'csv'].map((ending) => `${name}.${ending}`);
  const hashes = files.flatMap((file) => {
    const path = join(folder, file);
    return existsSync(path) ? [[file, sha256(readFileSync(path))] as const] : [];
  });
  const provenance = {
    figure: name,
    title,
    ...origin,
    panels: figureAxes(figure),
    files: Object.fromEntries(hashes),
  };
  return [...paths, write('json', `${JSON.stringify(provenance, null, 2)}\n`)];
}

/** Rows with all the columns that any of them has, in the order in which they come first. */
function csvOf(rows: readonly FigureRow[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return `${csvFormat([...rows], columns)}\n`;
}

function sentence(title: string): string {
  return /[.?!]$/.test(title) ? title : `${title}.`;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
