import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toSvg } from '../../src/charts/svg.js';
import { GALLERY, GALLERY_PAGE, galleryPage, galleryParts } from './gallery.js';

/** Writes docs/gallery.md and the drawings in docs/gallery/ anew, and nothing else stays there. */
const parts = await galleryParts();
rmSync(GALLERY, { recursive: true, force: true });
mkdirSync(GALLERY, { recursive: true });
for (const figure of parts.flatMap(({ figures }) => figures)) {
  if (figure.kind === 'vega-lite') {
    writeFileSync(join(GALLERY, `${figure.name}.svg`), await toSvg(figure));
  }
}
writeFileSync(GALLERY_PAGE, galleryPage(parts));
