import { pointAt } from '../flows/index.js';
import { clarkeRates, snapshot, withSlopes, type ClarkeRate } from '../metrics/index.js';
import type { ChainRuleRecord, FlowRecord } from '../records/index.js';
import type { FlowExperiment } from '../specs/experiment.js';
import type { ChainRuleExperiment } from '../specs/experiments/chain-rule.js';
import { experimentKey } from '../specs/index.js';
import { flowProblem, type FlowProblem } from './problems.js';
import { runFlow } from './run-flow.js';
import type { RunContext } from './settings.js';
import { sharedRun } from './shared-run.js';

/** Rows up to here are looked at: later margins are too near to each other for differences to tell. */
const UNTIL_ALPHA = 1_000;

/** A row with what its kinks say. */
interface Row {
  readonly alpha: number;
  readonly logNorm: number;
  readonly logMargins: Float64Array;
  readonly rates: readonly ClarkeRate[];
  readonly oneSided: number;
}

/** Follows a flow that slides along kinks and looks whether the chain rule holds there. */
export async function runChainRule(
  { problem: spec, decades }: ChainRuleExperiment,
  context: RunContext = {},
): Promise<ChainRuleRecord> {
  const problem = flowProblem(spec);
  const flow: FlowExperiment = { kind: 'flow', problem: spec, decades };
  const run = await sharedRun(experimentKey(flow), () => runFlow(problem, decades, context));
  const count = run.result.trajectory.alpha.findLastIndex((alpha) => alpha <= UNTIL_ALPHA) + 1;
  const rows = Array.from({ length: count }, (_, k) => rowAt(problem, run, k));
  const column = (of: (row: Row, k: number) => number) => Float64Array.from(rows, of);
  return {
    kind: 'chain-rule',
    message: run.result.message,
    name: problem.name,
    alpha: column(({ alpha }) => alpha),
    examples: column(({ rates }) => rates.length),
    changing: column((_, k) => Number(changes(run, k) || changes(run, k + 1))),
    spread: column(({ rates }) => largest(rates.map(({ spread }) => spread))),
    oneSided: column(({ oneSided }) => oneSided),
    mismatch: column((row, k) => (k === 0 ? NaN : mismatch(rows[k - 1], row, run.problem.degree))),
  };
}

function rowAt({ objective }: FlowProblem, run: FlowRecord, k: number): Row {
  const { direction, logNorm, alpha } = pointAt(run.result.trajectory, k);
  const kinks = run.kinks[k];
  const at = snapshot(objective, direction, logNorm);
  const off = kinks.map((kink) => ({ ...kink, slope: 0 }));
  const along = (slopes: typeof off) =>
    kinks.length === 0 ? [] : clarkeRates(at, kinks, withSlopes(at, slopes).gradient);
  return {
    alpha,
    logNorm,
    logMargins: at.margins.map(Math.log),
    rates: along([...kinks]),
    oneSided: largest(along(off).map(({ spread }) => spread)),
  };
}

/** Whether a row slides on other kinks than the one before. */
function changes({ kinks }: FlowRecord, k: number): boolean {
  const names = (row: number) =>
    (kinks[row] ?? []).map(({ example, unit }) => `${example} ${unit}`).sort();
  return k > 0 && names(k).join() !== names(k - 1).join();
}

/** Trapezoidal rule for d log p/d log ‖θ‖ between two rows, against what came about. */
function mismatch(before: Row, after: Row, degree: number): number {
  const span = after.logNorm - before.logNorm;
  return largest(
    after.rates.flatMap(({ example, rate }) => {
      const other = before.rates.find((one) => one.example === example);
      if (other === undefined) return [];
      const integral = 0.5 * (rate + other.rate) * span;
      const tangential = after.logMargins[example] - before.logMargins[example];
      return [Math.abs((tangential + degree * span - integral) / span)];
    }),
  );
}

function largest(values: readonly number[]): number {
  return values.length === 0 ? NaN : Math.max(...values);
}
