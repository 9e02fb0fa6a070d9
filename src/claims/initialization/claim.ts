import type { EarlyFlowRecord, FlowRecord, TangentFlowRecord } from '../../records/index.js';
import { digits, listed } from '../../text/numbers.js';
import { defineClaim, type Evidence } from '../claim.js';
import { lastOf } from '../common/last.js';
import { atLeast, atMost, neverAgainst, provided, reported } from '../common/rules.js';
import { initializationFigures } from './figures.js';
import { lazyEvidence } from './lazy.js';
import {
  ALIGNED,
  BOTH_ALIVE,
  DIFFERENT,
  EXACT,
  GAPS,
  IDLE,
  initializationPlan,
  LAZY,
  NOT_ALIGNED,
  ONE_ALIVE,
  SCALING,
  SMALL_OUTPUT,
  type InitializationRecord,
} from './plan.js';

/** What is left to the start, where the theorems promise a limit to each. */
export const initializationClaim = defineClaim({
  id: 'initialization',
  title: 'What the start decides',
  statement:
    'The theorems promise a limit to each start with α > 0, not one limit to all. Starts of one network on the ' +
    'same data go to KKT points of different margins. A large start first goes to the solution of its tangent ' +
    'kernel, and leaves it when α has grown like the L-th power of its size; a small one turns its units ' +
    'towards few directions before anything is fitted. Without α > 0 a flow may go to zero weights and fit nothing.',
  source:
    'Ji & Telgarsky 2020 (arXiv 2006.06657) and Lyu & Li 2019 (arXiv 1906.05890) for the premise; Chizat, Oyallon & ' +
    'Bach 2019 (arXiv 1812.07956) for lazy starts; Maennel, Bousquet & Gelly 2018 (arXiv 1803.08367) and Boursier & ' +
    'Flammarion 2024 (arXiv 2401.10791) for early alignment',
  expected: 'supported',
  criterion:
    `Two starts have limits that are known exactly, margins 1/8 and √17/16, and have to meet them to ${EXACT}. ` +
    `Limits of random starts are reported: they may all be one. The large start has to come within ${LAZY} rad of its tangent kernel's predictor and leave it again; ` +
    'the α at which two large starts leave have to differ by the L-th power of the ratio of their sizes, to ' +
    `${100 * SCALING} % in the exponent. When outputs reach ${SMALL_OUTPUT}, units of the smallest start lie within ` +
    `${ALIGNED} rad of the directions that attract them, in the mean by mass; ${NOT_ALIGNED} contradicts. ` +
    `From a = −w the flow has to end at α = ℓ⁻¹(n ℓ(0)) to ${IDLE}, and to fit from a little beside it. A run ` +
    'without a certificate, or that ended early, is never against the claim.',
  headline: {
    metric: 'margin with both units alive',
    words: 'another start: # times the margin',
  },
  plan: initializationPlan,
  judge(record) {
    return [
      ...exactEvidence(record),
      ...randomEvidence(record.starts),
      ...lazyEvidence(record.lazy),
      ...earlyEvidence(record.early),
      ...idleEvidence(record),
      ...premiseEvidence(record.lazy),
    ];
  },
  figures: initializationFigures,
});

/** Limits of margin 1/8 and √17/16, from two starts of the same two units. */
function exactEvidence({ oneAlive, bothAlive }: InitializationRecord): Evidence[] {
  const met = ({ certificate }: FlowRecord, margin: number, words: string) =>
    provided(
      certificate.doubts.length === 0,
      atMost(
        `relative error of the limit's margin, ${words}`,
        Math.abs(certificate.limit.margin / margin - 1),
        EXACT,
        DIFFERENT,
        `γ = ${digits(certificate.limit.margin, 9)}, known exactly: ${digits(margin, 9)}`,
      ),
    );
  const certain = [oneAlive, bothAlive].every(({ certificate }) => certificate.doubts.length === 0);
  return [
    met(oneAlive, ONE_ALIVE, 'one unit dead'),
    met(bothAlive, BOTH_ALIVE, 'both units alive'),
    provided(
      certain,
      atLeast(
        'margin with both units alive, as a multiple of that with one dead',
        bothAlive.certificate.limit.margin / oneAlive.certificate.limit.margin,
        1 + DIFFERENT,
        1 + EXACT,
        'the same two examples, network and loss; the limits of both are certified KKT points',
      ),
    ),
  ];
}

