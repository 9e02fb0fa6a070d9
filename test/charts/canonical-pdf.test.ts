import { expect } from 'chai';
import { canonicalPdf } from '../../src/charts/node/canonical-pdf.js';

/** A small PDF of these objects, by their numbers, in the order in which they are written. */
function pdf(objects: readonly (readonly [number, string])[]): Buffer {
  let text = '%PDF-1.7\n';
  const offsets = new Map<number, number>();
  for (const [number, body] of objects) {
    offsets.set(number, text.length);
    text += `${number} 0 obj\n${body}\nendobj\n\n`;
  }
  const lines = objects.map((_, k) => `${String(offsets.get(k + 1)).padStart(10, '0')} 00000 n \n`);
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines.join('')}`;
  const trailer = `trailer\n<<\n  /Size ${objects.length + 1}\n  /Root 1 0 R\n>>`;
  return Buffer.from(`${text}${table}${trailer}\nstartxref\n${text.length}\n%%EOF`, 'latin1');
}

const root = '<<\n  /Page 2 0 R\n>>';
const page = (fonts: readonly string[]) =>
  `<<\n  /Font <<\n${fonts.map((font) => `      ${font}\n`).join('')}    >>\n>>`;
const bold = '<<\n  /Length 3\n>>\nstream\n\x80\xff1 0 R\nendstream';
const plain = '<<\n  /Name /Plain\n>>';

describe('a PDF in its canonical form', () => {
  const one = pdf([
    [1, root],
    [2, page(['/fo0 3 0 R', '/fo1 4 0 R'])],
    [3, bold],
    [4, plain],
  ]);
  const other = pdf([
    [1, root],
    [3, plain],
    [4, bold],
    [2, page(['/fo1 3 0 R', '/fo0 4 0 R'])],
  ]);

  it('has the same bytes whatever the order and numbers of its objects', () => {
    expect(one.equals(other)).to.equal(false);
    expect(Buffer.from(canonicalPdf(other)).equals(canonicalPdf(one))).to.equal(true);
  });

  it('is itself in that form, with every object where its table says', () => {
    const text = Buffer.from(canonicalPdf(other)).toString('latin1');
    expect(Buffer.from(canonicalPdf(Buffer.from(text, 'latin1'))).toString('latin1')).to.equal(
      text,
    );
    const entries = [...text.matchAll(/^(\d{10}) 00000 n/gm)];
    expect(entries).to.have.length(4);
    entries.forEach(([, offset], k) => {
      expect(text.slice(Number(offset))).to.match(new RegExp(`^${k + 1} 0 obj`));
    });
    expect(text.slice(Number(/startxref\n(\d+)/.exec(text)![1]))).to.match(/^xref/);
  });

  it('leaves streams as they are', () => {
    expect(Buffer.from(canonicalPdf(other)).toString('latin1')).to.include(
      'stream\n\x80\xff1 0 R\n',
    );
  });

  it('refuses what is no such file in a sentence', () => {
    expect(() => canonicalPdf(Buffer.from('%PDF-1.7\n'))).to.throw(/^This PDF has no table/);
  });
});
