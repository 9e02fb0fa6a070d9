import { expect } from 'chai';
import { defineClaim, type Evidence } from '../../src/claims/index.js';
import {
  Interrupted,
  runClaim,
  runExperiment,
  runPlan,
  Unfinished,
  type Run,
  type RunContext,
} from '../../src/experiments/index.js';
import type { DescentRecord } from '../../src/records/index.js';
import type {
  DescentExperiment,
  ExperimentSpec,
  FlowExperiment,
  PlanSettings,
} from '../../src/specs/index.js';
import { deadSpec, rejectionOf, smoke, tinySpec } from './tiny-problems.js';

const descent = (c: number): DescentExperiment => ({
  kind: 'descent',
  problem: tinySpec(),
  c,
  decades: 1,
  maxSteps: 100_000,
});

/** Does nothing but to note what it is asked for, and to leave c. */
function pretended(change: Run = async (spec) => madeUp(spec)): {
  readonly run: Run;
  readonly asked: ExperimentSpec[];
  readonly contexts: RunContext[];
} {
  const asked: ExperimentSpec[] = [];
  const contexts: RunContext[] = [];
  const run: Run = (spec, context) => {
    asked.push(spec);
    contexts.push(context);
    return change(spec, context);
  };
  return { run, asked, contexts };
}

function madeUp(spec: ExperimentSpec): DescentRecord {
  return { kind: 'descent', c: (spec as DescentExperiment).c } as DescentRecord;
}

const failing = (reason: Error) => pretended(() => Promise.reject(reason)).run;

describe('running a plan', () => {
  it('gives the record of each experiment in its place', async () => {
    const { run, asked } = pretended();
    const plan = { one: descent(1), list: [descent(2), { attempt: descent(3) }], none: [] };
    const records = await runPlan(plan, {}, run);
    expect(records).to.deep.equal({
      one: { kind: 'descent', c: 1 },
      list: [2, 3].map((c) => ({ kind: 'descent', c })),
      none: [],
    });
    expect(asked).to.deep.equal([1, 2, 3].map(descent));
  });

  it('does one experiment after another, each with what tells of it and ends it', async () => {
    let busy = 0;
    const { run, contexts } = pretended(async (spec) => {
      expect(++busy).to.equal(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      busy--;
      return madeUp(spec);
    });
    const context = { onProgress: () => undefined, signal: { aborted: false } };
    await runPlan({ one: descent(1), list: [descent(2), descent(3)] }, context, run);
    expect(contexts).to.have.length(3);
    for (const given of contexts) expect(given).to.equal(context);
  });

  it('carries experiments out where nothing else is given', async () => {
    const { one } = await runPlan({ one: descent(0.05) });
    expect(one).to.equal(await runExperiment(descent(0.05)));
    expect(one.result.status).to.equal('finished');
  });

  it('keeps the reason of an attempt that does not reach its goal, and goes on', async () => {
    const { run } = pretended(async (spec) => {
      if (madeUp(spec).c === 1) throw new Unfinished('tiny: The steps were used up.');
      return madeUp(spec);
    });
    const plan = { first: { attempt: descent(1) }, second: { attempt: descent(2) } };
    expect(await runPlan(plan, {}, run)).to.deep.equal({
      first: { kind: 'unfinished', wanted: 'descent', message: 'tiny: The steps were used up.' },
      second: { kind: 'descent', c: 2 },
    });
  });

  it('takes the reason that an earlier run has left for an attempt’s record, not for another’s', async () => {
    const left = { kind: 'unfinished', wanted: 'descent', message: 'It stopped.' } as const;
    const { run } = pretended(async () => left);
    expect(await runPlan({ one: { attempt: descent(1) } }, {}, run)).to.deep.equal({ one: left });
    const reason = await rejectionOf(runPlan({ one: descent(1) }, {}, run));
    expect(reason).to.be.instanceOf(Unfinished);
    expect((reason as Error).message).to.equal('It stopped.');
  });

  it('ends where an experiment that is no attempt does not reach its goal', async () => {
    const { run, asked } = pretended(() => Promise.reject(new Unfinished('It stopped.')));
    const reason = await rejectionOf(runPlan({ one: descent(1), two: descent(2) }, {}, run));
    expect(reason).to.be.instanceOf(Unfinished);
    expect(asked).to.have.length(1);
  });

  it('hides no other error of an attempt, nor an interruption', async () => {
    for (const error of [new TypeError('no'), new Interrupted('The run was interrupted.')]) {
      const plan = { one: { attempt: descent(1) } };
      expect(await rejectionOf(runPlan(plan, {}, failing(error)))).to.equal(error);
    }
  });
});

describe('running a claim', () => {
  const evidence = (value: number): Evidence => ({
    metric: 'c',
    value,
    threshold: '≤ 1',
    note: 'made up',
    verdict: value <= 1 ? 'supported' : 'contradicted',
  });
  const claim = defineClaim({
    id: 'one',
    title: 'One',
    statement: 'One is one.',
    source: 'arithmetic',
    expected: 'supported',
    criterion: 'it has to be',
    plan: ({ seed }: PlanSettings) => ({ only: descent(seed) }),
    judge: ({ only }) => [evidence(only.c)],
    figures: () => [],
  });

  it('judges the records of its plan for the scale and seed', async () => {
    const { run, contexts } = pretended();
    const result = await runClaim(claim, smoke, run);
    expect(result.claim).to.equal(claim);
    expect(result.record).to.deep.equal({ only: { kind: 'descent', c: 1 } });
    expect(result.verdict).to.equal('supported');
    expect(result.evidence).to.deep.equal([evidence(1)]);
    expect(contexts).to.deep.equal([smoke]);
    expect((await runClaim(claim, { ...smoke, seed: 2 }, run)).verdict).to.equal('contradicted');
  });

  it('is inconclusive, with the reason, where a run does not reach its goal', async () => {
    const dead = defineClaim({
      ...claim,
      plan: (): { only: FlowExperiment } => ({
        only: { kind: 'flow', problem: deadSpec(), decades: 1 },
      }),
      judge: () => expect.fail('There is nothing to judge.'),
      figures: () => [],
    });
    const { verdict, record, evidence: said } = await runClaim(dead, smoke);
    expect(verdict).to.equal('inconclusive');
    expect(record).to.equal(undefined);
    expect(said).to.have.length(1);
    expect(said[0].verdict).to.equal('inconclusive');
    expect(said[0].note).to.match(/^tiny squared-relu: [A-Z].+\.$/);
  });

  it('hides no other error, nor an interruption', async () => {
    for (const error of [new TypeError('no'), new Interrupted('The run was interrupted.')]) {
      expect(await rejectionOf(runClaim(claim, smoke, failing(error)))).to.equal(error);
    }
  });

  it('hides no error of its judge', async () => {
    const judge = () => {
      throw new RangeError('no');
    };
    const reason = await rejectionOf(runClaim({ ...claim, judge }, smoke, pretended().run));
    expect(reason).to.be.instanceOf(RangeError);
  });
});
