import { expect } from 'chai';
import { jsonFault } from '../../src/cli/json-position.js';

const broken: [string, number, number, string][] = [
  ['', 1, 1, 'the end of the file'],
  ['{"a": 1,\n "b": }', 2, 7, "'}'"],
  ['[1, 2,, 3]', 1, 7, "','"],
  ['[1, 2,]', 1, 7, "']'"],
  ['{"a": 1,}', 1, 9, "'}'"],
  ['{"a" 1}', 1, 6, "'1'"],
  ['{a: 1}', 1, 2, "'a'"],
  ['[1, 2', 1, 6, 'the end of the file'],
  ['[1}', 1, 3, "'}'"],
  ['[01]', 1, 3, "'1'"],
  ['[NaN]', 1, 2, "'N'"],
  ['["a\nb"]', 1, 2, "'\"'"],
  ['{} x', 1, 4, "'x'"],
];

describe('the place where JSON breaks', () => {
  for (const [text, line, column, found] of broken) {
    it(`is line ${line}, column ${column} in ${JSON.stringify(text)}`, () => {
      expect(() => void JSON.parse(text)).to.throw(SyntaxError);
      expect(jsonFault(text)).to.deep.equal({ line, column, found });
    });
  }

  it('is nowhere in what is JSON', () => {
    const texts = [
      '1',
      ' [ ] ',
      '{}',
      '{"a": [1, -2.5e3, true, null, "\\u00e9\\n"], "b": {"c": []}}',
    ];
    for (const text of texts) expect(jsonFault(text), text).to.equal(undefined);
  });
});
