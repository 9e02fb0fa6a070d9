import { expect } from 'chai';
import { imageEngine, imageNetwork, parts, type Part } from '../../src/networks/index.js';
import {
  memoryStore,
  train,
  type Phase,
  type TrainingOptions,
  type TrainingProblem,
  type TrainingProgress,
} from '../../src/training/index.js';
import { decadeOf } from '../../src/training/rows.js';
import { startOf } from '../../src/training/problem.js';
import { estimate } from '../../src/training/progress.js';
import { plane, threeClassTraining, threePhases } from '../helpers/small-trainings.js';

/** The numbers of a result, without its times. */
async function outcome(
  problem: TrainingProblem,
  options: TrainingOptions = {},
  phases: readonly Phase[] = threePhases,
) {
  const { status, message, endings, rows, theta, thetaAt } = await train(problem, phases, options);
  return { status, message, endings, rows, theta, thetas: rows.map((_, k) => thetaAt(k)) };
}

describe('training', () => {
  it('goes through its phases and gives the same numbers for the same seed', async () => {
    const first = await outcome(threeClassTraining());
    expect(first.status).to.equal('finished');
    expect(first.endings).to.have.length(3);
    expect(new Set(first.rows.map((row) => row.phase))).to.deep.equal(new Set([0, 1, 2]));
    expect(await outcome(threeClassTraining())).to.deep.equal(first);
    expect((await outcome(threeClassTraining({ seed: 4 }))).theta).not.to.deep.equal(first.theta);
  });

  it('saves a row whenever α has grown, the start and every phase’s end', async () => {
    const { rows } = await outcome(threeClassTraining(), { saveFactor: 1.2 });
    expect(rows[0].step).to.equal(0);
    for (const phase of [1, 2]) {
      const alphas = rows.filter((row) => row.phase === phase).map(({ alpha }) => alpha);
      alphas.slice(1, -1).forEach((alpha, k) => expect(alpha / alphas[k]).to.be.at.least(1.2));
    }
    expect(rows[rows.length - 1].alpha).to.be.at.least(40);
  });

  it('keeps θ of all rows, or of the first, the decades, the ends of phases and the last', async () => {
    const all = await outcome(threeClassTraining());
    expect(all.thetas).not.to.include(undefined);
    const marks = await outcome(threeClassTraining(), { keep: 'marks' });
    const kept = marks.rows.filter((_, k) => marks.thetas[k] !== undefined);
    const wanted = marks.rows.filter(
      (row, k, rows) =>
        k === 0 ||
        row.phase !== rows[k + 1]?.phase ||
        decadeOf(row.alpha) > Math.max(...rows.slice(0, k).map(({ alpha }) => decadeOf(alpha))),
    );
    expect(kept).to.deep.equal(wanted);
    expect(kept).to.have.length(6);
    marks.thetas.forEach((theta, k) => {
      if (theta) expect(theta).to.deep.equal(all.thetas[k]);
    });
    expect(marks.rows).to.deep.equal(all.rows);
  });

  it('goes on from any interruption to the same numbers', async () => {
    const expected = await outcome(threeClassTraining());
    const most = expected.rows[expected.rows.length - 1].step;
    expect(most).to.be.above(80);
    const store = memoryStore();
    let sittings = 0;
    for (let stop = 1; ; stop += 5) {
      const signal = { aborted: false };
      const onProgress = ({ step }: TrainingProgress) => (signal.aborted = step >= stop);
      const result = await outcome(threeClassTraining(), { store, signal, onProgress });
      sittings++;
      if (result.status !== 'interrupted') {
        expect(result).to.deep.equal(expected);
        break;
      }
      expect(result.message).to.match(
        /^The training was interrupted after \d+ steps, in phase \d; it was kept in memory alone\.$/,
      );
    }
    expect(sittings).to.be.within(most / 5 - 1, most / 5 + 3);
  });

  it('goes on from between the passes of an evaluation, too', async () => {
    const problem = threeClassTraining({ chunk: 4 });
    const expected = await outcome(problem);
    const store = memoryStore();
    for (let sitting = 0; ; sitting++) {
      // Asked before every chunk of a pass and every step; a few more each time.
      let asked = 0;
      const signal = { get aborted() { return ++asked > 30 + 7 * sitting; } }; // prettier-ignore
      const result = await outcome(problem, { store, signal });
      if (result.status === 'interrupted') continue;
      expect(sitting).to.be.at.least(10);
      expect(result).to.deep.equal(expected);
      break;
    }
  });

  it('lets other work have its turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const busy = () => {
      const until = performance.now() + 20;
      while (performance.now() < until);
    };
    await train(plane(), [{ ...threePhases[0], batch: 1 } as Phase], { onProgress: busy });
    clearInterval(timer);
    expect(turns).to.be.at.least(1);
  });

  it('tells where it is, in words that fit far losses', async () => {
    const seen: TrainingProgress[] = [];
    const { rows } = await train(threeClassTraining(), threePhases, {
      onProgress: (progress) => seen.push(progress),
    });
    const last = seen[seen.length - 1];
    const row = rows[rows.length - 1];
    expect(last).to.include({
      phase: 2,
      phases: 3,
      step: row.step,
      epoch: row.epoch,
      untilAlpha: 40,
    });
    expect(last.log10Risk).to.be.closeTo(row.logRisk / Math.LN10, 1e-12);
    const normalized = row.smallestMargin * Math.exp(-2 * row.logNorm);
    expect(last.normalizedMargin).to.be.closeTo(normalized, 1e-12);
    expect(seen.filter(({ phase }) => phase === 0)).to.have.length(48);
  });

  const refused: [Partial<TrainingProblem>, Phase[], TrainingOptions, string][] = [
    [{}, [], {}, 'phases is empty; expected at least one phase.'],
    [{}, [...threePhases], { saveFactor: 1 }, 'saveFactor is larger than 1; got 1.'],
    [{ chunk: 0 }, [...threePhases], {}, 'chunk is 0; expected a whole number of at least 1.'],
    [{ theta0: new Float64Array(3) }, [...threePhases], {}, "'small' has 48 parameters; θ₀ has 3."],
    [
      { train: plane().train },
      [...threePhases],
      {},
      "plane has 2 numbers an image; 'small' takes 3.",
    ],
    [
      {},
      [{ ...threePhases[0], batch: 31 } as Phase],
      {},
      'phases[0].batch is 31; expected at most the 30 images.',
    ],
    [
      {},
      [threePhases[1], { ...threePhases[1], momentum: 1 } as Phase],
      {},
      'phases[1].momentum is 1; expected a number from 0 to below 1.',
    ],
  ];
  for (const [part, phases, options, message] of refused) {
    it(`refuses in a sentence: ${message}`, async () => {
      const error = await train(threeClassTraining(part), phases, options).catch((e: Error) => e);
      expect((error as Error).message).to.equal(message);
    });
  }
});

