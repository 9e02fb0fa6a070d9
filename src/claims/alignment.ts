import {
  imageFlow,
  planarDescent,
  planarFlow,
  type DescentRun,
  type FlowRun,
  type Scale,
} from '../experiments/index.js';
import { interpolateAt } from '../metrics/index.js';
import type { Claim, Evidence } from './claim.js';
import { atLeast, atMost, reported, shrinks } from './rules.js';
import { courseOf, settling, unsettled } from './unsettled.js';

export interface AlignmentRecord {
  /** Squared ReLU on the plane and on images: inside the theorem. */
  readonly flows: readonly FlowRun[];
  /** ReLU, whose gradient is not locally Lipschitz: beyond the theorem. */
  readonly beyond: FlowRun;
  /** Descent with steps c/α, and with c halved: the control. */
  readonly descent: DescentRun;
  readonly halved: DescentRun;
  /** Descent with far too long steps: what the control is there to catch. */
  readonly coarse: DescentRun;
}

const COSINE = 0.99;
const SHRINKAGE = 0.8;
const DECADES_JUDGED = 3;
const CONTROL = 1e-3;
const DESCENT: Record<Scale, { c: number; decades: number; maxSteps: number }> = {
  smoke: { c: 0.002, decades: 2, maxSteps: 1_000_000 },
  standard: { c: 0.002, decades: 3, maxSteps: 3_000_000 },
  full: { c: 0.001, decades: 4, maxSteps: 20_000_000 },
};
const COARSE = { c: 0.5, decades: 3, maxSteps: 100_000 };

/** Theorem 4.1. */
export const alignmentClaim: Claim<AlignmentRecord> = {
  id: 'alignment',
  title: 'Gradients align with the weights',
  statement:
    'If in addition the gradients are locally Lipschitz (squared ReLU and deep linear networks, not ' +
    'ReLU), the negative gradient of the risk converges to the same direction as the weights.',
  source: 'Ji & Telgarsky 2020 (arXiv 2006.06657), Theorem 4.1',
  expected: 'supported',
  criterion:
    `The cosine has to reach ${COSINE} and the angle between θ and −∇𝓛 has to shrink by a factor ≤ ` +
    `${SHRINKAGE} per decade over the last three decades of α; an angle that does not shrink in any of ` +
    'them contradicts, but where the run rests near a KKT point that is not stable. Descent counts only where halving its steps changes the cosine by at most ' +
    `${CONTROL}: with long steps the margin ends where it should while the cosine is stuck.`,
  async run(settings) {
    const size = DESCENT[settings.scale];
    return {
      flows: [
        await planarFlow('squared-relu', settings),
        await imageFlow('squared-relu', settings),
      ],
      beyond: await planarFlow('relu', settings),
      descent: await planarDescent('squared-relu', size, settings),
      halved: await planarDescent('squared-relu', { ...size, c: size.c / 2 }, settings),
      coarse: await planarDescent('squared-relu', COARSE, settings),
    };
  },
  judge(record) {
    return [
      ...record.flows.flatMap(alignmentEvidence),
      reported(
        `cosine at the end, ${record.beyond.problem.name}`,
        lastOf(record.beyond.measurements.alignment),
        'beyond the theorem, which needs locally Lipschitz gradients: reported, not judged',
      ),
      ...judgeDescent(record),
    ];
  },
};

/** What one flow says about the angle between its weights and its gradient. */
export function alignmentEvidence(run: FlowRun): Evidence[] {
  const { name } = run.problem;
  const { alpha, alignment, alignmentAngle } = run.measurements;
  const points = run.decadePoints.slice(-1 - DECADES_JUDGED);
  const angles = points.map((point) => interpolateAt(alpha, alignmentAngle, point.alpha));
  const found = unsettled(courseOf(run), DECADES_JUDGED, SHRINKAGE);
  return [
    atLeast(
      `cosine at the end, ${name}`,
      lastOf(alignment),
      COSINE,
      0.5,
      `cos(θ, −∇𝓛) at α = ${lastOf(alpha).toPrecision(1)}, from the dual variables, without the loss`,
    ),
    shrinks(
      `angle between θ and −∇𝓛, ${name}`,
      angles,
      SHRINKAGE,
      `angles ${angles.map((angle) => angle.toPrecision(3)).join(', ')} rad, a decade of α apart; λ predicts a factor of ${run.certificate.predictedRatio.toPrecision(3)} for each`,
    ),
  ].map((evidence) => settling(found, evidence));
}

/** A descent that fails its control says nothing about the flow, so it never contradicts. */
function judgeDescent({ flows, descent, halved, coarse }: AlignmentRecord): Evidence[] {
  const { name } = descent.problem;
  const at = (run: DescentRun | FlowRun, alpha: number) =>
    interpolateAt(run.measurements.alpha, run.measurements.alignment, alpha);
  const goal = Math.min(lastOf(descent.measurements.alpha), lastOf(halved.measurements.alpha));
  const [flow] = flows;
  const long = lastOf(coarse.measurements.alpha);
  const margins = [coarse, flow].map(({ measurements }) =>
    interpolateAt(measurements.alpha, measurements.smoothedMargin, long).toPrecision(3),
  );
  // Runs that stopped early would agree for want of anything to disagree on.
  const finished = [descent, halved].every(({ result }) => result.status === 'finished');
  const judged = (value: number) => (finished ? value : NaN);
  return [
    atMost(
      `change of the cosine when steps are halved, ${name}`,
      judged(Math.abs(at(descent, goal) - at(halved, goal))),
      CONTROL,
      Infinity,
      `descent with steps ${descent.c}/α against ${halved.c}/α at α = ${goal.toPrecision(3)}: cosines ${at(descent, goal).toPrecision(6)} and ${at(halved, goal).toPrecision(6)}`,
    ),
    atMost(
      `cosine of descent against the flow's, ${name}`,
      judged(Math.abs(at(halved, goal) - at(flow, goal))),
      CONTROL,
      Infinity,
      'the halved steps against the gradient flow from the same start at the same α',
    ),
    reported(
      `cosine with steps ${coarse.c}/α, ${name}`,
      at(coarse, long),
      `control, at α = ${long.toPrecision(3)}: the cosine against the flow's ${at(flow, long).toPrecision(4)}, the smoothed margin ${margins[0]} against the flow's ${margins[1]}`,
    ),
  ];
}

function lastOf(values: Float64Array): number {
  return values[values.length - 1];
}
