import { expect } from 'chai';
import {
  descend,
  descentMemory,
  requireStepRule,
  ruledDescent,
  stepRuleSizes,
  type OwnStep,
  type StepRule,
} from '../../src/flows/index.js';
import { threeClasses } from '../helpers/small-problems.js';

const named: StepRule[] = [
  { kind: 'constant', step: 1e-3 },
  { kind: 'loss-scaled', start: 4 },
  { kind: 'relative', c: 0.5, cap: 0.02 },
];

/** The rules of the kit as somebody else would write them. */
const own: OwnStep[] = [
  {
    kind: 'own',
    name: 'my constant',
    plan: ({ loss, alpha }) => ({ factor: 1e-3 * Math.exp(loss.logSlope(alpha)) }),
  },
  {
    kind: 'own',
    name: 'my loss-scaled',
    start: 4,
    plan: ({ loss, alpha, remembered }) => ({
      factor: remembered * Math.exp(loss.logSlope(alpha) - loss.logRisk(alpha)),
    }),
    settle({ alpha, remembered }, moved) {
      const keep = moved > alpha;
      return { keep, remembered: keep ? remembered * 2 ** 0.2 : remembered / 2 ** 0.1 };
    },
  },
  {
    kind: 'own',
    name: 'my relative',
    plan: ({ alpha }) => ({ share: Math.min(0.02, alpha > 0 ? 0.5 / alpha : 0.02) }),
  },
];

describe('a step rule of one’s own', () => {
  const { at, theta0 } = threeClasses();
  const limits = { untilAlpha: 40, maxSteps: 300, saveFactor: 1.1 };

  named.forEach((rule, k) => {
    it(`takes the very steps of the kit's where it is the same: ${rule.kind}`, () => {
      const expected = descend(at, theta0, { ...limits, rule });
      expect(descend(at, theta0, { ...limits, rule: own[k] })).to.deep.equal(expected);
    });

    it(`does so with momentum: ${rule.kind}`, () => {
      const follow = (followed: StepRule) => {
        const theta = theta0.slice();
        const memory = descentMemory(followed, 0.9, theta.length);
        const from = at.evaluate(theta, 1);
        const descent = ruledDescent(at.loss, theta, followed, from, memory, 0.9);
        for (let step = 0; step < 50; step++) {
          descent.move();
          const { alpha, gradient } = at.evaluate(theta, 1);
          descent.settle(alpha, gradient);
        }
        return [theta, memory];
      };
      expect(follow(own[k])).to.deep.equal(follow(rule));
    });
  });

  it('is asked with what it remembers, and its judgement is kept', () => {
    const seen: number[] = [];
    const rule: OwnStep = {
      kind: 'own',
      name: 'halving',
      start: 1,
      plan({ remembered }) {
        seen.push(remembered);
        return { factor: remembered };
      },
      settle: ({ remembered }) => ({ keep: remembered < 0.2, remembered: remembered / 2 }),
    };
    const { counts } = descend(at, theta0, { ...limits, maxSteps: 5, rule });
    expect(seen).to.deep.equal([1, 0.5, 0.25, 0.125, 0.0625]);
    expect([counts.accepted, counts.rejected]).to.deep.equal([2, 3]);
  });

  it('has a sentence where a length is no number', () => {
    const rule: OwnStep = { kind: 'own', name: 'odd', plan: () => ({ factor: NaN }) };
    expect(() => descend(at, theta0, { ...limits, rule })).to.throw(
      /^The step rule 'odd' gives the factor NaN at α = .*; expected a finite number of at least 0\.$/,
    );
    const back: OwnStep = { kind: 'own', name: 'back', plan: () => ({ share: -0.1 }) };
    expect(() => descend(at, theta0, { ...limits, rule: back })).to.throw('gives the share -0.1');
  });

  it('has a sentence for what is no rule', () => {
    const wrong = (rule: unknown, words: string) =>
      expect(() => requireStepRule(rule as StepRule)).to.throw(words);
    wrong({ kind: 'own' }, "A step rule of one's own needs a name.");
    wrong({ kind: 'own', name: 'mine' }, "needs a function `plan`; 'mine' has none.");
    wrong({ ...own[0], settle: 3 }, "that of 'my constant' is no function.");
    wrong({ ...own[0], start: NaN }, "starts from a finite number; 'my constant' starts from NaN.");
    wrong(
      { kind: 'fast', step: 1 },
      "There is no step rule 'fast'; expected 'constant', 'loss-scaled', 'relative', or 'own' with a function `plan`.",
    );
  });
});

describe('the step rules of the kit', () => {
  it('are known by their sizes, and refuse one that is not positive', () => {
    for (const [kind, sizes] of stepRuleSizes) {
      const whole = Object.fromEntries(sizes.map((size) => [size, 1]));
      requireStepRule({ kind, ...whole } as unknown as StepRule);
      for (const size of sizes) {
        const rule = { kind, ...whole, [size]: 0 } as unknown as StepRule;
        expect(() => requireStepRule(rule)).to.throw(`A '${kind}' step needs positive sizes; got `);
      }
    }
  });
});
