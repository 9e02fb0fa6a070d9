import { expect } from 'chai';
import type { ClaimOutcome } from '../../../src/cli/reproduce/outcome.js';
import { notebookText, reportText, shortNumber } from '../../../src/cli/reproduce/report.js';
import { columnsOf, formatTable, wrap } from '../../../src/cli/table.js';

const evidence = (metric: string, value: number, verdict: 'supported' | 'contradicted') =>
  ({ metric, value, threshold: '≤ 1', note: 'why', verdict }) as const;

function outcome(verdict: 'supported' | 'contradicted'): ClaimOutcome {
  return {
    id: 'small',
    title: 'Small',
    statement: 'Numbers are small.',
    verdict,
    expected: 'supported',
    source: 'Author 2020',
    criterion: 'One is small.',
    evidence: [
      evidence('size, first', 0.25, 'supported'),
      evidence('size, second', 0.5, 'supported'),
      evidence('weight, first', verdict === 'supported' ? 1 : 2, verdict),
      { ...evidence('colour', 3, 'supported'), threshold: 'reported', verdict: 'reported' },
    ],
    data: {},
    figures: [],
    skipped: [],
    seconds: 1,
    reused: false,
  };
}

const ran = { id: 'small', file: '01-small.ipynb', seconds: 1, expected: 'supported' } as const;

describe('the report', () => {
  it('shows the range of what is judged, then every number with its note', () => {
    const text = reportText([outcome('supported')], [], 140);
    expect(text).to.contain('size: 0.25 to 0.5 (≤ 1)');
    expect(text).to.contain('weight: 1 (≤ 1)');
    expect(text).not.to.contain('colour: 3 (≤ 1)');
    expect(text).to.contain('Criterion: One is small.');
    expect(text).to.contain('+ size, second: 0.5 (≤ 1); why');
    expect(text).to.contain('· colour: 3 (reported); why');
  });

  it('shows only what speaks against a claim where something does', () => {
    const [table] = reportText([outcome('contradicted')], [], 140).split('\n\n');
    expect(table).to.contain('weight: 2 (≤ 1)');
    expect(table).not.to.contain('size');
    expect(table).to.contain('contradicted');
  });

  it('names notebooks that belong to no claim below the table', () => {
    const other = {
      ...ran,
      id: 'quick-start',
      file: '00-quick-start.ipynb',
      faults: [],
      verdict: 'supported',
    } as const;
    expect(reportText([outcome('supported')], [other], 140)).to.contain(
      '00-quick-start.ipynb: passed',
    );
  });

  it('has a word for what became of a notebook', () => {
    expect(notebookText(undefined)).to.equal('not run');
    expect(notebookText({ ...ran, faults: ['x'], verdict: 'supported' })).to.equal('failed');
    expect(notebookText({ ...ran, faults: [], verdict: 'supported' })).to.equal('passed');
    expect(notebookText({ ...ran, faults: [], verdict: 'contradicted' })).to.equal('contradicted');
  });
});

describe('a number in the report', () => {
  const cases: [number, string][] = [
    [0.123456, '0.1235'],
    [1.5e-9, '1.50e-9'],
    [0.999998, '1 − 2.0e-6'],
    [1, '1'],
    [0, '0'],
    [-2.25, '-2.25'],
    [1e7, '1.00e+7'],
    [Infinity, 'Infinity'],
    [NaN, 'NaN'],
  ];
  for (const [value, text] of cases) {
    it(`is ${text} for ${value}`, () => expect(shortNumber(value)).to.equal(text));
  }
});

describe('the table', () => {
  it('wraps cells to their columns and sets paragraphs below each other', () => {
    const text = formatTable(['a', 'b'], [['one two', ['x', 'y']]], [4, 2]);
    expect(text.split('\n')).to.deep.equal(['a    │ b', '─────┼───', 'one  │ x', 'two  │ y']);
  });

  it('cuts words that no column holds', () => {
    expect(wrap('abcdef gh', 4)).to.deep.equal(['abcd', 'ef', 'gh']);
  });

  it('counts letters as a terminal shows them', () => {
    expect(columnsOf('∇𝓛')).to.equal(2);
    expect(columnsOf('γ\u0304')).to.equal(1);
  });
});
