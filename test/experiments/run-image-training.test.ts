import { expect } from 'chai';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  doublings,
  runImagePlan,
  type ImagePlan,
  type Progress,
} from '../../src/experiments/index.js';
import { imageNetwork, parts, type Part } from '../../src/networks/index.js';
import { minimum } from '../../src/numerics/vectors.js';
import type { ImageTrainingRecord } from '../../src/records/index.js';
import { keepRunsApart, type RunsKept } from '../helpers/kept-runs.js';
import { threeClassData } from '../helpers/small-trainings.js';

const image = { channels: 3, height: 1, width: 1 };
const key = { seed: 1 };

function tinyPlan(part: Partial<ImagePlan> = {}, extra: readonly Part[] = []): ImagePlan {
  return {
    name: 'h-alexnet',
    network: imageNetwork('tiny', image, [
      parts.convolution(6, { kernel: 1 }),
      ...extra,
      parts.relu,
      parts.flatten,
      parts.dense(3),
    ]),
    train: threeClassData('train', 8),
    test: threeClassData('test', 4),
    phases: [
      {
        kind: 'sgd',
        batch: 6,
        epochs: 60,
        momentum: 0.9,
        learningRate: { kind: 'constant', rate: 0.05 },
        untilError: 0,
        measureEvery: 5,
      },
      {
        kind: 'descent',
        rule: { kind: 'relative', c: 0.1, cap: 0.02 },
        momentum: 0.9,
        untilAlpha: 32,
        maxSteps: 5000,
      },
    ],
    goal: 32,
    controlGoal: 16,
    ...part,
  };
}

