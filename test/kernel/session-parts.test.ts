import { expect } from 'chai';
import { excerpt, placeInWords, rememberCell } from '../../src/kernel/session/cell-code.js';
import { charactersBefore, unitsBefore } from '../../src/kernel/session/answers/cursor-position.js';
import { completenessOf } from '../../src/kernel/session/completeness.js';

describe('code on its way', () => {
  const complete = [
    '',
    'const a = 1;',
    '%reload',
    '  %status ',
    'name?',
    'kit.name??',
    '// a comment',
    'const s = `a\nb`;',
    'for (;;) {\n}\n',
    'function f() {\n\n\n',
    'a\n  .b()',
  ];
  const incomplete: [string, string][] = [
    ['f(', '  '],
    ['function f() {', '  '],
    ['if (a) {\n  while (b) {', '    '],
    ['const a = [', '  '],
    ['const s = `one', ''],
    ['/* a comment', ''],
    ['const f = () =>', '  '],
    ['const a =', ''],
    ['call(1,', ''],
    ['for (const x of y) { // why', '  '],
  ];
  const invalid = [
    ')',
    'const = 3;',
    "const s = 'open;",
    'a b c;\nf(',
    'const r = /open',
    'if (a)) {',
  ];

  for (const code of complete) {
    it(`is complete: ${JSON.stringify(code)}`, () => {
      expect(completenessOf(code)).to.deep.equal({ status: 'complete' });
    });
  }
  for (const [code, indent] of incomplete) {
    it(`needs more lines: ${JSON.stringify(code)}`, () => {
      expect(completenessOf(code)).to.deep.equal({ status: 'incomplete', indent });
    });
  }
  for (const code of invalid) {
    it(`is wrong whatever follows: ${JSON.stringify(code)}`, () => {
      expect(completenessOf(code)).to.deep.equal({ status: 'invalid' });
    });
  }
  it('is unknown where the parser has to give up', () => {
    expect(completenessOf('('.repeat(100_000))).to.deep.equal({ status: 'unknown' });
  });
});

describe('a cursor', () => {
  // The letter in the middle takes two units.
  const text = 'a\u{1d4d0}b';

  it('is counted in characters by Jupyter and in units here', () => {
    expect([0, 1, 2, 3].map((count) => unitsBefore(text, count))).to.deep.equal([0, 1, 3, 4]);
    expect([0, 1, 3, 4].map((count) => charactersBefore(text, count))).to.deep.equal([0, 1, 2, 3]);
  });

  it('is at the end where it is not given, or beyond it', () => {
    expect(unitsBefore(text, null)).to.equal(4);
    expect(unitsBefore(text, 99)).to.equal(4);
  });
});

describe('a place in a cell', () => {
  const source = Array.from({ length: 12 }, (_, k) => `\tline(${k + 1});`).join('\n');
  rememberCell(901, '7', source);

  it('has the number that the cell was shown with', () => {
    expect(placeInWords({ cell: 901, line: 3, column: 2 })).to.equal('Cell [7], line 3, column 2');
  });

  it('is shown with two lines around it, a mark below, and tabs as they are', () => {
    expect(excerpt({ cell: 901, line: 9, column: 2 }, 4).split('\n')).to.deep.equal([
      '     7 | \tline(7);',
      '     8 | \tline(8);',
      '-->  9 | \tline(9);',
      '         \t^^^^',
      '    10 | \tline(10);',
      '    11 | \tline(11);',
    ]);
  });

  it('is marked no further than the line goes, and at least once', () => {
    expect(excerpt({ cell: 901, line: 1, column: 6 }, 50).split('\n')[1].trim()).to.equal('^^^^');
    expect(excerpt({ cell: 901, line: 12, column: 40 }, 3).split('\n').at(-1)!.trim()).to.equal(
      '^',
    );
  });
});
