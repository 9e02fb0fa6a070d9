import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimFigures, claims, type Claim, type ClaimResult } from '../../src/claims/index.js';
import type { Figure } from '../../src/charts/figure.js';
import { projectRoot } from '../helpers/project-root.js';
import { shortResults } from './short-records.js';

/** A claim with its figures, which are drawn from a short run or from a made-up record. */
export interface GalleryPart {
  readonly claim: Claim;
  readonly figures: readonly Figure[];
}

export const GALLERY: string = join(projectRoot(), 'docs', 'gallery');
export const GALLERY_PAGE: string = join(projectRoot(), 'docs', 'gallery.md');

/** What a person does whose change of a figure is meant. */
export const RENEW =
  'If this is meant, `npm run build`, then `node .build/test/claims/write-gallery.js`, and look at docs/gallery.md.';

/** The claims that have a short record, in their order. Runs for some seconds. */
export async function galleryParts(): Promise<GalleryPart[]> {
  const results: ClaimResult[] = await shortResults();
  return claims.flatMap((claim) => {
    const result = results.find(({ claim: { id } }) => id === claim.id);
    return result ? [{ claim, figures: claimFigures(result) }] : [];
  });
}

/** The page that shows the figures with their titles and captions, as Prettier leaves it. */
export function galleryPage(parts: readonly GalleryPart[]): string {
  return `${[HEAD, ...parts.map(partText)].join('\n\n')}\n`;
}

const HEAD = `# Gallery

Every figure of every claim, so that a change of one is seen in review. They are drawn from short runs, to α = 10³
to 10⁵, and those of networks on images and of loss-scaled steps from made-up numbers: here is what figures look
like, and \`npm run reproduce\` draws what holds. A test draws them again and compares. Written by
\`node .build/test/claims/write-gallery.js\` after \`npm run build\`.`;

function partText({ claim, figures }: GalleryPart): string {
  return [`## ${claim.title} (\`${claim.id}\`)`, ...figures.map(figureText)].join('\n\n');
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
