import { expect } from 'chai';
import { compare, figureNamed, ownVerdict, table, verdictTable } from '../../src/notebook/index.js';
import { atMost, reported } from '../../src/claims/index.js';

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
  it('shows every number, and which of them were judged', () => {
    const evidence = [atMost('residual', 1e-9, 1e-6, 1, 'a note'), reported('control', 2, 'b')];
    const result = ownVerdict('mine', evidence);
    expect(result).to.include({ id: 'mine', verdict: 'supported', expected: 'supported' });
    const text = verdictTable(result).replaceAll('\u00a0', ' ');
    expect(text).to.match(/^\*\*Verdict: supported\.\*\* 1 of 1 judged numbers.*; 1 more/);
    expect(text).to.include('| residual | 10⁻⁹ | ≤ 0.000001 | supported | a note |');
    expect(text).to.include('| control | 2 | – | reported | b |');
  });

  it('is contradicted by contradicting evidence', () => {
    expect(ownVerdict('mine', [atMost('m', 2, 0, 1, '')]).verdict).to.equal('contradicted');
    expect(ownVerdict('mine', []).verdict).to.equal('inconclusive');
  });
});

describe('a prediction', () => {
  it('is set beside what the run says', () => {
    expect(compare('x', 0.5, 0.513)).to.equal('x: you said 0.5, the run says 0.513. Within 10 %.');
    expect(compare('x', 0.7, 0.513)).to.match(/Within 50 %\.$/);
    expect(compare('x', 5, 0.513)).to.match(/What did you expect/);
  });

  it('may be missing', () => {
    expect(compare('x', NaN, 2)).to.equal('x: 2. You made no prediction.');
  });
});

describe('a figure by its name', () => {
  it('is found, or the names are listed', () => {
    expect(figureNamed([figure], 'one')).to.equal(figure);
    expect(() => figureNamed([figure], 'two')).to.throw("no figure 'two'; there are one.");
  });
});
