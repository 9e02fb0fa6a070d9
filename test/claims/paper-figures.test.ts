import { expect } from 'chai';
import { figureRows } from '../../src/charts/print/figure-rows.js';
import { printedSvg } from '../../src/charts/print/fit.js';
import { sheetOf } from '../../src/charts/print/sheet.js';
import type { Figure } from '../../src/charts/index.js';
import { paperFigures, PAPER_WIDTH } from '../../src/claims/index.js';
import type { AnyRecord, InPlaceOf } from '../../src/records/index.js';
import { runExperiment } from '../../src/experiments/index.js';
import { predictionSurfacesPlan } from '../../src/claims/prediction-surfaces/plan.js';
import { wordsOf } from '../charts/checks.js';
import { ROUNDING, smallestText } from '../charts/print/smallest-text.js';
import { madeUpImageRun } from '../helpers/made-up-image-run.js';

async function recordsOf(claim: string): Promise<InPlaceOf<AnyRecord>> {
  if (claim !== 'prediction-surfaces') return { training: madeUpImageRun({ name: claim }) };
  const { courses } = predictionSurfacesPlan({ scale: 'smoke', seed: 1 });
  return { courses: [await runExperiment({ ...courses[0], decades: 1 })], lazy: [] };
}

describe('the figures of the paper', () => {
  const figures = new Map<string, Figure>();
  const drawn = async (name: string) =>
    printedSvg(figures.get(name)!, sheetOf({ style: 'paper', width: PAPER_WIDTH }));

  before(async function () {
    this.timeout(60_000);
    for (const { claims, draw } of paperFigures) {
      const records = await Promise.all(claims.map(recordsOf));
      for (const figure of draw(records)) figures.set(figure.name, figure);
    }
  });

  it('are those of the names that the table says, but for those without a run', () => {
    const names = paperFigures.flatMap((one) => one.names);
    expect([...figures.keys()]).to.deep.equal(names.filter((name) => name !== 'figure-1-xor'));
  });

  it('have three surfaces in one row, and one scale of colours', async () => {
    const { spec } = figures.get('figure-1')!;
    const { concat, columns } = spec as { concat: object[]; columns: number };
    expect([concat.length, columns]).to.deep.equal([3, 3]);
    const svg = await drawn('figure-1');
    const panels = ['(a) frozen activations', '(b) first fit', '(c) long after, α = 10'];
    expect(wordsOf(svg)).to.include.members(panels);
    expect(svg.match(/role-legend"/g)).to.have.length(2);
    const rows = figureRows(figures.get('figure-1')!);
    const scored = new Set(rows.filter(({ mark }) => mark === 'pixel').map(({ panel }) => panel));
    expect([...scored]).to.deep.equal(panels);
  });

  it('have margins through training beside alignment, a row for each network', async () => {
    for (const [name, networks] of [
      ['figure-2', ['(a) H-AlexNet', '(b) DenseNet']],
      ['figure-3', ['ResNet']],
    ] as const) {
      const svg = await drawn(name);
      const titles = networks.flatMap((network) => [
        `${network}: margins`,
        `${network}: alignment`,
      ]);
      expect(wordsOf(svg), name).to.include.members([...titles, 'α = 2', 'α = 16']);
      const { spec } = figures.get(name)!;
      expect((spec as { columns: number; concat: object[] }).concat).to.have.length(
        2 * networks.length,
      );
      expect(smallestText(svg)).to.be.at.least(7 - ROUNDING);
    }
  }).timeout(30_000);
});