/** Random starts on the same points: whether two of them have limits of different margins. */
function randomEvidence(starts: InitializationRecord['starts']): Evidence[] {
  const flows = starts.filter((run) => run.kind === 'flow');
  const sure = flows.filter(({ certificate }) => certificate.doubts.length === 0);
  const margins = sure.map(({ certificate }) => certificate.limit.margin).sort((a, b) => a - b);
  const different = margins.filter((margin, k) => k === 0 || margin > margins[k - 1] * (1 + EXACT));
  const spread = margins.length < 2 ? NaN : margins[margins.length - 1] / margins[0] - 1;
  return [
    reported(
      'spread of the limit margins of random starts',
      spread,
      `${different.length} different among ${sure.length} certified: ${listed(different)}; how many there are to find depends on the data`,
    ),
    reported(
      'random starts without a certified limit',
      starts.length - sure.length,
      `of ${starts.length}; ${starts.length - flows.length} came to rest before they had fitted the examples`,
    ),
  ];
}

/** Units of small starts have turned before the outputs have grown. */
function earlyEvidence(early: readonly EarlyFlowRecord[]): Evidence[] {
  const smallest = early[early.length - 1];
  return [
    provided(
      grew(smallest),
      atMost(
        `mean angle of the units to what attracts them, ${smallest.problem.name}`,
        endAngle(smallest),
        ALIGNED,
        NOT_ALIGNED,
        `radians, weighted by mass, when the largest output is ${SMALL_OUTPUT}; ${digits(startAngle(smallest))} at the start`,
      ),
    ),
    ...early
      .slice(0, -1)
      .map((run) =>
        reported(
          `mean angle of the units to what attracts them, ${run.problem.name}`,
          endAngle(run),
          grew(run)
            ? `when the largest output is ${SMALL_OUTPUT}; ${digits(startAngle(run))} at the start`
            : `at the end of the run, as its outputs were as large at the start; ${digits(startAngle(run))} there`,
        ),
      ),
  ];
}

const grew = ({ status }: EarlyFlowRecord) => status === 'event';
const endAngle = ({ attraction }: EarlyFlowRecord) => attraction?.meanAngle.at(-1) ?? NaN;
const startAngle = ({ attraction }: EarlyFlowRecord) => attraction?.meanAngle[0] ?? NaN;

/** Flows without α > 0: one goes to zero weights, and its neighbours do not. */
function idleEvidence({ opposed, dead }: InitializationRecord): Evidence[] {
  const [exact, ...beside] = opposed;
  const end = lastOf(exact.alpha);
  const rested = exact.status === 'stalled' || exact.status === 'max-steps' || end > 0;
  const fitted = beside.filter(({ status }) => status === 'finished');
  return [
    provided(
      rested,
      atMost(
        `distance of the last α from ℓ⁻¹(n ℓ(0)), ${exact.problem.name}`,
        Math.abs(end - exact.idleAlpha),
        IDLE,
        DIFFERENT,
        `α = ${digits(end, 9)} at the end, where ‖θ‖ = e^${digits(lastOf(exact.logNorm), 4)}; a network that computes 0 has ${digits(exact.idleAlpha, 9)}`,
      ),
    ),
    neverAgainst(
      atLeast(
        'starts beside it that fit',
        fitted.length,
        beside.length,
        -Infinity,
        `with a = −(1 − ε)w for ε = ${GAPS.slice(1).join(' and ')}; 0 is a saddle, so that a = −w has to hold exactly`,
      ),
    ),
    reported(
      `α at the end, ${dead.problem.name}`,
      lastOf(dead.alpha),
      `no unit is active on any example, all gradients are 0, and the flow stays where it starts; ${dead.message}`,
    ),
  ];
}

/** That every example is classified is not yet the premise of the theorems. */
function premiseEvidence(lazy: readonly TangentFlowRecord[]): Evidence[] {
  const [small] = lazy;
  const row = small.smallestMargin.findIndex((margin) => margin > 0);
  return [
    reported(
      `α where the last example is classified, ${small.problem.name}`,
      row < 0 ? NaN : small.alpha[row],
      'the theorems start from α > 0, which asks for more than that every example is classified',
    ),
  ];
}
