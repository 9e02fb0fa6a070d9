import { expect } from 'chai';
import * as kit from '../../src/notebook/index.js';
import { jupyterDisplay, type Displayable, type MimeBundle } from '../../src/notebook/index.js';

function formsOf(value: Displayable): MimeBundle {
  return value[jupyterDisplay]() as MimeBundle;
}

/** The first bytes of a file of each kind, padded. */
const HEADERS: readonly (readonly [string, string, readonly number[]])[] = [
  ['PNG', 'image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['JPEG', 'image/jpeg', [0xff, 0xd8, 0xff, 0xe0]],
  ['GIF', 'image/gif', [...Buffer.from('GIF89a')]],
  ['WebP', 'image/webp', [...Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')]],
  ['PDF', 'application/pdf', [...Buffer.from('%PDF-1.7')]],
];

describe('rich values', () => {
  it('carry the symbol that other kernels look for, too', () => {
    expect(jupyterDisplay).to.equal(Symbol.for('Jupyter.display'));
    expect(jupyterDisplay in kit.html('')).to.equal(true);
  });

  it('are HTML with its words beside it', () => {
    const text =
      '<style>p { color: red }</style><h1>Title</h1><p>a &lt; b &amp;lt;</p>' +
      '<table><tr><td>1</td><td>2</td></tr></table><script>alert(1)</script>';
    expect(formsOf(kit.html(text))).to.deep.equal({
      'text/html': text,
      'text/plain': 'Title\na < b &lt;\n1\t2',
    });
    expect(formsOf(kit.html('<hr>'))['text/plain']).to.equal('HTML');
  });

  it('read the words of hostile HTML in time linear in its length', () => {
    formsOf(kit.html('<script>'.repeat(1e5)));
    formsOf(kit.html('<'.repeat(1e6)));
    formsOf(kit.html('\n \t'.repeat(1e6)));
  });

  it('are Markdown and LaTeX with their source as text', () => {
    expect(formsOf(kit.markdown('**a**'))).to.deep.equal({
      'text/markdown': '**a**',
      'text/plain': '**a**',
    });
    expect(formsOf(kit.latex('$x^2$'))).to.deep.equal({
      'text/latex': '$x^2$',
      'text/plain': '$x^2$',
    });
  });

  it('are SVG, named by its title', () => {
    const text = '<svg xmlns="http://www.w3.org/2000/svg"><title>A disc</title></svg>';
    expect(formsOf(kit.svg(text))).to.deep.equal({
      'image/svg+xml': text,
      'text/plain': 'SVG picture: A disc',
    });
    expect(formsOf(kit.svg('<svg/>'))['text/plain']).to.equal('SVG picture');
  });

  for (const [name, mime, header] of HEADERS) {
    it(`are ${name} files, told by their first bytes`, () => {
      const bytes = Uint8Array.of(...header, ...new Uint8Array(30));
      const forms = formsOf(kit.image(bytes));
      expect(forms[mime]).to.equal(Buffer.from(bytes).toString('base64'));
      expect(forms['text/plain']).to.match(
        new RegExp(`^${name} picture, .*${bytes.length} bytes$`),
      );
      // A part of a larger buffer, and a buffer itself.
      const larger = new Uint8Array([1, 2, ...bytes, 3]);
      const part = kit.image(larger.subarray(2, 2 + bytes.length));
      expect(formsOf(part)[mime]).to.equal(forms[mime]);
      expect(formsOf(kit.image(bytes.buffer))[mime]).to.equal(forms[mime]);
    });
  }

  it('say how large a PNG or a GIF is', () => {
    const png = Buffer.alloc(33);
    png.set(HEADERS[0][2]);
    png.writeUInt32BE(640, 16);
    png.writeUInt32BE(480, 20);
    expect(formsOf(kit.image(png))['text/plain']).to.equal(
      'PNG picture, 640 × 480 pixels, 33 bytes',
    );
    const gif = Buffer.from('GIF89a\x40\x01\xf0\0', 'latin1');
    expect(formsOf(kit.image(gif))['text/plain']).to.equal(
      'GIF picture, 320 × 240 pixels, 10 bytes',
    );
    expect(formsOf(kit.image(gif.subarray(0, 8)))['text/plain']).to.equal('GIF picture, 8 bytes');
  });

  it('take other files by their MIME type, and refuse them without', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(formsOf(kit.image(bytes, 'image/avif'))).to.deep.equal({
      'image/avif': 'AQID',
      'text/plain': 'Picture (image/avif), 3 bytes',
    });
    expect(() => kit.image(bytes)).to.throw(/^image: expected the bytes of a PNG.*these 3 bytes/);
    expect(() => kit.image(new Uint8Array())).to.throw('these 0 bytes');
  });

  it('are charts, named by their titles', () => {
    const chart = formsOf(kit.vegaLite({ mark: 'bar', title: { text: ['Two', 'lines'] } }));
    expect(chart).to.have.keys(['application/vnd.vegalite.v5+json', 'image/svg+xml', 'text/plain']);
    expect(chart['application/vnd.vegalite.v5+json']).to.deep.equal({
      mark: 'bar',
      title: { text: ['Two', 'lines'] },
    });
    expect(chart['text/plain']).to.equal('Vega-Lite chart: Two lines');
    expect(formsOf(kit.vegaLite({ title: 'One' }))['text/plain']).to.equal('Vega-Lite chart: One');
    expect(formsOf(kit.plotly({ data: [] }))).to.deep.equal({
      'application/vnd.plotly.v1+json': { data: [], layout: {} },
      'text/plain': 'Plotly chart',
    });
    const titled = kit.plotly({ data: [], layout: { title: { text: 'T' } } });
    expect(formsOf(titled)['text/plain']).to.equal('Plotly chart: T');
  });

  it('are any forms at once', () => {
    const forms = { 'text/plain': 'a', 'application/json': { a: 1 } };
    expect(formsOf(kit.bundle(forms))).to.deep.equal(forms);
  });
});