describe('training with batch norms', () => {
  const normed: readonly Part[] = [
    parts.convolution(4, { kernel: 1 }),
    parts.batchNorm(),
    parts.relu,
    parts.flatten,
    parts.dense(3),
  ];
  const image = { channels: 3, height: 1, width: 1 };
  const network = imageNetwork('normed', image, normed);
  const normedTraining = (part: Partial<TrainingProblem> = {}) =>
    threeClassTraining({ network, engineFor: (n) => imageEngine(network, n), ...part });

  it('measures with the statistics of the whole training set, in one chunk or in several', async () => {
    const phases = [{ ...threePhases[0], epochs: 3 } as Phase];
    const whole = await outcome(normedTraining(), {}, phases);
    const chunked = await outcome(normedTraining({ chunk: 8 }), {}, phases);
    expect(chunked.rows).to.have.length(whole.rows.length);
    whole.rows.forEach((row, k) => {
      // Mini-batches do not depend on chunks, and one batch norm's inputs are the same in all.
      expect(chunked.rows[k].alpha).to.be.closeTo(row.alpha, 1e-12);
      expect(chunked.rows[k].testError).to.equal(row.testError);
    });
    expect(chunked.theta).to.deep.equal(whole.theta);
  });

  it('judges the test images by those, frozen', async () => {
    const problem = normedTraining();
    const { rows } = await outcome(problem, {}, [threePhases[0]]);
    const theta = startOf(problem);
    const engine = imageEngine(network, 30);
    engine.load(problem.train.inputs);
    engine.outputs(theta);
    const tested = imageEngine(network, 12);
    tested.freezeStatistics(engine.statistics());
    tested.load(problem.test!.inputs);
    const scores = tested.outputs(theta);
    let wrong = 0;
    for (let i = 0; i < 12; i++) {
      const own = [...scores.subarray(3 * i, 3 * i + 3)];
      if (own.indexOf(Math.max(...own)) !== problem.test!.labels[i]) wrong++;
    }
    expect(rows[0].testError).to.equal(wrong / 12);
  });

  it('goes on from interruptions to the same numbers, with ghost batches', async () => {
    const problem = normedTraining({ chunk: 13 });
    const expected = await outcome(problem);
    const store = memoryStore();
    for (let stop = 7; ; stop += 19) {
      const signal = { aborted: false };
      const onProgress = ({ step }: TrainingProgress) => (signal.aborted = step >= stop);
      const result = await outcome(problem, { store, signal, onProgress });
      if (result.status === 'interrupted') continue;
      expect(result).to.deep.equal(expected);
      break;
    }
  });
});

describe('the estimate of time left', () => {
  it('takes the sooner of all steps done and α reached, at the pace of late', () => {
    let now = 0;
    const pace = estimate(() => now);
    expect(pace.secondsLeft(0, 1, 100)).to.equal(undefined);
    now = 10_000;
    expect(pace.secondsLeft(0.1, 10, 100)).to.be.closeTo(10, 1e-9);
    expect(pace.secondsLeft(0.1, 10, undefined)).to.be.closeTo(90, 1e-9);
    expect(pace.secondsLeft(0.5, -1, 100)).to.be.closeTo(10, 1e-9);
  });
});
