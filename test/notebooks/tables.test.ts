import { expect } from 'chai';
import { compare, figureNamed, ownVerdict, table, verdictTable } from '../../src/notebook/index.js';
import { atMost, reported } from '../../src/claims/index.js';
import { inReadersNumerals, inReadersWords } from '../../src/notebook/reader-words.js';

const figure = { name: 'one', title: '', caption: '', kind: 'vega-lite', spec: {} } as const;

describe('a table in a cell', () => {
  it('is Markdown, with columns of numbers to the right', () => {
    const lines = table(['what', 'value'], [['a | b', 0.12345]]).split('\n');
    expect(lines).to.deep.equal(['| what | value |', '|---|---:|', '| a \\| b | 0.123 |']);
  });

  it('prints numbers as a reader would write them', () => {
    const values = [9_999_999.99, 1234.5, 12345, -0.5, 1.234e-5, 0, NaN, Infinity, -Infinity];
    const [, , row] = table(
      values.map(() => ''),
      [values],
    ).split('\n');
    expect(row.replaceAll('\u00a0', ' ')).to.equal(
      '| 10⁷ | 1230 | 1.23 × 10⁴ | −0.5 | 1.23 × 10⁻⁵ | 0 | – | ∞ | −∞ |',
    );
  });

  it('says what is missing where a number would be rounded to 1', () => {
    const [, , row] = table(['', ''], [[0.999997866, 1]]).split('\n');
    expect(row.replaceAll('\u00a0', ' ')).to.equal('| 1 − 2.1 × 10⁻⁶ | 1 |');
  });

  it('prints as many digits as it is asked for', () => {
    expect(table(['v'], [[0.0305558]], 5)).to.include('| 0.030556 |');
  });
});

describe('a verdict in a cell', () => {
  const shown = (text: string) => text.replaceAll('\u00a0', ' ');
  /** What is seen at once, and what is behind the line to click on. */
  const halves = (text: string) => shown(text).split('<details>');

  it('shows the numbers that were judged, and folds the others with what they mean', () => {
    const evidence = [
      atMost('residual, planar squared-relu', 1e-9, 1e-6, 1, 'a note: 2.50e+8'),
      atMost('other', 0.2, 0.5, 1, 'b'),
      reported('control', 2, 'c'),
    ];
    const result = ownVerdict('mine', evidence);
    expect(result).to.include({ id: 'mine', verdict: 'supported', expected: 'supported' });
    const [seen, folded] = halves(verdictTable(result));
    expect(seen).to.match(/^\*\*Verdict: supported\.\*\* All 2 judged numbers.*; 1 more is/);
    expect(seen).to.include('| residual, 42 points, squared ReLU | 10⁻⁹ | ≤ 10⁻⁶ |');
    expect(seen).not.to.include('control');
    expect(folded).to.match(/^<summary>All 3 numbers, with what they mean<\/summary>\n\n\|/);
    expect(folded)
      .to.include('| supported | a note: 2.5 × 10⁸ |')
      .and.match(/\n\n<\/details>$/);
    expect(folded).to.include('| control | 2 | – | reported | c |');
  });

  it('shows what decided it where that was not in favour', () => {
    const evidence = [
      atMost('good', 0, 1, 2, ''),
      atMost('open', 1.5, 1, 2, 'why open'),
      atMost('bad', 3, 1, 2, 'why bad'),
    ];
    const [contradicted] = halves(verdictTable(ownVerdict('mine', evidence)));
    expect(contradicted).to.include(
      '1 of 3 judged numbers supports the claim; 0 more are reported',
    );
    expect(contradicted).to.include('| bad | 3 | ≤ 1 | why bad |');
    expect(contradicted).not.to.match(/\| (good|open) \|/);
    const [open] = halves(verdictTable(ownVerdict('mine', evidence.slice(0, 2))));
    expect(open).to.include('| open | 1.5 | ≤ 1 | why open |').and.not.include('| good |');
  });

  it('has a row for each measure and a column for each problem where there are several', () => {
    const rows = ['planar squared-relu', 'planar relu', 'images relu'].flatMap((name, k) => [
      atMost(`angle, ${name}`, 0.1 * k, 0.5 + 0.1 * k, 1, ''),
      atMost(`length, ${name}`, 0.2, 0.8, 1, ''),
    ]);
    const evidence = [...rows, atMost('length, planar relu, descent', 0.3, 0.8, 1, '')];
    const [seen] = halves(verdictTable(ownVerdict('mine', evidence)));
    expect(seen.trim().split('\n').slice(2)).to.deep.equal([
      '| what | 42 points, squared ReLU | 20 points, ReLU | images, ReLU | asked for |',
      '|---|---|---|---|---|',
      '| angle | 0 | 0.1 | 0.2 | ≤ 0.5, ≤ 0.6, ≤ 0.7 |',
      '| length | 0.2 | 0.2 | 0.2 | ≤ 0.8 |',
      '| length, descent |  | 0.3 |  | ≤ 0.8 |',
    ]);
  });

  it('may have no numbers at all', () => {
    expect(verdictTable(ownVerdict('mine', []))).to.equal(
      '**Verdict: inconclusive.** No number was judged; 0 more are reported.',
    );
  });

  it('is contradicted by contradicting evidence', () => {
    expect(ownVerdict('mine', [atMost('m', 2, 0, 1, '')]).verdict).to.equal('contradicted');
    expect(ownVerdict('mine', []).verdict).to.equal('inconclusive');
  });
});

describe('words and numerals of records', () => {
  it('become those of a reader', () => {
    expect(inReadersWords('angle, planar relu logistic')).to.equal(
      'angle, 20 points, ReLU, logistic loss',
    );
    expect(inReadersWords('images squared-relu, descent')).to.equal(
      'images, squared ReLU, descent',
    );
    expect(inReadersWords('a planar relude')).to.equal('a planar relude');
  });

  it('are left alone where they are no numbers, or have no power of ten', () => {
    const same = 'arXiv 2306.11680, OpenBLAS 0.3.34, 0.000 left, 0.0303 of 0.500, h-alexnet, 1-2';
    expect(inReadersNumerals(same)).to.equal(same.replace('1-2', '1-2'));
    const text = inReadersNumerals('1e+8 and 6.70e-7, 0.0000282, -3.05').replaceAll('\u00a0', ' ');
    expect(text).to.equal('10⁸ and 6.7 × 10⁻⁷, 2.82 × 10⁻⁵, −3.05');
  });
});

describe('a prediction', () => {
  it('is set beside what the run says', () => {
    expect(compare('x', 0.5, 0.513)).to.equal(
      'x: you said 0.5, the run says 0.513. You are within 10 % of the run.',
    );
    expect(compare('x', 0.7, 0.513)).to.match(/within 50 % of the run\.$/);
    expect(compare('x', 5, 0.513)).to.match(/What did you expect/);
  });

  it('may be missing', () => {
    expect(compare('x', NaN, 2)).to.equal('x: 2. You made no prediction.');
  });

  it("has the theory's number beside it where there is one", () => {
    expect(compare('x', 0.5, 0.513, 0.534)).to.equal(
      'x: you said 0.5, the run says 0.513, the theory says 0.534. You are within 10 % of the run.',
    );
    expect(compare('x', NaN, 0.513, 0.534)).to.equal(
      'x: the run says 0.513, the theory says 0.534. You made no prediction.',
    );
  });
});

describe('a figure by its name', () => {
  it('is found, or the names are listed', () => {
    expect(figureNamed([figure], 'one')).to.equal(figure);
    expect(() => figureNamed([figure], 'two')).to.throw("no figure 'two'; there are one.");
  });
});
