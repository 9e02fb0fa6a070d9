import { expect } from 'chai';
import { pageOf } from '../../../src/cli/flow/page/page.js';
import { numberText } from '../../../src/cli/flow/page/words.js';
import { problemIn } from '../../../src/cli/flow/problem-file.js';
import { problemOf, type Problem } from '../../../src/cli/flow/problem.js';
import { solveProblem, type FlowResultFile } from '../../../src/cli/flow/solve.js';
import { linearProblem } from './linear-problem.js';

const raw = linearProblem([10, 100, 1000, 10000]);

let problem: Problem;
let record: FlowResultFile;
let page: string;
before(async () => {
  problem = problemOf(problemIn(raw, 'p.json'), 'p.json');
  record = await solveProblem(problem, { maxSteps: 5000 });
  page = await pageOf(record, problem, 'Title <1>');
});

/** The drawings inside a page. */
function drawings(html: string): string[] {
  const found = [...html.matchAll(/src="data:image\/svg\+xml;base64,([^"]+)"/g)];
  return found.map(([, code]) => Buffer.from(code, 'base64').toString('utf8'));
}

describe('the page of a result', () => {
  it('holds four drawings with titles and axes, and asks for no other file', () => {
    const svgs = drawings(page);
    expect(svgs).to.have.length(4);
    const words = ['Margins', 'Dual variables', 'Angle to the limit', 'Alignment of'];
    svgs.forEach((svg, k) => {
      expect(svg).to.match(/^<svg /);
      expect(svg).to.contain(words[k]);
      expect(svg).to.contain('α (no unit, log scale)');
    });
    expect(page.replace(/base64,[^"]+/g, '')).not.to.match(/https?:|<script|<link|url\(/);
  });

  it('tells the problem, the limit, the rows and the end in words', () => {
    expect(page).to.contain('<h1>Title &lt;1&gt;</h1>');
    expect(page).to.contain('A linear model (2 inputs, one score, degree L = 1) on 3 examples');
    expect(page).to.contain('A KKT point of the margin problem with margin');
    expect(page).to.match(/on \d support constraints: example \d/);
    expect(page.match(/<td>/g)).to.have.length(4 * 7);
    expect(page).to.contain('<strong>finished</strong>: The run reached its last target');
  });

  it('is the same for the same result', async () => {
    expect(await pageOf(record, problem, 'Title <1>')).to.equal(page);
  });

  it('shows rates and visits where they are known', async () => {
    const limit = {
      ...record.limit!,
      lambda: 0.25,
      predictedRatio: 0.1,
      measuredRatios: [0.11, 0.1],
    };
    const visits = [
      {
        margin: 0.2,
        lambda: 1.5,
        unstable: 1,
        fromAlpha: 20,
        toAlpha: 700,
        nearest: 0.1,
        stays: false,
      },
    ];
    const fuller = await pageOf({ ...record, limit, visits }, problem, 'Fuller');
    expect(fuller).to.contain('by the factor 0.1 in a decade of α; measured: 0.11, 0.1.');
    expect(fuller).to.contain('Unstable KKT points that the run came near');
    expect(drawings(fuller)[2]).to.contain('rate that the limit predicts');
    expect(page).not.to.contain('Unstable KKT points');
  });

  it('does without a limit and without rows', async () => {
    const short = await solveProblem(problem, { maxSteps: 2 });
    const bare = await pageOf(short, problem, 'Bare');
    expect(drawings(bare)).to.have.length(0);
    expect(bare).to.contain('Too few rows for figures.');
    expect(bare).to.contain('(end)');
  });
});

describe('a number on the page', () => {
  const cases: [number, string][] = [
    [0, '0'],
    [-0.5, '−0.5'],
    [1e-16, '10⁻¹⁶'],
    [-2.5e8, '−2.5 × 10⁸'],
    [NaN, 'not known'],
    [-Infinity, '−∞'],
  ];
  for (const [value, text] of cases) {
    it(`is ${text} for ${value}`, () => expect(numberText(value)).to.equal(text));
  }
});
