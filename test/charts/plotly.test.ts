import { expect } from 'chai';
import { join } from 'node:path';
import { directionPath, directionPathFigure } from '../../src/charts/direction-path.js';
import type { PlotlySpec } from '../../src/charts/figure.js';
import { pointsOf, trajectoryOf } from '../../src/flows/index.js';
import { normalized } from '../../src/numerics/index.js';
import { findChromium, withChromium } from '../helpers/chromium.js';
import { projectRoot } from '../helpers/project-root.js';

/** A made-up run whose direction comes to rest at the first axis. */
function madeUpPath() {
  const points = Array.from({ length: 60 }, (_, k) => ({
    clock: k,
    logTime: k,
    logNorm: k,
    alpha: 10 ** (k / 12 - 1),
    smallestMargin: 1,
    pathLength: 1 - Math.exp(-k / 9),
    direction: normalized(Float64Array.of(1, Math.exp(-k / 9), 0.4 * Math.exp(-k / 5), 0)),
  }));
  const trajectory = trajectoryOf(points);
  expect(pointsOf(trajectory)).to.have.length(60);
  return directionPath(trajectory, Float64Array.of(1, 0, 0, 0));
}

describe('directionPathFigure', () => {
  const path = madeUpPath();
  const words = { name: 'direction-path', title: 'A path', caption: '' };
  const spec = directionPathFigure(words, path).spec as PlotlySpec;

  it('marks the powers of ten, the start and the limit', () => {
    expect(path.decades.map(({ exponent }) => exponent)).to.deep.equal([0, 1, 2, 3]);
    const names = spec.data.map((trace) => (trace as { name?: string }).name);
    expect(names).to.include.members(['start', 'limit', 'path of θ/‖θ‖']);
  });

  it('is what Plotly takes for valid', async function () {
    const executablePath = findChromium();
    if (executablePath === undefined) this.skip();
    this.timeout(120_000);
    await withChromium(executablePath, async (page) => {
      await page.addScriptTag({
        path: join(projectRoot(), 'node_modules', 'plotly.js-dist', 'plotly.js'),
      });
      const problems = await page.evaluate(
        `JSON.stringify(Plotly.validate(${JSON.stringify(spec.data)}, ${JSON.stringify(spec.layout)}) ?? [])`,
      );
      expect(problems).to.equal('[]');
    });
  });
});
