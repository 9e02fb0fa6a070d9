import { expect } from 'chai';
import { progressText, rowsCsv } from '../../../src/cli/train/report.js';
import { train } from '../../../src/training/index.js';
import { plane } from '../../helpers/small-trainings.js';

describe('the progress of a training', () => {
  const progress = {
    phase: 1,
    phases: 2,
    epoch: 9,
    step: 1234,
    log10Risk: -312.44,
    alpha: 719.41,
    untilAlpha: 1000,
    normalizedMargin: 1.2345e-5,
    secondsLeft: 200,
  };

  it('is one line, with the loss as a power of ten', () => {
    expect(progressText(progress)).to.equal(
      'phase 2 of 2, step 1234, loss 10^-312.4, α = 719.4 of 1000, margin 0.0000123, 3 min left',
    );
  });

  it('leaves out what is not known', () => {
    const bare = { ...progress, alpha: NaN, untilAlpha: undefined };
    const text = progressText({ ...bare, normalizedMargin: undefined, secondsLeft: undefined });
    expect(text).to.equal('phase 2 of 2, step 1234, loss 10^-312.4');
  });
});

describe('the rows of a training as CSV', () => {
  it('have every digit, and nothing where there is no number', async () => {
    const rule = { kind: 'constant', step: 0.1 } as const;
    const phase = { kind: 'descent', rule, untilAlpha: 9, maxSteps: 3 } as const;
    const { rows } = await train(plane(), [phase]);
    const [head, first, ...rest] = rowsCsv(rows, plane().network).trimEnd().split('\n');
    expect(head).to.equal(
      'phase,epoch,step,alpha,logRisk,logNorm,smallestMargin,trainingError,testError,pathLength,averagedAlignment,log10Risk,normalizedMargin',
    );
    const cells = first.split(',');
    expect(cells.slice(0, 4)).to.deep.equal(['1', '0', '0', String(rows[0].alpha)]);
    expect([cells[8], cells[10]]).to.deep.equal(['', '']);
    const margin = rows[0].smallestMargin * Math.exp(-rows[0].logNorm);
    expect(Number(cells[12])).to.equal(margin);
    expect(rest).to.have.length(rows.length - 1);
  });
});
