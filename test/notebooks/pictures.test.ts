import { expect } from 'chai';
import { mimeBundleOf } from '../../src/notebook/index.js';

const SVG = 'http://www.w3.org/2000/svg';

/** An element as documents made in Node have it: all that is known of it comes from its class. */
class Element {
  readonly #name: string;
  readonly #html: string;
  constructor(name: string, html: string) {
    this.#name = name;
    this.#html = html;
  }
  get nodeType() {
    return 1;
  }
  get localName() {
    return this.#name;
  }
  get namespaceURI() {
    return this.#name === 'svg' ? SVG : 'http://www.w3.org/1999/xhtml';
  }
  get outerHTML() {
    return this.#html;
  }
}

describe('an element of a document', () => {
  it('is a picture where it is SVG, with the namespace that a file needs', async () => {
    const bundle = await mimeBundleOf(new Element('svg', '<svg width="2"><g></g></svg>'));
    expect(bundle['image/svg+xml']).to.equal(`<svg xmlns="${SVG}" width="2"><g></g></svg>`);
    expect(bundle['text/plain']).to.equal('<svg> of 28 characters');
    const whole = `<svg xmlns="${SVG}"></svg>`;
    expect((await mimeBundleOf(new Element('svg', whole)))['image/svg+xml']).to.equal(whole);
  });

  it('is HTML where it is anything else', async () => {
    const bundle = await mimeBundleOf(new Element('figure', '<figure>f</figure>'));
    expect(bundle).to.have.all.keys('text/html', 'text/plain');
    expect(bundle['text/html']).to.equal('<figure>f</figure>');
  });

  it('is not looked for in what only resembles one, or fails', async () => {
    const plain = { nodeType: 1, localName: 'svg', outerHTML: '<svg/>' };
    expect(await mimeBundleOf(plain)).to.have.all.keys('text/plain');
    class Broken extends Element {
      override get outerHTML(): string {
        throw new Error('no document');
      }
    }
    expect(await mimeBundleOf(new Broken('svg', ''))).to.have.all.keys('text/plain');
  });
});

describe('a specification of Vega', () => {
  const spec = (library: string, version: number) => ({
    $schema: `https://vega.github.io/schema/${library}/v${version}.json`,
    mark: 'point',
    data: { values: [{ a: 1 }] },
  });

  it('is drawn, whatever its version', async () => {
    for (const version of [5, 6]) {
      const lite = await mimeBundleOf(spec('vega-lite', version));
      expect(lite['application/vnd.vegalite.v5+json']).to.deep.equal(spec('vega-lite', version));
      expect(lite['text/plain']).to.include('mark');
      const vega = await mimeBundleOf(spec('vega', version));
      expect(vega).to.have.property('application/vnd.vega.v5+json');
    }
  });

  it('may be what an object gives as its own', async () => {
    class Chart {
      toSpec() {
        return spec('vega-lite', 5);
      }
    }
    expect(await mimeBundleOf(new Chart())).to.have.property('application/vnd.vegalite.v5+json');
  });

  it('is an object like any other without its schema, or where JSON does not hold it', async () => {
    const others = [
      { mark: 'point' },
      { $schema: 'https://json-schema.org/draft/2020-12/schema' },
      { ...spec('vega-lite', 5), data: 1n },
      { toSpec: () => 5 },
    ];
    for (const other of others) expect(await mimeBundleOf(other)).to.have.all.keys('text/plain');
  });
});

describe('an array of holes', () => {
  it('is shown as Node shows it', async () => {
    expect(await mimeBundleOf(new Array(5))).to.deep.equal({ 'text/plain': '[ <5 empty items> ]' });
    expect(await mimeBundleOf({ verdict: 'supported', evidence: new Array(2) })).to.deep.equal({
      'text/plain': "{ verdict: 'supported', evidence: [ <2 empty items> ] }",
    });
  });
});