describe('trainings on images', function () {
  this.timeout(20_000);
  let kept: RunsKept;
  let run: ImageTrainingRecord;
  const tasks: Progress[] = [];
  const onProgress = (now: Progress) => void tasks.push(now);

  before(async () => {
    kept = keepRunsApart();
    run = await runImagePlan(tinyPlan(), 'tiny', key, { onProgress });
  });
  after(() => kept.end());

  it('fit, go on to their goal, and look at each doubling of α', () => {
    const last = run.rows[run.rows.length - 1];
    expect(last.alpha).to.be.at.least(32);
    expect(last.trainingError).to.equal(0);
    const alphas = run.checkpoints.map(({ row }) => row.alpha);
    expect(alphas.length).to.be.at.least(3);
    expect(alphas[alphas.length - 1]).to.equal(last.alpha);
    alphas.slice(1).forEach((alpha, k) => expect(alpha / alphas[k]).to.be.within(1.5, 2.8));
    expect(run.sampledLengths).to.have.length(alphas.length - 1);
    run.rawLengths.forEach(({ length }, k) => {
      expect(length).to.be.at.least(run.sampledLengths[k].length - 1e-9);
    });
    expect(run.checkpoints[alphas.length - 1].angleToEnd).to.equal(0);
    expect(run.growth).to.be.above(1);
  });

  it('measure a homogeneous network’s degree, margins and KKT residual', () => {
    for (const {
      degrees,
      nearHomogeneity,
      distributions,
      row,
      weightedDegree,
    } of run.checkpoints) {
      [...degrees, weightedDegree].forEach((degree) => expect(degree).to.be.closeTo(2, 1e-6));
      expect(nearHomogeneity.largest).to.be.below(1e-6);
      expect(distributions[0].normaliser).to.equal('norm');
      const expected = row.smallestMargin * Math.exp(-2 * row.logNorm);
      expect(minimum(distributions[0].margins)).to.be.closeTo(expected, 1e-9 * expected);
    }
    expect(run.kkt?.stationarity).to.be.within(0, 1);
  });

  it('compare with steps half as long, at their goal', () => {
    expect(run.halved?.alpha).to.be.within(16, 20);
    expect(run.halved?.angle).to.be.below(run.halved!.distance);
  });

  it('say what they do in few words', () => {
    expect([...new Set(tasks.map(({ task }) => task))]).to.deep.equal([
      'h-alexnet, fitting',
      'h-alexnet, after the fit',
      'h-alexnet, halved steps',
    ]);
    expect(new Set(tasks.map(({ goal }) => goal))).to.deep.equal(new Set([32, 16]));
  });

  it('are read, not trained, the second time', async () => {
    const said: Progress[] = [];
    const again = await runImagePlan(tinyPlan(), 'tiny', key, {
      onProgress: (now) => void said.push(now),
    });
    // Only the word that it begins, before anything is known of α.
    expect(said.every(({ alpha }) => Number.isNaN(alpha))).to.equal(true);
    expect(again.checkpoints).to.deep.equal(run.checkpoints);
    expect(again.halved).to.deep.equal(run.halved);
    expect(readdirSync(kept.folder)).to.have.length(2);
    readdirSync(kept.folder).forEach((name) => {
      expect(existsSync(join(kept.folder, name, 'lock'))).to.equal(false);
    });
  });

  it('are others for another seed, network or key, under one name', async () => {
    const apart = keepRunsApart();
    try {
      const rows = async (...[plan, own]: [ImagePlan, { seed: number; what?: string }]) => {
        await runImagePlan({ ...plan, controlGoal: undefined }, 'one', own);
        return readdirSync(apart.folder).toString();
      };
      const names = [
        await rows(tinyPlan(), key),
        await rows(tinyPlan(), { seed: 2 }),
        await rows(tinyPlan(), { ...key, what: 'else' }),
        await rows(tinyPlan({}, [parts.relu]), key),
      ];
      expect(new Set(names).size).to.equal(4);
      // Each took the place of the one before.
      for (const name of names) expect(name).to.match(/^one-[0-9a-f]{12}$/);
    } finally {
      apart.end();
    }
  });

  it('leave plain data of what they were trained on', () => {
    expect(run.data).to.include({ name: 'train', source: 'drawn', examples: 24, classes: 3 });
    expect(run.data.sha256)
      .to.match(/^[0-9a-f]{64}$/)
      .and.not.equal(run.test.sha256);
    expect(run.network).to.deep.equal({
      name: 'tiny',
      parameters: tinyPlan().network.parameters,
    });
  });

  it('have no KKT residual with batch norm, and no control where none is planned', async () => {
    const plan = tinyPlan({ name: 'resnet', controlGoal: undefined }, [parts.batchNorm()]);
    const normed = await runImagePlan(plan, 'normed', key);
    expect([normed.kkt, normed.halved]).to.deep.equal([undefined, undefined]);
    const end = normed.checkpoints[normed.checkpoints.length - 1];
    expect(end.distributions[0].normaliser).to.equal('frobenius');
    expect(end.degrees[1]).to.be.closeTo(2, 0.05);
  });

  it('say where the goal was not reached', async () => {
    const { phases } = tinyPlan();
    const short = tinyPlan({ phases: [phases[0], { ...phases[1], maxSteps: 2 } as never] });
    const error = await runImagePlan(short, 'short', key).catch((e: Error) => e);
    expect((error as Error).name).to.equal('Unfinished');
    expect((error as Error).message).to.match(/^h-alexnet: The steps were used up: α = /);
  });

  it('stop at the signal, and go on from there', async () => {
    const signal = { aborted: false };
    const stopping = {
      signal,
      onProgress: ({ alpha }: Progress) => void (signal.aborted = alpha > 4),
    };
    const error = await runImagePlan(tinyPlan(), 'stopped', key, stopping).catch((e: Error) => e);
    expect((error as Error).name).to.equal('Interrupted');
    const rest = await runImagePlan(tinyPlan(), 'stopped', key);
    expect(rest.checkpoints).to.deep.equal(run.checkpoints);
  });
});

describe('doublings of α', () => {
  it('are the rows that reach goal, goal/2, goal/4, … first', () => {
    expect(doublings([1, 2, 3, 4, 5, 6, 7, 8], 8)).to.deep.equal([0, 1, 3, 7]);
    expect(doublings([1.5, 2.5, 4.4, 9], 8)).to.deep.equal([1, 2, 3]);
  });

  it('are there once where α jumps over several', () => {
    expect(doublings([1, 100], 64)).to.deep.equal([0, 1]);
    expect(doublings([3], 2)).to.deep.equal([]);
  });

  it('take an α that misses by rounding', () => {
    expect(doublings([2, 4 * (1 - 1e-12), 8], 8)).to.deep.equal([0, 1, 2]);
  });
});
