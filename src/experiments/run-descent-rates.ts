import { descend, type StepRule } from '../flows/index.js';
import { anglesTo, evenRows, maxMargin, stepThreshold } from '../metrics/index.js';
import type { DescentRatesRecord, RuleRates } from '../records/index.js';
import type { DescentRatesExperiment } from '../specs/experiment.js';
import { followToEnd, powersOfTen } from './follow-problem.js';
import { problemRecord } from './measure-flow.js';
import { flowProblem } from './problems.js';
import { Interrupted, Unfinished, type RunContext } from './settings.js';

/** α that no descent reaches: what ends it is the number of its steps. */
const OUT_OF_REACH = 1e300;
/** Rows lie this close: those of constant steps, whose α grows like a logarithm, are few otherwise. */
const SAVE_FACTOR = 1.005;
const ROWS = 300;
/** −∇𝓛 is several times as long as ∇α at the start: a step as long as late ones bear would leap from there. */
const SOFTER = 20;

/**
 * Descends from the same start by constant steps, by steps along ∇α = −∇𝓛/|ℓ′(α)| and by such that shrink like 1/√t,
 * and follows the flow. Throws a sentence where the model has several classes, `Interrupted` at the signal.
 */
export async function runDescentRates(
  { problem: spec, steps, decades }: DescentRatesExperiment,
  context: RunContext = {},
): Promise<DescentRatesRecord> {
  const problem = flowProblem(spec);
  const { objective, theta0, name } = problem;
  const { inputs, labels } = objective;
  const { weights, margin, multipliers } = maxMargin(inputs, labels, { norm: 'l2' });
  // Along ∇α a step of η is a share η γ²/α of ‖θ‖ late in a run.
  const step = stepThreshold(objective, weights, multipliers) / margin ** 2 / 2;
  const rates = (title: string, rule: StepRule): RuleRates => {
    let last = 0;
    const { trajectory, status, message } = descend(objective, theta0, {
      rule,
      untilAlpha: OUT_OF_REACH,
      maxSteps: steps,
      saveFactor: SAVE_FACTOR,
      ...(context.signal ? { signal: context.signal } : {}),
      onStep: (taken) => {
        if (taken - last < 20_000) return;
        last = taken;
        context.onProgress?.({
          task: `${name}, ${title}`,
          alpha: NaN,
          goal: NaN,
          share: taken / steps,
        });
      },
    });
    if (status === 'interrupted') throw new Interrupted(message);
    if (status !== 'max-steps') throw new Unfinished(`${name}, ${title}: ${message}`);
    return {
      name: title,
      steps: trajectory.clock,
      alpha: trajectory.alpha,
      angle: anglesTo(trajectory, weights),
    };
  };
  const run = await followToEnd(problem, { targets: powersOfTen(decades) }, context);
  const { trajectory } = run;
  const rows = evenRows(trajectory, ROWS);
  const angles = anglesTo(trajectory, weights);
  const column = (of: Float64Array) => Float64Array.from(rows, (row) => of[row]);
  return {
    kind: 'descent-rates',
    problem: await problemRecord(problem),
    message: run.message,
    margin,
    step,
    constant: rates('constant steps', { kind: 'constant', step: step / SOFTER }),
    normalised: rates('normalised steps', {
      kind: 'own',
      name: 'normalised steps',
      plan: () => ({ factor: step }),
    }),
    shrinking: rates('normalised steps / √t', {
      kind: 'own',
      name: 'normalised steps / √t',
      start: 1,
      plan: ({ remembered }) => ({ factor: step / Math.sqrt(remembered) }),
      settle: ({ remembered }) => ({ keep: true, remembered: remembered + 1 }),
    }),
    flow: {
      alpha: column(trajectory.alpha),
      logTime: column(trajectory.logTime),
      angle: column(angles),
    },
  };
}
