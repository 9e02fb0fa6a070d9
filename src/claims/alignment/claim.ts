import type { DescentRecord, FlowRecord } from '../../records/index.js';
import { interpolateAt } from '../../metrics/paths.js';
import { listed } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { DECADES_JUDGED, SHRINKAGE } from '../common/flow-plans.js';
import { certified } from '../common/certified.js';
import { lastOf } from '../common/last.js';
import { premise } from '../common/premise.js';
import { askedFactor, rate } from '../common/rate.js';
import { atLeast, atMost, reported, shrinks } from '../common/rules.js';
import { courseOf, settling, unsettled } from '../common/unsettled.js';
import { alignmentFigures } from './figures.js';
import { alignmentPlan, CONTROL, COSINE, HALF_WAY, type AlignmentRecord } from './plan.js';

/** Theorem 4.1. */
export const alignmentClaim = defineClaim({
  id: 'alignment',
  title: 'Gradients align with the weights',
  statement:
    'If in addition the gradients are locally Lipschitz (squared ReLU and deep linear networks, not ' +
    'ReLU), the negative gradient of the risk converges to the same direction as the weights.',
  source: 'Ji & Telgarsky 2020 (arXiv 2006.06657), Theorem 4.1',
  expected: 'supported',
  criterion:
    'The premise is α > 0, definable margins and locally Lipschitz gradients. ' +
    `The cosine has to reach ${COSINE} and the angle between θ and −∇𝓛 has to shrink by a factor ≤ ` +
    `${SHRINKAGE} per decade over the last three decades of α; an angle that does not shrink in any of ` +
    'them contradicts, but where the run is near a KKT point that is not stable. The angle is the speed of the ' +
    'direction per log ‖θ‖, so that it goes like α^(−(1−λ)/L), as the path does: its last ratio is held against ' +
    'the one that λ of the certified limit predicts. Descent counts only where halving its steps changes the cosine by at most ' +
    `${CONTROL}: with long steps the margin ends where it should while the cosine is stuck.`,
  headline: { metric: 'angle between θ and −∇𝓛', words: 'a decade leaves # of the angle' },
  plan: alignmentPlan,
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
  figures: alignmentFigures,
});

/** What one flow says about the angle between its weights and its gradient. */
export function alignmentEvidence(run: FlowRecord): Evidence[] {
  const { name } = run.problem;
  const { alpha, alignment, alignmentAngle } = run.measurements;
  const points = run.decadePoints.slice(-1 - DECADES_JUDGED);
  const angles = points.map((point) => interpolateAt(alpha, alignmentAngle, point.alpha));
  const { certificate } = run;
  const found = unsettled(courseOf(run), DECADES_JUDGED, SHRINKAGE);
  const limit = certified(name, certificate, run.highestMargin);
  const known = limit.every(({ verdict }) => verdict === 'supported');
  const judged = [
    atLeast(
      `cosine at the end, ${name}`,
      lastOf(alignment),
      COSINE,
      HALF_WAY,
      `cos(θ, −∇𝓛) at α = ${lastOf(alpha).toPrecision(1)}, from the dual variables, without the loss`,
    ),
    shrinks(
      `angle between θ and −∇𝓛, ${name}`,
      angles,
      askedFactor(certificate),
      `angles ${listed(angles)} rad, a decade of α apart; λ predicts a factor of ${certificate.predictedRatio.toPrecision(3)} for each`,
    ),
    rate(
      `rate at which the angle between θ and −∇𝓛 falls ÷ predicted rate, ${name}`,
      angles[angles.length - 1] / angles[angles.length - 2],
      certificate,
      known,
      known ? 'the limit is certified' : `the limit is not certified: ${lacking(limit)}`,
    ),
  ];
  return [premise(run), ...judged.map((evidence) => settling(found, evidence))];
}

/** What a limit lacks. */
function lacking(limit: readonly Evidence[]): string {
  const open = limit.filter(({ verdict }) => verdict !== 'supported');
  return open.map(({ metric, note }) => `${metric}: ${note}`).join('; ');
}

/** A descent that fails its control says nothing about the flow, so it never contradicts. */
function judgeDescent({ flows, descent, halved, coarse }: AlignmentRecord): Evidence[] {
  const { name } = descent.problem;
  const at = (run: DescentRecord | FlowRecord, alpha: number) =>
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
