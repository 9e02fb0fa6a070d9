import { expect } from 'chai';
import { imageEngine, imageNetwork, parts } from '../../src/networks/index.js';
import {
  memoryStore,
  train,
  type ImplicitPhase,
  type Phase,
  type TrainingProblem,
  type TrainingProgress,
} from '../../src/training/index.js';
import { threeClassTraining } from '../helpers/small-trainings.js';

const fitting: Phase = {
  kind: 'descent',
  rule: { kind: 'relative', c: 0.5, cap: 0.05 },
  untilAlpha: 10,
  maxSteps: 2000,
};
const implicit: ImplicitPhase = {
  kind: 'implicit',
  first: 0.001,
  longest: 0.05,
  mostPairs: 60,
  untilAlpha: 1000,
  maxSteps: 500,
};

async function outcome(
  problem: TrainingProblem,
  phases: readonly Phase[],
  options: Parameters<typeof train>[2] = {},
) {
  const { status, message, endings, rows, theta } = await train(problem, phases, options);
  return { status, message, endings, rows, theta };
}

const failure = (problem: TrainingProblem, phases: readonly Phase[]) =>
  train(problem, phases).then(
    () => 'nothing',
    (error: Error) => error.message,
  );

describe('training by implicit steps', () => {
  it('raises α by much more per step than descent of the same goal', async () => {
    const problem = threeClassTraining();
    const { status, rows } = await outcome(problem, [fitting, implicit]);
    expect(status).to.equal('finished');
    const last = rows[rows.length - 1];
    const start = rows.findLast(({ phase }) => phase === 0)!;
    expect(last.alpha).to.be.at.least(1000);
    expect(last.trainingError).to.equal(0);
    const steps = last.step - start.step;
    const descent: Phase = { ...fitting, untilAlpha: 1000, maxSteps: 20 * steps };
    const explicit = await outcome(problem, [fitting, descent]);
    const reached = explicit.rows[explicit.rows.length - 1].alpha;
    expect((last.alpha - start.alpha) / steps).to.be.above(
      (10 * (reached - start.alpha)) / (20 * steps),
    );
  }).timeout(10_000);

  it('takes every step upwards, and rows whenever α has grown', async () => {
    const { rows } = await outcome(threeClassTraining(), [fitting, implicit], { saveFactor: 1.2 });
    const alphas = rows.filter(({ phase }) => phase === 1).map(({ alpha }) => alpha);
    expect(alphas.length).to.be.above(5);
    alphas.slice(1, -1).forEach((alpha, k) => expect(alpha / alphas[k]).to.be.at.least(1.2));
    const lengths = rows.map(({ pathLength }) => pathLength);
    lengths.slice(1).forEach((length, k) => expect(length).to.be.at.least(lengths[k]));
  });

  it('goes on from any interruption to the same numbers', async () => {
    const phases = [fitting, { ...implicit, untilAlpha: 100 }];
    const problem = threeClassTraining();
    const expected = await outcome(problem, phases);
    const store = memoryStore();
    let sittings = 0;
    // Asked before every gradient of a pair, so that steps are cut off in their middle.
    for (;;) {
      let asked = 0;
      const most = 40 + 60 * sittings++;
      const signal = { get aborted() { return ++asked > most; } }; // prettier-ignore
      const result = await outcome(problem, phases, { store, signal });
      if (result.status === 'interrupted') continue;
      expect(result).to.deep.equal(expected);
      break;
    }
    expect(sittings).to.be.above(4);
  }).timeout(10_000);

  it('ends after its steps, undone ones included', async () => {
    let tried = 0;
    const { status, message } = await outcome(
      threeClassTraining(),
      [fitting, { ...implicit, maxSteps: 3 }],
      { onProgress: ({ phase }: TrainingProgress) => (tried += phase) },
    );
    expect(status).to.equal('max-steps');
    expect(message).to.match(/^The steps were used up: α = /);
    expect(tried).to.equal(3);
  });

  it('refuses α below 5 in a sentence', async () => {
    const message = await failure(threeClassTraining(), [implicit]);
    expect(message).to.match(/^Implicit steps begin at α = 5 or more; α is -?\d+\.\d+\.$/);
  });

  it('refuses batch norm in a sentence', async () => {
    const image = { channels: 3, height: 1, width: 1 };
    const network = imageNetwork('normed', image, [
      parts.convolution(4, { kernel: 1 }),
      parts.batchNorm(),
      parts.relu,
      parts.flatten,
      parts.dense(3),
    ]);
    const normed = threeClassTraining({ network, engineFor: (n) => imageEngine(network, n) });
    expect(await failure(normed, [implicit])).to.equal(
      "phases[0] needs each image's gradient by itself, and 'normed' has batch norms, " +
        'through which images act on each other: use descent.',
    );
  });

  const refused: [Partial<ImplicitPhase>, string][] = [
    [
      { first: 0 },
      'phases[0] has steps of 0 to 0.05; expected 0 < first ≤ longest < 1, shares of ‖θ‖.',
    ],
    [
      { first: 0.1 },
      'phases[0] has steps of 0.1 to 0.05; expected 0 < first ≤ longest < 1, shares of ‖θ‖.',
    ],
    [
      { longest: 1 },
      'phases[0] has steps of 0.001 to 1; expected 0 < first ≤ longest < 1, shares of ‖θ‖.',
    ],
    [{ mostPairs: 0 }, 'phases[0].mostPairs is 0; expected a whole number of at least 1.'],
    [{ maxSteps: 0.5 }, 'phases[0].maxSteps is 0.5; expected a whole number of at least 1.'],
    [{ untilAlpha: Infinity }, 'phases[0].untilAlpha is Infinity; expected a finite number.'],
  ];
  for (const [part, message] of refused) {
    it(`refuses in a sentence: ${message}`, async () => {
      expect(await failure(threeClassTraining(), [{ ...implicit, ...part }])).to.equal(message);
    });
  }
});
