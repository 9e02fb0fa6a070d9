import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimFigures, claims, studies, type ClaimResult } from '../../src/claims/index.js';
import type { Figure } from '../../src/charts/figure.js';
import { readSweep } from '../../src/experiments/index.js';
import { projectRoot } from '../helpers/project-root.js';
import { shortResults } from './short-records.js';

/**
 * A claim with its figures, which are drawn from a short run or from a made-up record, or the study of a sweep with
 * those of the results that come with the project.
 */
export interface GalleryPart {
  readonly id: string;
  readonly title: string;
  readonly figures: readonly Figure[];
}

export const GALLERY: string = join(projectRoot(), 'docs', 'gallery');
export const GALLERY_PAGE: string = join(projectRoot(), 'docs', 'gallery.md');

/** What a person does whose change of a figure is meant. */
export const RENEW =
  'If this is meant, `npm run build`, then `node .build/test/claims/write-gallery.js`, and look at docs/gallery.md.';

/** The claims that have a short record, in their order, and the studies. Runs for some seconds. */
export async function galleryParts(): Promise<GalleryPart[]> {
  const results: ClaimResult[] = await shortResults();
  const drawn = claims.flatMap(({ id, title }) => {
    const result = results.find(({ claim }) => claim.id === id);
    return result ? [{ id, title, figures: claimFigures(result) }] : [];
  });
  for (const { id, title, sweep, figures } of studies) {
    drawn.push({ id, title, figures: figures((await readSweep(sweep)).rows) });
  }
  return drawn;
}

/** The page that shows the figures with their titles and captions, as Prettier leaves it. */
export function galleryPage(parts: readonly GalleryPart[]): string {
  return `${[HEAD, ...parts.map(partText)].join('\n\n')}\n`;
}

const HEAD = `# Gallery

Every figure of every claim and study, so that a change of one is seen in review. They are drawn from short runs, to α = 10³
to 10⁵, and those of networks on images and of loss-scaled steps from made-up numbers: here is what figures look
like, and \`npm run reproduce\` draws what holds. Those of the sweeps, at the end, are of the full results in
docs/sweeps. A test draws them again and compares. Written by
\`node .build/test/claims/write-gallery.js\` after \`npm run build\`.`;

function partText({ id, title, figures }: GalleryPart): string {
  return [`## ${title} (\`${id}\`)`, ...figures.map(figureText)].join('\n\n');
}

function figureText({ name, title, caption, twin }: Figure): string {
  const picture =
    twin === undefined
      ? `![${title}](gallery/${name}.svg)`
      : `\`${name}\` turns in a notebook; \`${twin.name}\` shows it on paper.`;
  return [`### ${title}`, picture, ...(twin === undefined ? [caption] : [])].join('\n\n');
}

/** The committed drawing; undefined where there is none. */
export function keptDrawing(name: string): string | undefined {
  try {
    return readFileSync(join(GALLERY, `${name}.svg`), 'utf8');
  } catch {
    return undefined;
  }
}
