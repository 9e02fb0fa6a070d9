import { sweptAngle } from '../flows/index.js';
import { minimum, norm } from '../numerics/vectors.js';
import type { Measurement } from './full-batch.js';
import { implicitStep } from './implicit-step.js';
import { pairGradients } from './pair-gradients.js';
import type { ImplicitPhase } from './phases.js';
import { betweenSteps, endingAt } from './between-steps.js';
import { reporter, type TrainingRun } from './run.js';
import type { Ending } from './state.js';

/** Pairs with margins this far above the smallest have dual variables of 10⁻⁷ at most. */
const WINDOW = 16;
/** A step whose pairs do not include all with margins this far above the smallest is not trusted. */
const SEEN = 8;
/** Pairs that pull less than this, of 1 together, keep the rows that they had. */
const PULLING = 1e-4;
/** A step counts if α rises by this share of what the rows foretold; the next is longer above the other. */
const ENOUGH = 0.5;
const WELL = 0.8;
const LONGER = 1.3;
const SHORTER = 0.5;
/** The softmax stands for the dual variables of the logistic loss as well as e^−α is small. */
const EARLIEST = 5;
/** Below this share of ‖θ‖ a step is lost. */
const SHORTEST = 1e-14;

/**
 * Goes on with the phase from the run's state; undefined where the run is to stop. Each step is solved
 * for twice: with the rows at θ, and with the mean of those and the rows where the first solution leads.
 * Where a unit changes sides in between, the mean slope is what a flow that slides along the kink has.
 */
export async function implicitPhase(
  run: TrainingRun,
  phase: ImplicitPhase,
): Promise<Ending | undefined> {
  const { state, problem, full } = run;
  const { theta } = state;
  const report = reporter(run, phase.untilAlpha);
  const margins = new Float64Array(problem.train.examples * pairsOf(run));
  let here = await full.margins(theta, margins);
  if (!here) return undefined;
  if (here.alpha < EARLIEST) throw new Error(`Implicit steps begin at α = ${EARLIEST} or more; α is ${here.alpha}.`); // prettier-ignore
  if (Number.isNaN(state.referenceAlpha)) state.referenceAlpha = here.alpha;
  for (;;) {
    const stuck = state.stepSize < SHORTEST ? 'No step raises α' : undefined;
    const ending = endingAt(run, phase, here.alpha, stuck);
    if (!(await betweenSteps(run, here, ending))) return undefined;
    if (ending) return ending;
    const tried = await attempt(run, phase, here, margins);
    if (!tried) return undefined;
    state.phaseStep++;
    state.epochs++;
    if (tried.keep) {
      state.steps++;
      state.pathLength += sweptAngle(theta, tried.displacement, 1);
      theta.set(tried.theta);
      margins.set(tried.margins);
      here = tried.found;
    }
    state.stepSize = Math.min(phase.longest, tried.factor * state.stepSize);
    report(problem.loss.logRisk(here.alpha), state.phaseStep / phase.maxSteps);
  }
}

/** Where a step leads, whether it counts, and how much longer the next may be. */
interface Attempt {
  readonly keep: boolean;
  readonly factor: number;
  readonly theta: Float64Array;
  readonly displacement: Float64Array;
  readonly margins: Float64Array;
  readonly found: Measurement;
}

async function attempt(
  run: TrainingRun,
  phase: ImplicitPhase,
  here: Measurement,
  margins: Float64Array,
): Promise<Attempt | undefined> {
  const { state, problem, engines, full, interruption } = run;
  const { theta } = state;
  const length = state.stepSize * norm(theta);
  // Margins change by about L·(step)·α, and by how much that differs between pairs is unknown.
  const pairs = nearest(margins, WINDOW + 8 * state.stepSize * here.alpha, phase.mostPairs);
  // Relative to α, so that differences of margins keep their digits.
  const own = Float64Array.from(pairs, (pair) => margins[pair] - here.alpha);
  const rows = await pairGradients(problem, engines, interruption, theta, pairs);
  if (!rows) return undefined;
  const first = implicitStep(rows, own, length);
  const bent = sum(theta, first.displacement);
  const pulling = [...pairs.keys()].filter((r) => first.q[r] >= PULLING);
  const there = await pairGradients(problem, engines, interruption, bent, pulling.map((r) => pairs[r])); // prettier-ignore
  if (!there) return undefined;
  meanRows(rows, there, pulling, theta.length);
  const { displacement, foretold } = implicitStep(rows, own, length, first.q);
  const moved = sum(theta, displacement);
  const movedMargins = new Float64Array(margins.length);
  const found = await full.margins(moved, movedMargins);
  if (!found) return undefined;
  const share = (found.alpha - here.alpha) / foretold;
  const keep = foretold > 0 && share >= ENOUGH && seesAll(pairs, movedMargins);
  const factor = !keep ? SHORTER : share >= WELL ? LONGER : 1;
  return { keep, factor, theta: moved, displacement, margins: movedMargins, found };
}

/** Rows r of `rows` become the means of themselves and their counterparts in `there`. */
function meanRows(
  rows: Float64Array,
  there: Float64Array,
  chosen: readonly number[],
  parameters: number,
): void {
  chosen.forEach((r, k) => {
    for (let i = 0; i < parameters; i++) {
      const at = r * parameters + i;
      rows[at] = 0.5 * (rows[at] + there[k * parameters + i]);
    }
  });
}

/** The pairs whose margins lie within `window` of the smallest, at most so many, in order. */
function nearest(margins: Float64Array, window: number, most: number): number[] {
  const least = minimum(margins);
  const near = [...margins.keys()].filter((pair) => margins[pair] <= least + window);
  near.sort((a, b) => margins[a] - margins[b] || a - b);
  return near.slice(0, most).sort((a, b) => a - b);
}

/** False where a pair that was left out has become one that matters. */
function seesAll(pairs: readonly number[], margins: Float64Array): boolean {
  const known = new Set(pairs);
  const least = minimum(margins);
  return margins.every((margin, pair) => margin > least + SEEN || known.has(pair));
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]);
}

function pairsOf({ problem }: TrainingRun): number {
  return Math.max(1, problem.network.outputs - 1);
}
