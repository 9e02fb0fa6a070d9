import { expect } from 'chai';
import { scalingFigure } from '../../src/charts/scaling.js';
import { toSvg } from '../../src/charts/svg.js';
import { workPrecisionFigure, type WorkPoint } from '../../src/charts/work-precision.js';
import { countMarks, expectPlainNumbers, wordsOf } from './checks.js';

describe('the work–precision diagram', () => {
  const points = (factor: number, timed: boolean): WorkPoint[] =>
    [1e-4, 1e-6, 1e-8].map((tolerance, k) => ({
      tolerance,
      evaluations: factor * 10 ** (k + 2),
      seconds: 0.01 * (k + 1),
      directionError: factor * tolerance,
      ...(timed ? { logTimeError: tolerance } : {}),
    }));

  it('shows every solver, and the time of the flow of those that have one', async () => {
    const solvers = [
      { name: 'one', points: points(1, true) },
      { name: 'two', points: points(2, false) },
    ];
    const figure = workPrecisionFigure(solvers, '10⁵');
    expectPlainNumbers(figure);
    const svg = await toSvg(figure);
    expect(countMarks(svg, 'line')).to.equal(7);
    expect(wordsOf(svg)).to.include.members(['one', 'two', 'tolerance', 'seconds']);
  });
});

describe('the figure of scaling', () => {
  it('names the fitted power of each panel', async () => {
    const sizes = [10, 100, 1000];
    const growth = {
      title: 'time',
      x: { title: 'examples', symbol: 'examples' },
      y: { title: 'seconds', symbol: 'time' },
      sizes,
      values: sizes.map((size) => 2 * size ** 1.5),
      exponent: 1.5,
      factor: 2,
    };
    const svg = await toSvg(scalingFigure([growth, { ...growth, title: 'memory', exponent: 1 }]));
    expect(wordsOf(svg)).to.include.members([
      'time: power 1.50', 'memory: power 1.00', 'measured', 'fitted power',
    ]); // prettier-ignore
    expect(countMarks(svg, 'line')).to.equal(4);
  });
});
