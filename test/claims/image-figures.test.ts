import { expect } from 'chai';
import { figureText } from '../../src/charts/index.js';
import { toSvg } from '../../src/charts/svg.js';
import { imageFigures } from '../../src/claims/common/image-figures.js';
import type { ImageTrainingRecord } from '../../src/records/index.js';
import { countMarks } from '../charts/checks.js';
import { madeUpImageRun } from '../helpers/made-up-image-run.js';

function degreeFigure(run: ImageTrainingRecord) {
  return imageFigures(run).find(({ name }) => name.endsWith('-degree'))!;
}

describe('figures of networks on images', () => {
  const run = madeUpImageRun({});

  it('show quartiles of the degree, and the residual, where there is one', () => {
    expect(figureText(degreeFigure(run))).to.match(/upper quartile.*near-homogeneity residual/s);
  });

  it('show one level line where the network is homogeneous but for rounding', async () => {
    const checkpoints = run.checkpoints.map((at) => ({
      ...at,
      degrees: [2, 2, 2] as const,
      nearHomogeneity: { ...at.nearHomogeneity, median: 1e-15, largest: 3e-14 },
    }));
    const figure = degreeFigure({ ...run, checkpoints });
    expect(figure.caption).to.contain('3 × 10⁻¹⁴ of f at most, which is rounding');
    const svg = await toSvg(figure);
    expect(countMarks(svg, 'line')).to.equal(1);
    expect(svg.match(/>(0|1|2|3|4)</g)).to.include.members(['>1<', '>2<', '>3<']);
  });
});
