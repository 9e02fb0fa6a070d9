import { descend, parametersAt, type DescentOptions } from '../flows/index.js';
import { measure, stepThreshold, type Measurements } from '../metrics/index.js';
import type { StepThresholdRecord, ThresholdDescent } from '../records/index.js';
import type { StepThresholdExperiment } from '../specs/experiment.js';
import { flowProblem, type FlowProblem } from './problems.js';
import { capFor } from './run-descent.js';
import { runFlow } from './run-flow.js';
import { Interrupted, type RunContext } from './settings.js';

/** Rows of a descent that begins late, about. */
const LATE_ROWS = 500;
const SAVE_EVERY = 1.05;
/** α that no descent reaches: what ends a late one is the number of its steps. */
const OUT_OF_REACH = 1e300;
/** Several times what any descent has needed. */
const MOST_STEPS = 20_000_000;

/**
 * Certifies the limit of the flow, computes the threshold C* there, and then lets descents go with C = factor
 * · C*: from a late point of the flow, which is aligned, and from the problem's own start.
 */
export async function runStepThreshold(
  spec: StepThresholdExperiment,
  context: RunContext = {},
): Promise<StepThresholdRecord> {
  const problem = flowProblem(spec.problem);
  const { objective } = problem;
  const run = await runFlow(problem, spec.decades, context);
  const { certificate, measurements } = run;
  const { limit } = certificate;
  const threshold = stepThreshold(objective, limit.direction, limit.multipliers);
  const { degree } = run.problem;
  const points = run.decadePoints.slice(0, spec.decades + 1);
  const along = points.map(({ direction, logNorm, alpha: at }) => {
    const power = Math.exp(degree * logNorm);
    const q = objective.dual(direction, power).q.slice();
    return stepThreshold(objective, direction, q, at / power);
  });
  const { alpha } = points[spec.decades];
  const theta = parametersAt(points[spec.decades]);
  const late = spec.factors.map((factor) => {
    const c = factor * threshold;
    // A step adds L c to α, or less where it swings from side to side.
    const each = (degree * c * spec.steps) / LATE_ROWS / alpha;
    const size = { untilAlpha: OUT_OF_REACH, maxSteps: spec.steps, saveFactor: 1 + each };
    return descentOf(problem, theta, factor, c, size, context);
  });
  const { factors = [], decades = 0 } = spec.early ?? {};
  const goal = { untilAlpha: 10 ** decades, maxSteps: MOST_STEPS, saveFactor: SAVE_EVERY };
  const early = factors.map((factor) =>
    descentOf(problem, problem.theta0, factor, factor * threshold, goal, context),
  );
  return {
    kind: 'step-threshold',
    problem: run.problem,
    message: run.result.message,
    certificate,
    threshold,
    along: {
      alpha: Float64Array.from(points, (point) => point.alpha),
      threshold: Float64Array.from(along),
    },
    alpha,
    alignment: late.length > 0 ? late[0].alignment[0] : NaN,
    late,
    early,
    flow: columnsOf(measurements),
  };
}

/** One descent. Throws `Interrupted` at the signal. */
function descentOf(
  { name, objective }: FlowProblem,
  theta0: Float64Array,
  factor: number,
  c: number,
  size: Pick<DescentOptions, 'untilAlpha' | 'maxSteps' | 'saveFactor'>,
  { onProgress, signal }: RunContext,
): ThresholdDescent {
  const task = `${name}, descent with ${factor} C*`;
  const ends = size.untilAlpha < OUT_OF_REACH;
  let last = 0;
  const result = descend(objective, theta0, {
    rule: { kind: 'relative', c, cap: capFor(c) },
    ...size,
    ...(signal ? { signal } : {}),
    onStep: (steps, alpha) => {
      if (steps - last < 2000) return;
      last = steps;
      if (ends) onProgress?.({ task, alpha, goal: size.untilAlpha });
      else onProgress?.({ task, alpha, goal: NaN, share: steps / size.maxSteps });
    },
  });
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  return {
    factor,
    c,
    complete: result.status === (ends ? 'finished' : 'max-steps'),
    message: result.message,
    steps: result.trajectory.clock,
    ...columnsOf(measure(objective, result.trajectory)),
  };
}

function columnsOf({
  alpha,
  alignment,
  alignmentAngle,
  smoothedMargin,
}: Measurements): StepThresholdRecord['flow'] {
  return { alpha, alignment, alignmentAngle, smoothedMargin };
}
