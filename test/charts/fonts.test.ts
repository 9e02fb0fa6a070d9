import { expect } from 'chai';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lacksFont } from '../../src/charts/node/fonts.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';

describe('the fonts of PDFs', () => {
  it('are known by the letters of their family', () => {
    const folder = temporaryFolder('fonts-');
    const pdf = join(folder, 'figure.pdf');
    writeFileSync(
      pdf,
      '<< /BaseFont /ABCDEF+TeXGyreTermes-Regular >> << /BaseFont /GHIJKL+DejaVuSans >>',
    );
    expect(lacksFont([pdf], 'TeX Gyre Termes')).to.equal(false);
    expect(lacksFont([pdf], 'DejaVu Sans')).to.equal(false);
    expect(lacksFont([pdf], 'Helvetica')).to.equal(true);
    rmSync(folder, { recursive: true });
  });
});
