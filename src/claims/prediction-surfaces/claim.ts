import type { SurfaceCourseRecord, SurfaceStage } from '../../records/index.js';
import { digits } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { atLeast, atMost, neverAgainst, provided, reported } from '../common/rules.js';
import { predictionSurfacesFigures } from './figures.js';
import { FAR, LAZY, NEAR, predictionSurfacesPlan, SEEN, UNSEEN } from './plan.js';

/** Figure 1. */
export const predictionSurfacesClaim = defineClaim({
  id: 'prediction-surfaces',
  title: 'The surface goes on changing after the data are fitted',
  statement:
    'What a shallow network predicts over the plane goes on changing after every example is classified, and even ' +
    'at large width it is not close to the maximum-margin predictor of the network’s own tangent kernel at the start.',
  source: 'Ji & Telgarsky 2020 (arXiv 2006.06657), Figure 1',
  expected: 'supported',
  criterion:
    'Surfaces are compared by the angle between them as functions on a grid over the square of the figures, whatever their scale. From first perfect ' +
    `classification to the end of a run the angle has to be ${SEEN} or more, and that from first classification to the kernel's predictor too; ` +
    `${UNSEEN} or less contradicts. At the end it has to be ${FAR} or more from the kernel's predictor at the largest width (${NEAR} or less ` +
    `contradicts). The kernel's predictor is an exact quadratic program with both layers trained and the start's own values left out. ` +
    `A lazy start, where training hardly moves the weights, has to come within ${LAZY} of it, or the comparison itself is in doubt. A start that never ` +
    'fits its data says nothing.',
  headline: {
    metric: 'from first fit to the end',
    words: 'they turn by # rad',
  },
  plan: predictionSurfacesPlan,
  judge: ({ courses, lazy }) => {
    const widest = Math.max(...courses.map(({ width }) => width));
    const sound = lazy.every((run) => nearest(run) <= LAZY);
    return [
      ...lazy.flatMap(lazyEvidence),
      ...courses.flatMap((run) => courseEvidence(run, run.width === widest, sound)),
    ];
  },
  figures: predictionSurfacesFigures,
});

function nearest({ stages }: SurfaceCourseRecord): number {
  return Math.min(...stages.map(({ toKernel }) => toKernel));
}

function lazyEvidence(run: SurfaceCourseRecord): Evidence[] {
  const place = run.stages.find(({ toKernel }) => toKernel === nearest(run));
  const end = run.stages.at(-1);
  return [
    neverAgainst(
      atMost(
        `gap of the kernel's quadratic program, ${nameOf(run)}, lazy`,
        run.kernelGap / run.kernelMargin,
        1e-9,
        Infinity,
        'as a share of the margin',
      ),
    ),
    neverAgainst(
      atMost(
        `least angle to the kernel's predictor, ${nameOf(run)}, lazy`,
        run.finished ? nearest(run) : NaN,
        LAZY,
        Infinity,
        place === undefined
          ? run.message
          : `at ${place.name}; where every example was first classified it was ${digits(run.stages[0].toKernel, 3)}`,
      ),
    ),
    reported(
      `angle to the kernel's predictor at the end, ${nameOf(run)}, lazy`,
      end?.toKernel ?? NaN,
      `at ${end?.name ?? 'no moment'}: no network stays in the kernel regime for ever`,
    ),
  ];
}

function courseEvidence(run: SurfaceCourseRecord, isWidest: boolean, sound: boolean): Evidence[] {
  const name = nameOf(run);
  if (!run.finished) return [unfitted(run, isWidest)];
  const first = run.stages[0];
  const end = run.stages[run.stages.length - 1];
  const late = atLeast(
    `end to the kernel's predictor, ${name}`,
    end.toKernel,
    FAR,
    NEAR,
    `angle at ${end.name}; ${percent(end.otherThanKernel)} of the plane are predicted otherwise`,
  );
  const judgedLate = isWidest
    ? provided(sound, late)
    : reported(late.metric, late.value, late.note);
  if (!run.fitsOnTheWay) return [fittedBefore(name), judgedLate];
  return [
    atLeast(`from first fit to the end, ${name}`, first.toLast, SEEN, UNSEEN, changeNote(end)),
    provided(
      sound,
      atLeast(
        `first fit to the kernel's predictor, ${name}`,
        first.toKernel,
        SEEN,
        UNSEEN,
        `angle at α = ${digits(first.alpha, 3)}; ${percent(first.otherThanKernel)} of the plane are predicted otherwise`,
      ),
    ),
    judgedLate,
  ];
}

/** By luck a start may classify every example: training then has no first fit to start from. */
function fittedBefore(name: string): Evidence {
  return reported(
    `first perfect classification, ${name}`,
    NaN,
    'the start classifies every example already, so that no moment of the run is its first fit',
  );
}

function changeNote(end: SurfaceStage): string {
  return `angle in radians, to ${end.name}; ${percent(end.otherThanFirst)} of the plane change class`;
}

/** The widest network has to fit; narrower ones may fail, which is told. */
function unfitted(run: SurfaceCourseRecord, isWidest: boolean): Evidence {
  const evidence = reported(`first perfect classification, ${nameOf(run)}`, NaN, run.message);
  return isWidest ? { ...evidence, threshold: 'met', verdict: 'inconclusive' } : evidence;
}

function nameOf({ problem, width }: SurfaceCourseRecord): string {
  return `${problem.name}, width ${width}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
