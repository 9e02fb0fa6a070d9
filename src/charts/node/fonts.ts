import { readFileSync } from 'node:fs';

/**
 * Whether none of these PDFs has letters of a font family: it is not on this machine then, and others have taken its
 * place without a word. Families are compared with fonts by their letters alone: 'TeX Gyre Termes' is that of
 * TeXGyreTermes-Regular.
 */
export function lacksFont(pdfs: readonly string[], family: string): boolean {
  const wanted = family.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  return !pdfs.some((path) => fontsIn(path).some((font) => font.startsWith(wanted)));
}

/** The names of the fonts that a PDF embeds parts of, in lower case. */
function fontsIn(path: string): string[] {
  const text = readFileSync(path, 'latin1');
  return Array.from(text.matchAll(/\/BaseFont \/[A-Z]{6}\+(\S+)/g), ([, name]) =>
    name.toLowerCase(),
  );
}
