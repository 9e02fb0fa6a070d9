import { signTest } from '../../numerics/sign-test.js';
import type { GeneralizationRecord } from '../../records/index.js';
import { digits } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { lastOf } from '../common/last.js';
import { atLeast, reported } from '../common/rules.js';
import { classChanges, heldErrors, fitRow } from './errors.js';
import { generalizationFigures } from './figures.js';
import { FALL, FLAT, generalizationPlan, RARE } from './plan.js';

/** What margins say about unseen images after the fit, and what they do not. */
export const generalizationClaim = defineClaim({
  id: 'generalization',
  title: 'Margin bounds fall, the test error does not follow',
  statement:
    'As a network is trained on after the fit its margin grows against its norms, and so bounds on the test error that ' +
    'divide a product of norms by the margin fall. The test error itself does not fall with ' +
    'them.',
  source:
    'Bartlett, Foster & Telgarsky 2017 (arXiv 1706.08498) and Neyshabur, Tomioka & Srebro 2015 (arXiv 1503.00036) for the ' +
    'bounds; Ji & Telgarsky 2020 (arXiv 2006.06657), who set margins beside the observation of Shallue et al. 2018 (arXiv ' +
    '1811.03600) that long training does not hurt',
  expected: 'supported',
  criterion:
    `From α = 1, where every training image is classified, to the end each bound has to fall by a factor ≥ ${FALL} on every ` +
    'task; one that does not fall at all contradicts. The test errors of all tasks together have to be at least ' +
    `${FLAT} of those at α = 1: the bounds fall to 0.5 to 0.7 of themselves, and errors that fell as far would contradict. ` +
    'Whether long training hurts is asked of the images whose class it changes: how many became wrong, how many right. It ' +
    'is a question and not a theorem, and is reported with the chance that a fair coin would do the same.',
  headline: {
    metric: 'factor by which the path-norm bound falls',
    words: 'a bound falls #-fold',
  },
  plan: generalizationPlan,
  judge({ tasks }) {
    return [
      ...tasks.flatMap((run) => boundEvidence(run)),
      pooledErrors(tasks),
      ...tasks.map((run) => longTraining(run, tasks.length)),
      pooledChange(tasks),
      ...tasks.map(vacuous),
      ...tasks.map(heldLoss),
    ];
  },
  figures: ({ tasks }) => generalizationFigures(tasks),
});

function boundEvidence(run: GeneralizationRecord): Evidence[] {
  const { pathBound, spectralTerm, smallestMargin, problem } = run;
  const k = fitRow(run);
  const grown = digits(lastOf(smallestMargin) / smallestMargin[k]);
  const falls = (words: string, bound: Float64Array) =>
    atLeast(
      `factor by which ${words} falls, ${problem.name}`,
      bound[k] / lastOf(bound),
      FALL,
      1,
      `from ${digits(bound[k])} at α = ${digits(run.alpha[k])} to ${digits(lastOf(bound))} at ${digits(lastOf(run.alpha))}; the normalized margin grows ${grown}-fold`,
    );
  return [
    falls('the path-norm bound', pathBound),
    falls('the spectrally normalized term', spectralTerm),
  ];
}

function pooledErrors(tasks: readonly GeneralizationRecord[]): Evidence {
  const total = (row: (run: GeneralizationRecord) => number) =>
    tasks.reduce((sum, run) => sum + heldErrors(run, row(run)), 0);
  const [before, after] = [total(fitRow), total(endRow)];
  const bounds = tasks.map(({ pathBound }, k) => lastOf(pathBound) / pathBound[fitRow(tasks[k])]);
  const asFar = bounds.reduce((sum, share) => sum + share, 0) / bounds.length;
  const images = tasks.reduce((sum, { held }) => sum + held, 0);
  return atLeast(
    'test errors at the end, all tasks, as a share of those at α = 1',
    after / before,
    FLAT,
    asFar,
    `${before} of ${images} held-out images are wrong at α = 1 and ${after} at the end; had they fallen as the path-norm bound does, the share would be ${digits(asFar)}`,
  );
}

/** Shallue et al.'s question, for one task. */
function longTraining(run: GeneralizationRecord, tasks: number): Evidence {
  const { lost, gained } = classChanges(run);
  const [before, after] = [heldErrors(run, fitRow(run)), heldErrors(run, endRow(run))];
  return reported(
    `test errors more at the end than at α = 1, ${run.problem.name}`,
    after - before,
    `${before} of ${run.held} before, ${after} after: ${lost} became wrong and ${gained} became right; ${chance(lost, gained, tasks)}`,
  );
}

function pooledChange(tasks: readonly GeneralizationRecord[]): Evidence {
  const changes = tasks.map(classChanges);
  const lost = changes.reduce((sum, change) => sum + change.lost, 0);
  const gained = changes.reduce((sum, change) => sum + change.gained, 0);
  return reported(
    'chance that images which long training turned wrong and right are as uneven by accident',
    signTest(lost, gained),
    `all tasks: ${lost} became wrong, ${gained} right; ${chance(lost, gained, 1)}`,
  );
}

/** What so uneven a change is worth, given that it is the most uneven of `tasks`. */
function chance(lost: number, gained: number, tasks: number): string {
  const p = signTest(lost, gained);
  const any = 1 - (1 - p) ** tasks;
  const among = tasks > 1 ? `, on any of ${tasks} tasks with ${digits(any, 2)}` : '';
  const coin = `a fair coin does as much with probability ${digits(p, 2)}${among}`;
  if (any > RARE) return `${coin}: no sign of harm or gain`;
  return `${coin}: ${lost > gained ? 'long training hurts here' : 'long training helps here'}`;
}

function vacuous(run: GeneralizationRecord): Evidence {
  return reported(
    `path-norm bound at the end, ${run.problem.name}`,
    lastOf(run.pathBound),
    `a bound on a probability, which says nothing from 1 on; the test error is ${digits(heldErrors(run, endRow(run)) / run.held)}`,
  );
}

function heldLoss(run: GeneralizationRecord): Evidence {
  const k = fitRow(run);
  return reported(
    `growth of the mean test loss, ${run.problem.name}`,
    lastOf(run.heldLoss) / run.heldLoss[k],
    `from ${digits(run.heldLoss[k])} to ${digits(lastOf(run.heldLoss))}: the scores of misclassified images grow with all others`,
  );
}

const endRow = ({ alpha }: GeneralizationRecord) => alpha.length - 1;
