import { expect } from 'chai';
import fc from 'fast-check';
import { parseJson } from '../../src/cli/json-file.js';
import { jsonFault } from '../../src/cli/json-position.js';
import { jsonText } from '../../src/cli/json-text.js';
import { always } from '../helpers/always.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON with one character replaced, put in or taken away. */
const nearlyJson = fc
  .record({
    text: fc.json(),
    at: fc.nat(),
    taken: fc.nat({ max: 1 }),
    put: fc.constantFrom(...'{}[]:,"\\0x-.e tn\n\u0000\u00a0\ufeff/*', ''),
  })
  .map(({ text, at, taken, put }) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + taken);
  });

describe('whatever a JSON file holds', () => {
  it('has a fault just where Node’s own parser refuses it', () => {
    for (const texts of [nearlyJson, fc.json(), fc.string({ unit: 'binary' })]) {
      always(
        fc.property(texts, (text) => {
          expect(jsonFault(text) === undefined).to.equal(isJson(text));
        }),
        1000,
      );
    }
  });

  it('has its fault within the text, at what is found there', () => {
    always(
      fc.property(
        nearlyJson.filter((text) => !isJson(text)),
        (text) => {
          const { line, column, found } = jsonFault(text)!;
          const at = text.split('\n')[line - 1].slice(column - 1);
          const there = line === text.split('\n').length && at === '' ? 'the end of the file' : '';
          expect(found).to.equal(there || `'${at === '' ? '\n' : at[0]}'`);
        },
      ),
    );
  });

  it('is refused in a sentence however deep it goes', () => {
    for (const text of ['['.repeat(200_000), `${'['.repeat(200_000)}}`]) {
      expect(() => parseJson(text, 'a.json')).to.throw(
        'a.json: its lists within lists go too deep to be read.',
      );
    }
  });

  it('comes back from what is written, -0 as 0', () => {
    always(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(jsonText(value))).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
